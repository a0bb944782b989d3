import numpy as np
import pytest
from matplotlib.patches import PathPatch

from custseg.errors import ConfigError
from custseg.plot import migration_flow, migration_heatmap
from custseg.plot.palette import FELL, ROSE
from custseg.tiering import migration, migration_series

MOVES = {
    ("low", "low"): 50,
    ("low", "high"): 10,
    ("high", "low"): 20,
    ("high", "high"): 40,
    ("high", None): 5,
    (None, "low"): 8,
    ("low", "dormant"): 3,
    ("dormant", "dormant"): 2,
}


@pytest.fixture(scope="module")
def found():
    rows = [{"tier_previous": a, "tier": b} for (a, b), n in MOVES.items() for _ in range(n)]
    return migration(rows, tiers=("low", "high"))


def words(ax):
    return [text.get_text() for text in ax.texts]


def ribbons(ax):
    return [patch for patch in ax.patches if isinstance(patch, PathPatch)]


def test_a_ribbon_is_as_broad_as_its_customers(found):
    drawn = []
    for ribbon in ribbons(migration_flow(found)):
        left = ribbon.get_path().vertices[[0, -2], 1]
        drawn.append(round(float(abs(left[1] - left[0]))))
    assert sorted(drawn) == sorted(MOVES.values())


def test_directions_have_their_colour_and_number(found):
    ax = migration_flow(found)
    assert [text.get_text() for text in ax.get_legend().get_texts()] == [
        "stayed 90",
        "moved up 10",
        "moved down 20",
        "came 8",
        "left 8",
    ]
    paint = {tuple(patch.get_facecolor()[:3]) for patch in ribbons(ax)}
    for colour in (ROSE, FELL):
        assert tuple(int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)) in paint


def test_columns_are_named_on_both_sides(found):
    told = words(migration_flow(found))
    assert "high  65 (50 %)" in told, "before"
    assert "high  50 (38 %)" in told, "now"
    assert "came  8" in told
    assert "left  5" in told


def test_columns_fill_the_figure(found):
    ax = migration_flow(found)
    assert ax.get_ylim() == (0.0, sum(MOVES.values()))
    tops = {round(bar.get_y() + bar.get_height()) for bar in ax.patches if hasattr(bar, "get_y")}
    assert max(tops) == sum(MOVES.values())


def test_cells_are_shares_of_their_row(found):
    drawn = [text for text in words(migration_heatmap(found)) if "%" in text]
    assert drawn[:2] == ["79 %", "16 %"]
    ax = migration_heatmap(found)
    assert [tick.get_text() for tick in ax.get_xticklabels()] == ["low", "high", "dormant", "left"]
    assert [tick.get_text() for tick in ax.get_yticklabels()] == ["low", "high", "dormant", "came"]
    assert "fewer than 30 customers" in " ".join(words(ax)[-1].split())


def test_without_coming_and_going_there_are_no_such_rows():
    ax = migration_heatmap(migration([{"tier_previous": "low", "tier": "high"}]))
    assert [tick.get_text() for tick in ax.get_xticklabels()] == ["low", "medium", "high"]


@pytest.mark.parametrize("draw", [migration_flow, migration_heatmap])
@pytest.mark.parametrize("locale", ["en", "zh"])
@pytest.mark.parametrize("rows", [[], [{"tier_previous": "low", "tier": None}]])
def test_nobody_and_one(draw, locale, rows):
    ax = draw(migration(rows), locale=locale)
    ax.figure.canvas.draw()
    assert ax.get_title(loc="left") in {"Who moved between tiers", "客户等级流向"}
    assert np.isfinite(ax.get_ylim()).all()


@pytest.mark.parametrize("draw", [migration_flow, migration_heatmap])
def test_a_series_is_drawn_by_its_pooled_moves(draw):
    rows = [{"customer_id": 1, "as_of": f"2026-0{m}-01", "tier": "low"} for m in (1, 2, 3)]
    series = migration_series(rows)
    with pytest.raises(ConfigError, match="such as pooled of a series, got MigrationSeries"):
        draw(series)
    assert draw(series.pooled).texts
