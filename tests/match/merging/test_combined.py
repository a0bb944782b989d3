"""Rules in turn, values cleared on purpose, all values kept."""

import pytest

from custseg.errors import ConfigError
from custseg.match import (
    AllValues,
    Clearable,
    InTurn,
    Longest,
    Merge,
    MostFrequent,
    MostRecent,
    MostValid,
    SourcePriority,
    Sum,
)


def survivor(strategy, rows):
    cards = [{"id": i, "entity_id": 1, **row} for i, row in enumerate(rows)]
    merge = Merge({"x": strategy})
    assert merge.golden(cards).table == merge.golden(cards[::-1]).table
    return merge.golden(cards).table[0]["x"]


def test_the_next_rule_decides_only_between_equals():
    rows = [
        {"x": "138", "seen": "2026-07-01"},
        {"x": "13800138000", "seen": "2026-01-01"},
        {"x": "13987016543", "seen": "2026-02-01"},
    ]
    assert survivor(InTurn((MostValid("phone", "CN"), MostRecent("seen"))), rows) == "13987016543"
    assert survivor(InTurn((MostRecent("seen"), MostValid("phone", "CN"))), rows) == "138"
    assert survivor(InTurn((MostFrequent(), Longest())), rows) == "13800138000"


@pytest.mark.parametrize(
    ("cleared", "seen", "left"),
    [
        ("x", "2026-07-02", None),
        ("a; X ,x|b", "2026-07-02", None),
        ("x", "2026-06-01", "7"),
        ("y", "2026-07-02", "7"),
        (None, "2026-07-02", "7"),
    ],
)
def test_a_value_is_cleared_only_by_a_newer_word(cleared, seen, left):
    rows = [
        {"x": "7", "seen": "2026-07-01", "cleared_fields": "x"},
        {"x": None, "seen": seen, "cleared_fields": cleared},
    ]
    assert survivor(Clearable(MostRecent("seen")), rows) == left


def test_who_cleared_a_value_stands_in_the_provenance():
    cards = [
        {"id": 1, "entity_id": 1, "x": "7", "by": "shop", "cleared_fields": None},
        {"id": 2, "entity_id": 1, "x": None, "by": "erp", "cleared_fields": "x"},
    ]
    merge = Merge({"x": Clearable(SourcePriority(("erp",), by="by"))})
    origin = merge.golden(cards).provenance.of(1)[0]
    assert (origin.record, origin.value, [lost.value for lost in origin.lost]) == (2, None, ["7"])


def test_all_values_stand_side_by_side_once():
    rows = [{"x": "vip; golf"}, {"x": None}, {"x": "golf"}, {"x": "tea;vip"}]
    assert survivor(AllValues(), rows) == "vip; golf; tea"


@pytest.mark.parametrize(
    ("make", "match"),
    [
        (lambda: InTurn(()), "at least one"),
        (lambda: InTurn((Longest(), Sum())), "Sum does not rank"),
        (lambda: Clearable(AllValues()), "AllValues does not rank"),
        (lambda: InTurn((MostRecent("a"), SourcePriority(("x",), by="a"))), "'a'"),
        (lambda: AllValues(" "), "sign"),
    ],
)
def test_what_cannot_be_combined_is_refused(make, match):
    with pytest.raises(ConfigError, match=match):
        make()
