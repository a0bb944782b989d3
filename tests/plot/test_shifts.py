import pytest

import anyaudit
from custseg.errors import ConfigError
from custseg.plot import drift_bars
from custseg.plot.shifts import _COLOURS
from custseg.scoring import audit


def test_bars_are_the_indices_and_the_score_is_on_top():
    drift = anyaudit.FOUND.drift
    ax = drift_bars(anyaudit.FOUND)
    names = [tick.get_text() for tick in ax.get_yticklabels()]
    assert names == ["score", "y", "x"]  # y tells the day in this table
    widths = {name: bar.get_width() for name, bar in zip(names, ax.patches, strict=True)}
    found = {one.name: one.stability.index for one in drift.factors}
    assert widths == {**found, "score": drift.score.stability.index}
    assert ax.lines[0].get_xdata() == [0.1, 0.1]


def test_what_has_moved_has_another_colour():
    from matplotlib.colors import to_hex

    ax = drift_bars(anyaudit.FOUND)
    colours = [to_hex(bar.get_facecolor()) for bar in ax.patches]
    assert colours[1] == _COLOURS["moved"].lower()
    assert colours[2] == _COLOURS["stable"].lower()


def test_a_reference_is_named():
    found = audit(anyaudit.CARD, anyaudit.ROWS, "won", reference=anyaudit.ROWS[:400])
    assert "a reference of 400" in drift_bars(found).texts[-1].get_text().replace("\n", " ")
    assert "400 行参照数据" in drift_bars(found, locale="zh").texts[-1].get_text().replace("\n", "")


def test_what_was_not_looked_at_is_refused():
    with pytest.raises(ConfigError, match="reference"):
        drift_bars(anyaudit.PLAIN)
