"""Draw the figures of the pages: run the code of a page, and keep what it saves.

`python docs/figures.py` writes docs/en/figures/*.svg and docs/zh/figures/*.svg. The same code gives
the same bytes: no date, no chance, no version in them. Text stays text, so a reader's own fonts are
used, and one file serves a light and a dark page.
"""

import contextlib
import doctest
import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import matplotlib as mpl

DOCS: Final = Path(__file__).parent
PAGES: Final = (
    "tutorial-cleaning.md",
    "tutorial-lifecycle.md",
    "tutorial-tiers.md",
    "tutorial-leads.md",
    "tutorial-channels.md",
    "tutorial-allocation.md",
    "howto/gallery.md",
)
LANGUAGES: Final = ("en", "zh")

_STYLE: Final = {
    "figure.facecolor": "none",
    "axes.facecolor": "none",
    "savefig.facecolor": "none",
    "svg.fonttype": "none",
    "svg.hashsalt": "custseg",
}
_FONTS: Final = (
    "'Helvetica Neue', Arial, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif"
)
_BLOCK: Final = re.compile(r"```python\n(.*?)```", re.DOTALL)
_IMAGE: Final = re.compile(r"\]\((?:\.\./)*figures/([\w-]+\.svg)\)")
# Ink on light paper, and what it is on dark paper; colours of data are the same on both.
_DARK: Final = {
    "fill: #1c2430": "fill: #e7ebf0",
    "stroke: #1c2430": "stroke: #e7ebf0",
    "fill: #5b6675": "fill: #9aa5b1",
    "stroke: #5b6675": "stroke: #9aa5b1",
    "stroke: #d9dee5": "stroke: #3a434e",
    "stroke: #ffffff": "stroke: #1e2129",
}


def shown(page: Path) -> list[str]:
    """The names of the figures that a page shows."""
    return _IMAGE.findall(page.read_text(encoding="utf-8"))


def drawn(page: Path) -> dict[str, str]:
    """The figures that the code of a page saves, by name."""
    with tempfile.TemporaryDirectory() as folder, _inside(Path(folder)):
        names: dict[str, object] = {}
        for source in _sources(page.read_text(encoding="utf-8")):
            exec(compile(source, page.name, "exec"), names)  # noqa: S102 - our own pages, as in tests
        files = sorted(Path(folder).glob("*.svg"))
        return {file.name: _plain(file.read_text(encoding="utf-8")) for file in files}


def write() -> None:
    """Draw the figures of all pages."""
    for language in LANGUAGES:
        home = DOCS / language / "figures"
        home.mkdir(exist_ok=True)
        for page in PAGES:
            for name, text in drawn(DOCS / language / page).items():
                (home / name).write_text(text, encoding="utf-8")


@contextlib.contextmanager
def _inside(folder: Path) -> Iterator[None]:
    before, clock = Path.cwd(), os.environ.get("SOURCE_DATE_EPOCH")
    os.chdir(folder)
    os.environ["SOURCE_DATE_EPOCH"] = "0"
    try:
        with mpl.rc_context(_STYLE), contextlib.redirect_stdout(None):
            yield
    finally:
        os.chdir(before)
        del os.environ["SOURCE_DATE_EPOCH"]
        if clock is not None:
            os.environ["SOURCE_DATE_EPOCH"] = clock


def _sources(text: str) -> Iterator[str]:
    for block in _BLOCK.findall(text):
        if ">>>" in block:
            yield "".join(each.source for each in doctest.DocTestParser().get_examples(block))
        else:
            yield block


def _plain(text: str) -> str:
    """Without metadata and digits that nobody sees, in fonts that readers have, light and dark."""
    text = re.sub(r"<metadata>.*?</metadata>\s*", "", text, flags=re.DOTALL)
    text = re.sub(r"<!DOCTYPE[^>]*>\s*", "", text)
    text = re.sub(r"-?\d+\.\d{3,}", lambda found: f"{float(found[0]):.2f}", text)
    # One form for all versions of matplotlib, which write `font:` or `font-family:`.
    text = re.sub(r"(font: [^'\";]*?px |font-family: )[^;\"]*", rf"\1{_FONTS}", text)
    rules = " ".join(f'[style*="{old}"] {{{new} !important}}' for old, new in _DARK.items())
    style = f"<style>@media (prefers-color-scheme: dark) {{{rules}}}</style>\n"
    return re.sub(r"(<svg[^>]*>\n)", rf"\1 {style}", text, count=1)


if __name__ == "__main__":
    write()
