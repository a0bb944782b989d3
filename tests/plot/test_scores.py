import numpy as np
import pytest

import everykind
from custseg.errors import ConfigError, DataError, MissingColumnError
from custseg.plot import rfm_heatmap

ROWS = [
    {"recency_score": r, "frequency_score": f, "paid": paid}
    for r, f, paid in [(3, 1, 10.0), (3, 1, 30.0), (1, 2, None), (2, 2, 5.0), (None, 2, 9.0)]
]
KINDS = dict.fromkeys(("recency_score", "frequency_score", "paid"), "number")


def cells(ax):
    return [text.get_text() for text in ax.texts if text.get_ha() == "center"]


@pytest.mark.parametrize("kind", everykind.EVERY)
def test_cells_are_customers(kind):
    ax = rfm_heatmap(everykind.as_table(kind, ROWS, KINDS))
    assert cells(ax) == ["2\n50 %", "0", "0", "1\n25 %", "0", "1\n25 %"]
    assert [tick.get_text() for tick in ax.get_yticklabels()] == ["3", "2", "1"]
    assert "without a score: 1" in " ".join(ax.texts[-1].get_text().split())


def test_cells_are_means():
    drawn = cells(rfm_heatmap(ROWS, value="paid"))
    assert drawn == ["20.00\n2", "5.00\n1", "-\n1"], "a customer whose money is not known is one"


def test_all_scores_have_a_place():
    ax = rfm_heatmap(ROWS, bins=(5, 5))
    assert len(cells(ax)) == 25
    with pytest.raises(DataError, match=r"recency_score.*no whole numbers from 1 to 2"):
        rfm_heatmap(ROWS, bins=(2, 5))


@pytest.mark.parametrize("rows", [[], [{"recency_score": None, "frequency_score": None}]])
@pytest.mark.parametrize("locale", ["en", "zh"])
def test_nobody(rows, locale):
    if not rows:
        rows = [{"recency_score": np.nan, "frequency_score": 1.0}]
    ax = rfm_heatmap(rows, locale=locale)
    ax.figure.canvas.draw()
    assert cells(ax) in ([], ["0"])


def test_in_chinese():
    ax = rfm_heatmap(ROWS, locale="zh", value="paid")
    assert ax.get_title(loc="left") == "最近消费与消费频率"


@pytest.mark.parametrize("score", [0, 11, 1.5])
def test_scores_are_whole_numbers(score):
    with pytest.raises(DataError, match="no whole numbers from 1 to 10"):
        rfm_heatmap([{"recency_score": score, "frequency_score": 1}])


def test_columns_must_be_there():
    with pytest.raises(MissingColumnError, match="frequency_score"):
        rfm_heatmap([{"recency_score": 1}])


@pytest.mark.parametrize("bins", ["55", 5, (5.0, 5), (5,), (5, 5, 5), (0, 0), (True, 5)])
def test_bins_are_two_numbers(bins):
    with pytest.raises(ConfigError, match="bins"):
        rfm_heatmap(ROWS, bins=bins)


def test_endless_money_is_refused():
    with pytest.raises(DataError, match="endless"):
        rfm_heatmap([{**ROWS[0], "paid": np.inf}], value="paid")
