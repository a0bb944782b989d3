import numpy as np
import pytest

from custseg.classify import FixedDays, Lifecycle, month_ends, states_asof, transition_matrix
from custseg.plot import transition_heatmap


@pytest.fixture(scope="module")
def matrix(cdnow):
    days = month_ends("1997-01-31", "1998-06-30")
    model = Lifecycle(FixedDays(180, at_risk_after=90)).fit([])
    return transition_matrix(states_asof(cdnow, days, model))


def cells(ax):
    return [text.get_text() for text in ax.texts if text.get_ha() == "center"]


def test_cells_are_the_chances(matrix):
    drawn = cells(transition_heatmap(matrix))
    chances = matrix.probabilities[1:, 1:]  # nobody is potential
    assert len(drawn) == 9 + 3
    for text, chance in zip(drawn[:9], chances.ravel().tolist(), strict=True):
        assert float(text.strip("<> %")) == pytest.approx(100 * chance, abs=1.0)
    assert drawn[9:] == ["100 %", "0", "0"], "newcomers are active"


def test_customers_stand_at_the_right(matrix):
    texts = [text.get_text() for text in transition_heatmap(matrix).texts]
    sizes = [*matrix.totals[1:].tolist(), int(matrix.arrivals.sum())]
    assert texts[12:16] == [f"{size:,}" for size in sizes]


def test_states_in_which_nobody_was_have_no_row(matrix):
    ax = transition_heatmap(matrix, locale="zh")
    names = ["活跃客户", "流失预警", "沉默客户"]
    assert [tick.get_text() for tick in ax.get_xticklabels()] == names
    assert [tick.get_text() for tick in ax.get_yticklabels()] == [*names, "新进客户"]


def test_rows_of_few_customers_are_marked(grid):
    ax = transition_heatmap(transition_matrix(grid))
    assert all(text.endswith("*") for text in cells(ax))
    assert "fewer than 30 customers" in ax.texts[-1].get_text()


def test_without_newcomers_there_is_no_row_of_them(cdnow):
    model = Lifecycle(FixedDays(180)).fit([])
    grid = states_asof(cdnow, month_ends("1997-04-30", "1998-06-30"), model)
    ax = transition_heatmap(transition_matrix(grid, by="class"))
    assert [tick.get_text() for tick in ax.get_yticklabels()] == ["active", "dormant"]
    assert len(ax.collections[0].get_paths()) == 4
    assert np.isclose(ax.get_yticks(), [0, 1]).all()
