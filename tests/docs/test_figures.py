"""The figures of the pages are those that the code of the pages draws."""

import importlib.util
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from custseg.plot import fonts

DOCS = Path(__file__).parents[2] / "docs"
MOST = 150_000  # bytes of one figure

spec = importlib.util.spec_from_file_location("figures", DOCS / "figures.py")
figures = importlib.util.module_from_spec(spec)
spec.loader.exec_module(figures)

needs_chinese = pytest.mark.skipif(
    fonts.chinese() is None, reason="no font with Chinese characters: apt install fonts-noto-cjk"
)
LANGUAGES = ["en", pytest.param("zh", marks=needs_chinese)]


def kept(language):
    home = DOCS / language / "figures"
    return {file.name: file.read_text(encoding="utf-8") for file in home.iterdir()}


def words(text):
    return re.findall(r"<text[^>]*>([^<]+)</text>", text)


@pytest.mark.parametrize("language", figures.LANGUAGES)
def test_every_figure_is_shown_and_there(language):
    shown = [name for page in figures.PAGES for name in figures.shown(DOCS / language / page)]
    assert sorted(shown) == sorted(kept(language))


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
    for page in figures.PAGES:
        drawn = figures.drawn(DOCS / language / page)
        assert {name: words(text) for name, text in drawn.items()} == {
            name: words(there[name]) for name in drawn
        }


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
