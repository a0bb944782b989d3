import subprocess
import sys

import pytest
from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from custseg.classify import cohorts, growth_accounting, transition_matrix
from custseg.errors import MissingDependencyError
from custseg.plot import cohort_triangle, fonts, growth, state_flows, transition_heatmap
from custseg.plot.canvas import DARK, LIGHT, Canvas


@pytest.fixture
def axes():
    return Figure().subplots()


def test_it_draws_on_given_axes_and_gives_them_back(axes, grid):
    assert state_flows(grid, ax=axes) is axes
    assert growth(growth_accounting(grid), ax=axes) is axes


def test_new_axes_belong_to_no_window(grid):
    before = plt.get_fignums()
    assert isinstance(state_flows(grid).figure, Figure)
    assert plt.get_fignums() == before


def test_the_ink_is_dark_on_light_and_light_on_dark(axes):
    assert Canvas.of(axes, "en", (1, 1)).ink == LIGHT
    axes.set_facecolor("#14181d")
    assert Canvas.of(axes, "en", (1, 1)).ink == DARK
    axes.set_facecolor("none")
    axes.figure.set_facecolor("black")
    assert Canvas.of(axes, "en", (1, 1)).ink == DARK
    axes.figure.set_facecolor("none")
    assert Canvas.of(axes, "en", (1, 1)).ink == LIGHT


def test_a_dark_style_of_the_user_is_kept(grid):
    with plt.style.context("dark_background"):
        ax = state_flows(grid)
    assert ax.figure.get_facecolor() == (0, 0, 0, 1)
    assert ax.title.get_color() != LIGHT.strong
    assert ax.yaxis.get_ticklabels()[0].get_color() == DARK.faint


needs_chinese = pytest.mark.skipif(
    fonts.chinese() is None, reason="no font with Chinese characters: apt install fonts-noto-cjk"
)


@needs_chinese
def test_every_text_has_a_font_for_its_characters(grid):
    ax = state_flows(grid, locale="zh")
    ax.figure.canvas.draw()  # a character that no font has is a warning, so an error here
    assert ax.title.get_fontfamily()[0] == fonts.chinese()


@pytest.mark.parametrize("locale", ["en", pytest.param("zh", marks=needs_chinese)])
@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
def test_figures_are_saved_in_any_form(grid, log, locale, kind, tmp_path):
    for i, ax in enumerate(
        (
            state_flows(grid, locale=locale),
            transition_heatmap(transition_matrix(grid), locale=locale),
            cohort_triangle(cohorts(log, as_of="2026-04-15"), locale=locale),
        )
    ):
        ax.figure.savefig(tmp_path / f"{i}.{kind}")
    assert len(list(tmp_path.iterdir())) == 3


def test_without_matplotlib_it_says_what_to_install(grid, monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(MissingDependencyError, match=r"pip install 'custseg\[plot\]'"):
        state_flows(grid)


def test_to_import_it_loads_no_matplotlib():
    code = "import sys, custseg as cs; cs.plot.growth; print('matplotlib' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert run.stdout.strip() == "False"


def test_names_of_users_are_no_formulas_and_leave_room_for_what_they_name(axes):
    canvas = Canvas.of(axes, "en", (7, 3))
    canvas.named(["$50k-$100k", "a name " * 20, "x" * 99, "", "很长的名称" * 20])
    canvas.done().figure.canvas.draw()
    ticks = axes.get_yticklabels()
    told = [tick.get_text() for tick in ticks]
    assert not any(tick.get_parse_math() for tick in ticks)
    assert told[0] == "$50k-$100k"
    assert told[2:4] == ["x" * 30 + "\u2026", ""]
    assert max(len(line) for name in told for line in name.split("\n")) <= 31
    assert max(name.count("\n") for name in told) == 1
