"""Many transactions fast: columns of numbers for benchmarks, without the story behind them."""

from collections.abc import Iterator
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from custseg._typing import Floats, Ints
from custseg.datasets import exact
from custseg.datasets.draws import Draws
from custseg.errors import ConfigError

_FIRST = np.datetime64("2024-07-01", "s")
_SECONDS = 730 * 86_400  # up to 2026-06-30
_BLOCK = 1 << 20
_REFUNDS = 655  # of 65,536 amounts, about one in a hundred
_HIGH, _LOW = np.uint64(32), np.uint64(0xFFFFFFFF)


def transactions(
    n: int = 10_000_000,
    customers: int = 1_000_000,
    *,
    seed: int = 1,
    ids: Literal["int", "text"] = "int",
) -> dict[str, NDArray[np.generic]]:
    """Generate a transaction log of any length as NumPy columns, in no order.

    Customers buy at rates spread exponentially, at any second of the two years up to 2026-06-30;
    amounts are log-normal around 100, one in a hundred is a refund.

    Args:
        n: Number of transactions.
        customers: Number of customers; with few transactions some do not occur.
        seed: 0 or more.
        ids: Whole numbers from 0, or texts like ``C0000017`` (an object array).

    Returns:
        ``customer_id``, ``paid_at`` (``datetime64[s]``) and ``amount``.

    Raises:
        ConfigError: If an option cannot be.

    >>> log = transactions(1_000, 50, ids="text")
    >>> sorted(log), log["customer_id"].shape
    (['amount', 'customer_id', 'paid_at'], (1000,))
    """
    _check(n, customers, seed, ids)
    draws = Draws.of(seed, 0, "volume")
    table = _amounts()
    slots = _slots(draws, customers)
    who = np.empty(n, dtype=np.int64)
    second = np.empty(n, dtype=np.int64)
    amount = np.empty(n, dtype=np.float64)
    for part in _parts(n):
        bits = draws.raw(part.stop - part.start)
        who[part] = slots[((bits >> _HIGH) * np.uint64(len(slots))) >> _HIGH]
        second[part] = (((bits & _LOW) * np.uint64(_SECONDS)) >> _HIGH).astype(np.int64)
        amount[part] = table[_sixteen_bits(draws, part.stop - part.start)]
    paid_at = second.view("timedelta64[s]") + _FIRST
    return {"customer_id": _named(who, customers, ids), "paid_at": paid_at, "amount": amount}


def _check(n: int, customers: int, seed: int, ids: str) -> None:
    complaints = (
        (n < 0, f"0 transactions or more, got {n}", "n"),
        (customers < 1, f"at least one customer, got {customers}", "customers"),
        (seed < 0, f"a seed is 0 or more, got {seed}", "seed"),
        (ids not in {"int", "text"}, f"ids are 'int' or 'text', got {ids!r}", "ids"),
    )
    for wrong, message, path in complaints:
        if wrong:
            raise ConfigError(message, path)


def _parts(n: int) -> Iterator[slice]:
    for start in range(0, n, _BLOCK):
        yield slice(start, min(start + _BLOCK, n))


def _slots(draws: Draws, customers: int) -> Ints:
    """Write each customer down as often as it buys, so that a uniform draw finds the active."""
    weight = 1 + np.floor(draws.exponential(customers) * 3.0).astype(np.int64)
    return np.repeat(np.arange(customers), weight)


def _amounts() -> Floats:
    """Amounts at 65,536 even steps of their distribution."""
    steps = (np.arange(1 << 16) + 0.5) / (1 << 16)
    amounts = np.rint(exact.exp(exact.normal_quantile(steps) * 0.9 + 4.6) * 100.0) / 100.0
    amounts[:: (1 << 16) // _REFUNDS] *= -1.0
    return amounts


def _sixteen_bits(draws: Draws, n: int) -> NDArray[np.uint16]:
    return draws.raw(n // 4 + 1).astype("<u8").view("<u2")[:n]


def _named(who: Ints, customers: int, ids: str) -> NDArray[np.generic]:
    if ids == "int":
        return who
    names = np.array([f"C{i:07d}" for i in range(customers)], dtype=np.object_)
    return names[who]
