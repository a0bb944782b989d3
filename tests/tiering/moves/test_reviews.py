from datetime import date

import pytest

from custseg.errors import ConfigError, DataError
from custseg.tiering import MoveNames
from custseg.tiering.moves.reviews import gathered

LOW = [{"customer_id": 1, "tier": "low"}]
HIGH = [{"customer_id": 2, "tier": "high"}, {"customer_id": 1, "tier": None}]


def test_tables_by_day_are_one_table_of_days():
    apart = gathered({"2026-06-30": HIGH, date(2026, 3, 31): LOW}, MoveNames())
    rows = [
        {**row, "as_of": day}
        for day, side in (("2026-06-30", HIGH), ("2026-03-31", LOW))
        for row in side
    ]
    together = gathered(rows, MoveNames())
    assert apart.dates == together.dates == (date(2026, 3, 31), date(2026, 6, 30))
    told = [
        sorted(
            (tuple(None if at < 0 else each.words[at] for at in column) for column in each.grid.T),
            key=str,
        )
        for each in (apart, together)
    ]
    assert told[0] == told[1] == sorted([("low", None), (None, "high")], key=str)


def test_one_day_written_twice_is_refused():
    with pytest.raises(ConfigError, match="2 reviews are of 1 days"):
        gathered({"2026-03-31": LOW, date(2026, 3, 31): HIGH}, MoveNames())


def test_a_customer_there_twice_on_a_day_is_refused():
    rows = [{**LOW[0], "as_of": "2026-03-31"}] * 2
    with pytest.raises(DataError, match="more than once at a review"):
        gathered(rows, MoveNames())


@pytest.mark.parametrize(("lack", "said"), [("customer_id", "no id"), ("as_of", "no day")])
def test_a_row_that_cannot_be_placed_is_refused(lack, said):
    with pytest.raises(DataError, match=said):
        gathered([{**LOW[0], "as_of": "2026-03-31", lack: None}], MoveNames())
