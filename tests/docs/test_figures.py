"""The figures of the pages are those that the code of the pages draws."""

import functools
import inspect
import re
from collections import defaultdict
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree as ET

import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

import custseg as cs
from custseg.plot import fonts
from docscripts import docscript
from eyes import SEEN_BY, nearest

DOCS = Path(__file__).parents[2] / "docs"
MOST = 150_000  # bytes of one figure
LEAST = 12  # a distance of 2.3 is just seen; areas side by side want several times as much
MANY = 8  # legends that tell colours apart
DRAWING = sorted(
    name
    for name in cs.plot.__all__
    if inspect.isfunction(getattr(cs.plot, name))
    and {"ax", "axes"} & set(inspect.signature(getattr(cs.plot, name)).parameters)
)
OF_SEVERAL = {"audit_overview"}

figures = docscript("figures")

needs_chinese = pytest.mark.skipif(
    fonts.chinese() is None, reason="no font with Chinese characters: apt install fonts-noto-cjk"
)
LANGUAGES = ["en", pytest.param("zh", marks=needs_chinese)]


def kept(language):
    home = DOCS / language / "figures"
    return {file.name: file.read_text(encoding="utf-8") for file in home.glob("*.svg")}


def words(text):
    return re.findall(r"<text[^>]*>([^<]+)</text>", text)


@functools.cache
def painted(language):
    """The figures of all pages; and of each function its axes, those given to it, those it gave."""
    seen = SimpleNamespace(pages={}, axes=defaultdict(list), given=[], taken=[])
    with pytest.MonkeyPatch.context() as patch:
        for name in DRAWING:
            patch.setattr(cs.plot, name, watched(name, getattr(cs.plot, name), seen))
        for page in figures.PAGES:
            seen.pages[page] = figures.drawn(DOCS / language / page)
    return seen


def watched(name, draw, seen):
    @functools.wraps(draw)
    def drawing(*args, **settings):
        if name not in seen.axes:
            several = name in OF_SEVERAL
            own = Figure(figsize=(12, 8)).subplots(2, 2).flat if several else Figure().subplots()
            own = list(own) if several else own
            seen.given.append(own)
            seen.taken.append(draw(*args, **{**settings, "axes" if several else "ax": own}))
        found = draw(*args, **settings)
        seen.axes[name] += found if name in OF_SEVERAL else [found]
        return found

    return drawing


def fills(ax):
    """The colours of a legend by what else tells its entries apart: kind, line, marker, hatch."""
    legend = ax.get_legend()
    told = defaultdict(set)
    for handle in legend.legend_handles if legend else ():
        line = hasattr(handle, "get_linestyle") and hasattr(handle, "get_marker")
        colour = handle.get_color() if line else handle.get_facecolor()
        style = (handle.get_linestyle(), handle.get_marker()) if line else (handle.get_hatch(),)
        told[type(handle), style].add(to_hex(colour))
    return told


@pytest.mark.parametrize("language", figures.LANGUAGES)
def test_every_figure_is_shown_and_there(language):
    shown = {name for page in figures.PAGES for name in figures.shown(DOCS / language / page)}
    assert shown == set(kept(language))


@pytest.mark.parametrize("language", figures.LANGUAGES)
def test_figures_are_small_and_whole_and_need_nothing(language):
    for name, text in kept(language).items():
        assert len(text.encode()) < MOST, name
        tags = {element.tag.rpartition("}")[2] for element in ET.fromstring(text).iter()}  # noqa: S314 - our own
        assert "text" in tags, name
        assert not tags & {"image", "script", "metadata"}, name
        assert not re.search(r"href=\"(?!#)|url\((?!#)|@import", text), name
        assert "prefers-color-scheme: dark" in text, name


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_code_of_a_page_draws_the_figures_beside_it(language):
    """Words, not bytes: versions of matplotlib write the same figure in their own way."""
    there = kept(language)
    for drawn in painted(language).pages.values():
        assert {name: words(text) for name, text in drawn.items()} == {
            name: words(there[name]) for name in drawn
        }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_public_figure_is_drawn_and_in_the_gallery(language):
    assert set(painted(language).axes) == set(DRAWING)
    gallery = (DOCS / language / "howto" / "gallery.md").read_text(encoding="utf-8")
    assert not [name for name in DRAWING if f"[`{name}`][custseg.plot.{name}]" not in gallery]


def test_every_public_figure_takes_axes_and_gives_them_back():
    for name in DRAWING:
        asked = inspect.signature(getattr(cs.plot, name)).parameters
        assert asked["locale"].default == "en", name
        assert asked["axes" if name in OF_SEVERAL else "ax"].default is None, name
    assert painted("en").given == painted("en").taken
    assert len(painted("en").given) == len(DRAWING)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_character_of_a_figure_has_a_font(language):
    for axes in painted(language).axes.values():
        for ax in axes:
            ax.figure.canvas.draw()  # a character that no font has is a warning, so an error here


@pytest.mark.parametrize("eye", SEEN_BY)
def test_what_a_legend_tells_apart_looks_different_to_everybody(eye):
    """By its colour, or by a line, a marker or a hatch of its own."""
    seen = painted("en").axes.items()
    told = [(name, style) for name, axes in seen for ax in axes for style in fills(ax).values()]
    apart = [(name, sorted(style)) for name, style in told if len(style) > 1]
    assert len(apart) >= MANY
    for name, style in apart:
        assert nearest(style, eye) > LEAST, (name, style)


@pytest.mark.parametrize("eye", SEEN_BY)
def test_fills_that_lie_side_by_side_are_told_apart_or_written_on(eye):
    for name, axes in painted("en").axes.items():
        for ax in axes:
            bars = [patch for patch in ax.patches if patch.get_visible() and patch.get_alpha() != 0]
            some = {
                to_hex(patch.get_facecolor()) for patch in bars if patch.get_facecolor()[3] > 0.5
            }
            written = len(ax.texts) >= len(bars)
            assert len(some) < 2 or written or nearest(sorted(some), eye) > LEAST, (name, some)


def test_the_same_code_draws_the_same_bytes(tmp_path):
    page = tmp_path / "page.md"
    page.write_text(
        "```python\n"
        "import custseg as cs\n"
        "bins = [{'predicted': 0.2, 'observed': 0.3, 'low': 0.1, 'high': 0.4, 'count': 9}]\n"
        "cs.plot.calibration(bins).figure.savefig('one.svg')\n"
        "```\n",
        encoding="utf-8",
    )
    assert figures.drawn(page) == figures.drawn(page)


def test_ink_of_figures_turns_light_on_a_dark_page():
    """Each colour of ink that figures use has its counterpart."""
    from custseg.plot.canvas import DARK, LIGHT

    turned = {old.split()[1]: new.split()[1] for old, new in figures._DARK.items()}
    assert turned[LIGHT.strong] == DARK.strong
    assert turned[LIGHT.faint] == DARK.faint
    assert turned[LIGHT.line] == DARK.line
    assert LIGHT.paper in turned
