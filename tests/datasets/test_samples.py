import datetime as dt
from collections import defaultdict
from math import exp, lgamma, log

import custseg as cs


def test_cdnow_is_the_published_sample() -> None:
    rows = cs.datasets.cdnow()
    # The 1/10 sample of brucehardie.com/datasets: 2,357 customers, 6,919 transactions.
    assert len(rows) == 6_919
    assert len({row["customer_id"] for row in rows}) == 2_357
    assert rows[0] == {
        "customer_id": "00004",
        "date": dt.date(1997, 1, 1),
        "quantity": 2,
        "amount": 29.33,
    }
    assert round(sum(row["amount"] for row in rows), 2) == 244_091.94
    assert max(row["date"] for row in rows) == dt.date(1998, 6, 30)


def calibration() -> list[tuple[int, float, float]]:
    """(repeat days, weeks from first to last, weeks observed) of the first 39 weeks."""
    end = dt.date(1997, 9, 30)
    days: dict[str, set[dt.date]] = defaultdict(set)
    for row in cs.datasets.cdnow():
        if row["date"] <= end:
            days[row["customer_id"]].add(row["date"])
    return [
        (len(seen) - 1, (max(seen) - min(seen)).days / 7, (end - min(seen)).days / 7)
        for seen in days.values()
    ]


def bgnbd_term(x: int, last: float, weeks: float) -> float:
    r, alpha, a, b = 0.243, 4.414, 0.793, 2.426
    front = lgamma(r + x) - lgamma(r) + r * log(alpha)
    front += lgamma(a + b) + lgamma(b + x) - lgamma(b) - lgamma(a + b + x)
    alive = (alpha + weeks) ** -(r + x)
    gone = exp(log(a / (b + x - 1)) - (r + x) * log(alpha + last)) if x else 0.0
    return front + log(alive + gone)


def test_cdnow_gives_the_published_likelihood() -> None:
    customers = calibration()
    assert sum(x > 0 for x, _, _ in customers) == 946
    # Fader, Hardie, Lee (2005), "Counting Your Customers" the Easy Way, table 2: LL -9582.4.
    assert round(sum(bgnbd_term(*one) for one in customers), 1) == -9582.4


def test_the_licence_lies_beside_the_data() -> None:
    from importlib.resources import files

    notice = files("custseg.datasets").joinpath("data/cdnow_NOTICE.txt").read_text("utf-8")
    assert "Fader" in notice
    assert "The MIT License" in notice
