"""What pages show of the examples is what stands in them."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
_SHOWN = re.compile(r'^```py title="(examples/[^"]+)"\n(.*?)^```$', re.MULTILINE | re.DOTALL)
PAGES = [p for p in (ROOT / "docs").rglob("*.md") if "```py title=" in p.read_text("utf-8")]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.parts[-3]}-{page.stem}")
def test_an_excerpt_is_in_its_file_word_by_word(page):
    shown = _SHOWN.findall(page.read_text("utf-8"))
    assert len(shown) == page.read_text("utf-8").count("```py title=")
    assert not [name for name, code in shown if code not in (ROOT / name).read_text("utf-8")]


def test_both_languages_of_a_page_show_the_same_excerpts():
    shown = {}
    for page in PAGES:
        key = page.relative_to(ROOT / "docs").as_posix().partition("/")[2]
        shown.setdefault(key, []).append(_SHOWN.findall(page.read_text("utf-8")))
    assert all(len(both) == 2 and both[0] == both[1] for both in shown.values())
    assert "journeys/crm-request.md" in shown
