"""llms.txt tells of every page and of every public name, as they are."""

import re
from pathlib import Path

import pytest

from docscripts import docscript

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def llms():
    return docscript("llms")


def test_the_files_are_what_the_script_writes(llms):
    old = [
        str(path.relative_to(ROOT))
        for path, text in llms.files().items()
        if path.read_text("utf-8") != text
    ]
    assert not old, f"{old} are older than the pages or the public names: run docs/llms.py"


def test_every_page_is_told_and_every_link_leads_to_one(llms):
    linked = re.findall(r"\]\((docs/en/[^)]+)\)", (ROOT / "llms.txt").read_text("utf-8"))
    pages = {str(page.relative_to(ROOT)) for page in (ROOT / "docs/en").rglob("*.md")}
    assert sorted(linked) == sorted(pages)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_form_is_that_of_llms_txt(llms, language):
    """A title, a quotation, and sections of links: https://llmstxt.org."""
    lines = (ROOT / "docs" / language / "llms.txt").read_text("utf-8").splitlines()
    assert lines[0] == "# custseg"
    assert lines[2].startswith("> ")
    assert sum(line.startswith("## ") for line in lines) >= 6
    links = [line for line in lines if line.startswith("- [")]
    assert len(links) > 60
    assert not [line for line in links if not re.match(r"- \[.+\]\([\w./-]+/\)(: .+)?$", line)]


def test_a_first_sentence_is_without_markup(llms, tmp_path):
    page = tmp_path / "a.md"
    page.write_text("# A title\n\n```python\n1\n```\n\nSee [this](x.md). And more.\n", "utf-8")
    assert llms.summary(page) == ("A title", "See this.")
