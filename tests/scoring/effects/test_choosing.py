"""Which columns are learnt from."""

import numpy as np
import pytest

from custseg import frames
from custseg.errors import MissingColumnError, NotEnoughDataError
from custseg.scoring.effects.choosing import choice

ROWS = [
    {"customer_id": f"C{i}", "age": 20 + i % 9, "city": ("x", "y", "z")[i % 2 + i // 40], "same": 1}
    for i in range(60)
]
TABLE, ALL = frames.table(ROWS), np.ones(60, dtype=np.bool_)


def columns(found):
    return [field.column for field in found.fields]


def test_what_cannot_be_used_is_named():
    found = choice(TABLE, ALL, (), (None, "age"), bands=5)
    assert columns(found) == ["city"]
    assert found.notes == ("learnt_id: customer_id", "learnt_constant: same")


def test_only_rows_that_are_learnt_from_make_cells():
    field = choice(TABLE, np.arange(60) < 40, ("age", "city"), (), bands=5).fields[1]
    assert field.words == ("x", "y")


def test_columns_that_are_not_there_or_none_are_refused():
    with pytest.raises(MissingColumnError):
        choice(TABLE, ALL, ("nothing",), (), bands=5)
    with pytest.raises(NotEnoughDataError, match="no column to learn from"):
        choice(TABLE, ALL, ("same",), (), bands=5).needed()
