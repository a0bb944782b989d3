"""Which value survives."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

import custseg as cs
from custseg.errors import ConfigError, DataError
from custseg.match import (
    FirstFilled,
    Longest,
    MaxValue,
    Merge,
    MinValue,
    MostFrequent,
    MostRecent,
    SourcePriority,
    Sum,
)


def survivor(strategy, *values, **beside):
    rows = [{"id": i, "entity_id": "e", "x": value} for i, value in enumerate(values)]
    for name, column in beside.items():
        for row, value in zip(rows, column, strict=True):
            row[name] = value
    merge = Merge({"x": strategy})
    (forward,) = merge.golden(rows).table
    (backward,) = merge.golden(rows[::-1]).table
    assert forward == backward
    return forward["x"]


JUNE, JULY = datetime(2026, 6, 1, tzinfo=UTC), datetime(2026, 7, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("strategy", "values", "wins"),
    [
        (FirstFilled(), (None, "", "b", "a"), "b"),
        (FirstFilled(), (" ", float("nan"), "a"), "a"),
        (Longest(), ("Li", "Li Lei", "Li Le"), "Li Lei"),
        (Longest(), ("王晓明", "王小明先生", "Li "), "王小明先生"),
        (Longest(), ("ab", "cd"), "ab"),
        (MostFrequent(), ("a", "b", "b"), "b"),
        (MostFrequent(), ("b", "a", "a", "b"), "b"),
        (MostFrequent(), (None, None, "a"), "a"),
        (MaxValue(), (9, 10, None), 10),
        (MaxValue(), (date(2024, 1, 1), date(2025, 1, 1)), date(2025, 1, 1)),
        (MaxValue(), (Decimal("1.5"), 1), Decimal("1.5")),
        (MinValue(), (9, 10, None), 9),
        (MinValue(), (float("nan"), 2.0), 2.0),
        (Sum(), (1, 2, None), 3),
        (Sum(), (0.1, 0.2, 0.3), 0.6),
        (Sum(), (Decimal("0.1"), Decimal("0.2")), Decimal("0.3")),
        (Sum(), (None, 5), 5),
        (Sum(), (None, None), None),
    ],
)
def test_a_strategy_chooses(strategy, values, wins):
    assert survivor(strategy, *values) == wins


def test_the_most_recent_goes_by_moment_not_by_day():
    noon, later = datetime(2026, 6, 1, 12, tzinfo=UTC), datetime(2026, 6, 1, 12, 0, 1, tzinfo=UTC)
    assert survivor(MostRecent(), "old", "new", updated_at=(noon, later)) == "new"


@pytest.mark.parametrize("never", [None, "", float("nan")])
def test_a_record_without_a_date_is_the_oldest(never):
    assert survivor(MostRecent(), "undated", "dated", updated_at=(never, JUNE)) == "dated"


def test_a_missing_value_never_beats_one_that_is_there():
    assert survivor(MostRecent(), "old", None, updated_at=(JUNE, JULY)) == "old"


def test_dates_may_be_texts():
    dates = ("2026-06-02", "2026-06-10 08:00")
    assert survivor(MostRecent(by="seen"), "old", "new", seen=dates) == "new"


def test_dates_that_cannot_be_read_are_counted():
    rows = [
        {"id": i, "entity_id": 1, "x": i, "at": at} for i, at in enumerate(("soon", "2026-06-01"))
    ]
    golden = Merge({"x": MostRecent("at")}).golden(rows)
    assert golden.table[0]["x"] == 1
    assert golden.report.unreadable == (("at", 1),)
    assert "dates that cannot be read 1" in golden.text()


def test_sources_win_in_their_order_and_strangers_last():
    trusted = SourcePriority(("erp", "shop"), by="channel")
    assert survivor(trusted, "a", "b", "c", channel=("web", "shop", "erp")) == "c"
    assert survivor(trusted, "a", None, channel=("web", "erp")) == "a"
    assert survivor(trusted, "a", "b", channel=(None, "shop")) == "b"


@pytest.mark.parametrize("order", [(), ("erp", "erp")])
def test_sources_are_listed_once(order):
    with pytest.raises(ConfigError, match="once"):
        SourcePriority(order)


def test_texts_do_not_add_up():
    with pytest.raises(DataError, match=r"column 'x'.*numbers"):
        survivor(Sum(), "a", "b")


def test_values_that_do_not_compare_have_no_largest():
    with pytest.raises(DataError, match=r"column 'x'.*compared"):
        survivor(MaxValue(), "a", 3)


def test_a_missing_column_of_dates_is_named():
    with pytest.raises(cs.errors.MissingColumnError, match="updated_at"):
        survivor(MostRecent(), "a", "b")


@pytest.mark.parametrize(
    "strategy",
    [
        FirstFilled(),
        Longest(),
        MaxValue(),
        MinValue(),
        MostFrequent(),
        MostRecent("seen"),
        SourcePriority(("erp",), by="channel"),
        Sum(),
    ],
    ids=lambda s: type(s).__name__,
)
def test_strategies_are_plain_data(strategy):
    assert cs.load(cs.dump(strategy)) == strategy
