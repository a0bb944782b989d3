"""The docs say the same in both languages, and their code is run."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"


def pages(language: str) -> set[str]:
    home = DOCS / language
    return {str(page.relative_to(home)) for page in home.rglob("*.md")}


def text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def test_both_languages_have_the_same_pages() -> None:
    assert pages("en") == pages("zh")


def test_both_languages_show_the_same_number_of_examples() -> None:
    pairs = [(ROOT / "README.md", ROOT / "README.zh.md")]
    pairs += [(DOCS / "en" / page, DOCS / "zh" / page) for page in pages("en")]
    blocks = {en: (text(en).count("```python"), text(zh).count("```python")) for en, zh in pairs}
    assert not {en: counts for en, counts in blocks.items() if len(set(counts)) > 1}


def test_pages_in_folders_are_run_as_well() -> None:
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "docs"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    ran = {line.split("::")[0] for line in done.stdout.splitlines() if "::" in line}
    with_code = {
        str(page.relative_to(ROOT)) for page in DOCS.rglob("*.md") if "```python" in text(page)
    }
    assert ran == with_code
