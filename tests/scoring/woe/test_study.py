"""What is read before anything is weighed."""

import numpy as np
import pandas as pd
import pytest

from custseg import frames
from custseg.errors import ConfigError, MissingColumnError
from custseg.scoring import Binning
from custseg.scoring.woe.study import Plan, study, weigh

PEOPLE = pd.DataFrame(
    {"x": np.arange(80) % 8, "y": np.arange(80) % 5, "won": [1, 0, 1, 1, 0] * 15 + [None] * 5}
)


def plan(**given):
    usual = {"columns": (), "spared": (), "weight": None, "binning": Binning(), "by_column": {}}
    return Plan(**{**usual, **given})


def test_only_customers_with_an_outcome_are_studied():
    found = study(frames.table(PEOPLE), plan(), "won", None)
    assert (found.cases.size, found.outcome.unknown) == (75, 5)
    assert [len(column.at) for column in found.binned.values()] == [75, 75]


def test_columns_may_be_cut_in_their_own_way():
    found = study(frames.table(PEOPLE), plan(by_column={"y": Binning(edges=(2,))}), "won", None)
    assert found.binned["y"].table.edges == (2.0,)


def test_settings_of_a_column_that_is_not_used_are_refused():
    with pytest.raises(ConfigError, match="Did you mean 'x'"):
        study(frames.table(PEOPLE), plan(by_column={"xs": Binning()}), "won", None)
    with pytest.raises(ConfigError, match="'x'"):
        study(frames.table(PEOPLE), plan(by_column={"x": Binning()}, spared=("x",)), "won", None)


@pytest.mark.parametrize("setting", ["columns", "spared"])
def test_a_column_that_is_not_there_is_named(setting):
    with pytest.raises(MissingColumnError, match="visits"):
        study(frames.table(PEOPLE), plan(**{setting: ("visits",)}), "won", None)


def test_signs_are_kept_or_not():
    found = study(frames.table(PEOPLE), plan(), "won", None)
    columns = list(found.binned.values())
    line, kept = weigh(found.cases, columns, 1.0, "keep")
    assert kept == [0, 1]
    assert len(line.slopes) == 2
    assert set(weigh(found.cases, columns, 1.0, "drop")[1]) <= {0, 1}
