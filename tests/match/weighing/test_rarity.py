"""How much a rare value says: the more, the more records there are to tell that it is rare."""

import numpy as np
import pytest

from custseg._typing import Codes
from custseg.match import Dedupe
from custseg.match.weighing.rarity import rarities, rarity
from custseg.match.weighing.weights import LevelWeights, Weights

NAME = LevelWeights("name", ("exact", "else"), (0.8, 0.2), (0.001, 0.999), term_frequency=True)
WEIGHTS = Weights((NAME,), 0.01)


def alone(records: int, others: int = 0) -> float:
    return int(rarity(WEIGHTS, NAME, np.array([others]), records)[0]) / 100


@pytest.mark.parametrize("records", [-1, 0])
def test_no_other_record_tells_nothing(records: int) -> None:
    assert alone(records) == 0.0
    assert rarities(WEIGHTS, NAME, Codes(np.array([0]), ("ann",))).tolist() == [0, 0]


def test_a_few_records_do_not_tell_how_rare_a_value_is() -> None:
    # Of two other records one shares the name: chance, not a name that half of mankind has.
    assert -1.0 < alone(2, 1) < 0.0
    assert all(abs(alone(many)) < 4.0 for many in range(1, 21))


def test_many_records_tell_it_in_full() -> None:
    for many, others in ((1_000, 5), (1_000, 50), (100_000, 5)):
        whole = np.log2(0.001 / (others / many))
        assert alone(many, others) == pytest.approx(whole, abs=0.15)


def test_the_commoner_a_value_the_less_it_says() -> None:
    for many in (3, 20, 1_000):
        told = [alone(many, others) for others in (0, 1, 2, 3)]
        assert told == sorted(told, reverse=True)
        assert told[0] > told[-1]


@pytest.mark.parametrize("many", [2, 3, 5])
def test_two_alike_are_one_customer_in_a_table_of_a_few(many: int) -> None:
    rows = [
        {"id": 1, "name": "Anna Smith", "email": "anna@x.com", "birthday": "1990-02-03"},
        {"id": 2, "name": "Anna Smyth", "email": "anna@x.com", "birthday": "1990-02-03"},
        {"id": 3, "name": "Tom Brown", "email": "tom@x.com", "birthday": "1971-05-09"},
        {"id": 4, "name": "Eve Stone", "email": "eve@x.com", "birthday": "1982-11-30"},
        {"id": 5, "name": "Bob Green", "email": "bob@x.com", "birthday": "1965-07-14"},
    ][:many]
    found = Dedupe.preset("person", locale="en").run(rows).table
    assert [row["entity_id"] for row in found] == [1, 1, 3, 4, 5][:many]
