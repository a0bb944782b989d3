import numpy as np
import pytest

import anyaudit
from custseg.errors import ConfigError
from custseg.plot import fairness_bars
from custseg.scoring import audit


def test_bars_are_the_shares_chosen():
    ax = fairness_bars(anyaudit.FOUND, "sex")
    groups = anyaudit.FOUND.fairness[0].groups
    assert [tick.get_text() for tick in ax.get_yticklabels()] == [one.group for one in groups]
    assert np.allclose([bar.get_width() for bar in ax.patches], [one.selected for one in groups])


def test_the_line_is_four_fifths_of_the_highest():
    ax = fairness_bars(anyaudit.FOUND)
    high = max(one.selected for one in anyaudit.FOUND.fairness[0].groups)
    assert ax.lines[0].get_xdata()[0] == pytest.approx(0.8 * high)


def test_small_groups_are_pale():
    rows = [{**row, "sex": "x" if n < 10 else row["sex"]} for n, row in enumerate(anyaudit.ROWS)]
    found = audit(anyaudit.CARD, rows, "won", protected=["sex"])
    pale = {
        tick.get_text(): bar.get_alpha()
        for tick, bar in zip(
            fairness_bars(found).get_yticklabels(), fairness_bars(found).patches, strict=True
        )
    }
    assert pale["x"] < 1
    assert pale["m"] == 1


def test_too_few_rows_are_said_to_be_so():
    found = audit("x", anyaudit.ROWS[:40], "won", protected=["sex"])
    assert "too few rows" in fairness_bars(found).texts[-1].get_text()


def test_an_attribute_that_was_not_looked_at_is_refused():
    with pytest.raises(ConfigError, match="Did you mean 'sex'"):
        fairness_bars(anyaudit.FOUND, "sexx")
    with pytest.raises(ConfigError, match="protected"):
        fairness_bars(anyaudit.PLAIN)
