"""Found customers against true ones: published numbers and the edges."""

from typing import Any

import numpy as np
import pytest

from custseg.errors import ConfigError, MissingColumnError, NotEnoughDataError
from custseg.match import evaluate

PEOPLE = [
    {"entity_id": 1, "truth": "a"},
    {"entity_id": 1, "truth": "a"},
    {"entity_id": 2, "truth": "a"},
    {"entity_id": 2, "truth": "b"},
    {"entity_id": 5, "truth": "c"},
    {"entity_id": None, "truth": None},
]


def test_the_three_ways_of_counting() -> None:
    seen = evaluate(PEOPLE, "truth")
    assert (seen.records, seen.unknown, seen.found, seen.true) == (5, 1, 3, 3)
    assert (seen.pairs.precision, seen.pairs.recall) == (1 / 2, 1 / 3)
    assert (seen.clusters.precision, seen.clusters.recall) == (1 / 3, 1 / 3)
    # By record: precision 1, 1, 1/2, 1/2, 1; recall 2/3, 2/3, 1/3, 1, 1.
    assert seen.b3.precision == pytest.approx(4 / 5)
    assert seen.b3.recall == pytest.approx(11 / 15)
    assert (seen.split, seen.joined, seen.largest) == (1, 1, 2)


def test_b_cubed_of_the_example_of_amigo_and_others() -> None:
    """Amigó et al. (2009), Information Retrieval 12: two clusters of a pure and a mixed kind."""
    found = [0] * 5 + [1] * 4
    true = [0, 0, 0, 0, 1, 1, 1, 1, 2]
    rows = [{"entity_id": f, "truth": t} for f, t in zip(found, true, strict=True)]
    seen = evaluate(rows, "truth")
    assert seen.b3.precision == pytest.approx((4 * 4 / 5 + 1 / 5 + 3 * 3 / 4 + 1 / 4) / 9)
    assert seen.b3.recall == pytest.approx((4 + 1 / 4 + 3 * 3 / 4 + 1) / 9)


def test_a_record_without_a_customer_is_one_of_its_own() -> None:
    rows = [{"entity_id": None, "truth": 1}, {"entity_id": None, "truth": 1}]
    seen = evaluate(rows, "truth")
    assert seen.found == 2
    assert seen.pairs.recall == 0
    assert np.isnan(seen.pairs.precision)
    assert seen.as_dict()["pairs"]["precision"] is None


def test_everything_right_is_one() -> None:
    rows = [{"entity_id": at // 3, "truth": f"t{at // 3}"} for at in range(12)]
    seen = evaluate(rows, "truth")
    assert seen.pairs.f1 == seen.clusters.f1 == seen.b3.f1 == 1


def test_nothing_to_hold_against_is_said() -> None:
    with pytest.raises(NotEnoughDataError, match="'truth'"):
        evaluate([{"entity_id": 1, "truth": None}], "truth")
    with pytest.raises(MissingColumnError):
        evaluate([{"entity_id": 1}], "truth")


def test_a_list_of_truths_is_no_column_and_is_not_shown() -> None:
    truths: Any = ["13800138000"]
    with pytest.raises(ConfigError, match="column of its own") as told:
        evaluate(PEOPLE, truths)
    assert "138" not in str(told.value)


def test_it_reads_in_both_languages() -> None:
    seen = evaluate(PEOPLE, "truth")
    assert "pairs: precision / recall / F1: 0.500 / 0.333 / 0.400" in seen.text()
    assert "被误并的客户: 1" in seen.text("zh")
    assert "<table>" in seen._repr_html_()
