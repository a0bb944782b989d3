import warnings

import pytest

from custseg.classify import growth_accounting
from custseg.errors import ConfigError
from custseg.plot import MissingFontWarning, fonts, growth


@pytest.fixture
def poor(monkeypatch):
    """A machine with the fonts that matplotlib brings, and no others."""
    monkeypatch.setattr(fonts, "installed", lambda: frozenset({"DejaVu Sans"}))


def test_without_a_font_it_says_what_to_install_and_speaks_english(poor, grid):
    with pytest.warns(MissingFontWarning, match="apt install fonts-noto-cjk"):
        ax = growth(growth_accounting(grid), locale="zh")
    assert ax.get_title(loc="left") == "Active customers won and lost"
    assert ax.get_legend().get_texts()[0].get_text() == "new"


def test_english_needs_no_such_font(poor, grid):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        growth(growth_accounting(grid))


def test_chinese_words_of_ones_own_are_warned_of_in_english_too(poor):
    with pytest.warns(MissingFontWarning, match="empty boxes"):
        assert fonts.families(["sans-serif"], ["客户"]) == ["sans-serif"]


def test_the_font_for_simplified_chinese_comes_first(monkeypatch):
    several = frozenset({"Noto Serif CJK JP", "Noto Sans CJK JP", "Noto Sans CJK SC"})
    monkeypatch.setattr(fonts, "installed", lambda: several)
    assert fonts.families(["sans-serif"], ["active", "客户"]) == ["Noto Sans CJK SC", "sans-serif"]
    assert fonts.families(["sans-serif"], ["active"]) == ["sans-serif"]


@pytest.mark.parametrize("text", ["客户", "，", "Ａ", "豈"])
def test_chinese_is_seen_in_signs_too(text, monkeypatch):
    monkeypatch.setattr(fonts, "installed", lambda: frozenset({"SimHei"}))
    assert fonts.families([], [text]) == ["SimHei"]


def test_an_unknown_language_is_refused():
    with pytest.raises(ConfigError, match="no locale 'fr'"):
        fonts.spoken("fr")


def test_matplotlib_brings_its_own_fonts():
    assert "DejaVu Sans" in fonts.installed()
