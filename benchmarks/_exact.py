"""Expected purchases of BG/NBD with 60 digits, and how far others are from them."""

import warnings
from decimal import Decimal, localcontext

import numpy as np

REST = {"r": 0.6, "alpha": 60.0, "b": 2.5}
HORIZON = 365
DIGITS = 60
NEAR_ONE = Decimal(10) ** -25  # instead of a = 1, where the formula has a hole


def expected(a, x, last, age):
    """Fader, Hardie and Lee 2005, eq. 10, term by term."""
    r, alpha, b = (Decimal(value) for value in REST.values())
    a = Decimal(a) + (NEAR_ONE if a == 1 else 0)
    x, last, age = Decimal(x), Decimal(last), Decimal(age)
    z = HORIZON / (alpha + age + HORIZON)
    term = total = Decimal(1)
    k = 0
    while term > total * Decimal(10) ** -DIGITS:
        term *= (r + x + k) * (b + x + k) / ((a + b + x - 1 + k) * (k + 1)) * z
        total += term
        k += 1
    bought = (a + b + x - 1) / (a - 1) * (1 - (1 - z) ** (r + x) * total)
    left = a / (b + x - 1) * ((alpha + age) / (alpha + last)) ** (r + x) if x else 0
    return bought / (1 + left)


def some(size=200, seed=1):
    rng = np.random.default_rng(seed)
    age = rng.integers(1, 1096, size).astype(float)
    x = np.minimum(np.floor(rng.gamma(0.5, 20.0, size)), age)
    last = np.where(x > 0, np.maximum(np.floor(age * rng.random(size) ** 0.3), 1.0), 0.0)
    return {"frequency": x, "recency": last, "T": age}


def custseg(a, frame):
    from custseg import lifetime as home  # noqa: PLC0415 - a benchmark may run without it

    model = home.BGNBDModel(fitting=home.Fitting(0.0, 1.0), a=a, **REST)
    return model.expected_purchases(frame, horizon=HORIZON)


def lifetimes(a, frame):
    import lifetimes as peer  # noqa: PLC0415 - it may not be installed
    import pandas as pd  # noqa: PLC0415

    model = peer.BetaGeoFitter()
    model.params_ = pd.Series({**REST, "a": a})
    ask = model.conditional_expected_number_of_purchases_up_to_time
    return ask(HORIZON, frame["frequency"], frame["recency"], frame["T"])


def largest_errors():
    """A table of the largest relative errors, and what is kept of it."""
    import pandas as pd  # noqa: PLC0415 - workers of other environments import this file, too

    warnings.simplefilter("ignore")
    frame = pd.DataFrame(some())
    kept = {"custseg": {}, "lifetimes": {}}
    rows = ["\nexpected purchases, largest relative error at 200 customers (60 digits):", ""]
    rows += ["| a | custseg | lifetimes |", "|---|---|---|"]
    for a in (0.5, 0.8, 1.0, 1.0 + 1e-7, 2.5):
        with localcontext() as context:
            context.prec = DIGITS + 10
            truth = [expected(a, *row) for row in frame.itertuples(index=False)]
            cells = [error(side, a, frame, truth) for side in (custseg, lifetimes)]
        rows.append(f"| {a:.8g} | {' | '.join(cells)} |")
        for told, cell in zip(kept.values(), cells, strict=True):
            if cell[0].isdigit() and "e" in cell.split()[0]:
                told[f"a = {a:.8g}"] = float(cell)
    sides = {who: {"figures": told} for who, told in kept.items() if told}
    return "\n".join(rows), sides


def error(side, a, frame, truth):
    try:
        found = np.asarray(side(a, frame), dtype=float)
    except ImportError as missing:
        return f"not installed ({missing.name})"
    if not np.isfinite(found).all():
        return f"{np.count_nonzero(~np.isfinite(found))} not finite"
    far = (abs(Decimal(one) - true) / true for one, true in zip(found, truth, strict=True))
    return f"{float(max(far)):.1e}"
