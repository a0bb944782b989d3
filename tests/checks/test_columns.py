import numpy as np
import pytest

from custseg._typing import Codes, Days
from custseg.checks import BrokenLawError
from custseg.checks.columns import left_alone, row_of

COLUMNS = {
    "n": np.array([1.0, np.nan]),
    "word": Codes(np.array([1, 0]), ("a", "b")),
    "day": Days(np.array([5.0, 6.0])),
}


def test_reading_is_fine():
    assert left_alone(lambda columns: columns["n"][0], COLUMNS) == 1.0


@pytest.mark.parametrize("name", COLUMNS)
def test_writing_is_not(name):
    copies = {
        "n": COLUMNS["n"].copy(),
        "word": Codes(COLUMNS["word"].at.copy(), ("a", "b")),
        "day": Days(COLUMNS["day"].at.copy()),
    }

    def write(columns):
        getattr(columns[name], "at", columns[name])[0] = 0

    with pytest.raises(BrokenLawError, match=r'"input unchanged".*write writes to its input'):
        left_alone(write, copies)


def test_a_row_of_columns_is_columns():
    row = row_of(COLUMNS, 1)
    assert row["word"].texts() == ["a"]
    assert (np.isnan(row["n"][0]), row["day"].at.tolist()) == (True, [6.0])
