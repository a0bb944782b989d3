import hashlib
import time
import timeit

import numpy as np
import pytest

from custseg.datasets import transactions
from custseg.errors import ConfigError


def test_columns_and_ranges() -> None:
    log = transactions(200_000, 20_000)
    assert list(log) == ["customer_id", "paid_at", "amount"]
    assert log["customer_id"].dtype == np.int64
    assert 0 <= log["customer_id"].min() <= log["customer_id"].max() < 20_000
    assert log["paid_at"].dtype == np.dtype("datetime64[s]")
    assert log["paid_at"].min() >= np.datetime64("2024-07-01")
    assert log["paid_at"].max() < np.datetime64("2026-07-01")
    assert (log["amount"] < 0).mean() == pytest.approx(0.01, abs=0.002)
    assert np.median(log["amount"]) == pytest.approx(98, rel=0.05)


def test_customers_differ_in_rate() -> None:
    counts = np.bincount(transactions(200_000, 20_000)["customer_id"], minlength=20_000)
    assert counts.var() > 3 * counts.mean()  # Poisson counts would have equal mean and variance
    assert (counts > 0).mean() > 0.95


def test_text_ids_name_the_same_customers() -> None:
    numbers = transactions(1_000, 100)["customer_id"]
    texts = transactions(1_000, 100, ids="text")["customer_id"]
    assert texts.tolist() == [f"C{i:07d}" for i in numbers.tolist()]


def test_the_same_seed_gives_the_same_bytes_everywhere() -> None:
    log = transactions(3_000, 500)
    parts = (log["customer_id"], log["paid_at"].astype(np.int64), np.rint(log["amount"] * 100))
    text = repr([part.astype(np.int64).tolist() for part in parts])
    assert hashlib.sha256(text.encode()).hexdigest()[:16] == "bd63d47e212d2ab3"


@pytest.mark.parametrize("n", [0, 1, 5])
def test_few_work(n: int) -> None:
    assert {len(column) for column in transactions(n, 1).values()} == {n}


@pytest.mark.parametrize(
    ("options", "path"),
    [
        ({"n": -1}, "n"),
        ({"customers": 0}, "customers"),
        ({"seed": -1}, "seed"),
        ({"ids": "uuid"}, "ids"),
    ],
)
def test_impossible_options_are_refused(options: dict[str, object], path: str) -> None:
    with pytest.raises(ConfigError) as caught:
        transactions(**{"n": 10, "customers": 5, **options})
    assert caught.value.path == path


def test_a_million_takes_a_third_of_a_second() -> None:
    def make() -> None:
        transactions(1_000_000, 100_000)

    assert min(timeit.repeat(make, timer=time.process_time, number=1, repeat=3)) < 0.5
