"""Run the notebooks of this folder as Jupyter does, and keep what they show.

``python examples/notebooks/execute.py`` writes their outputs; with ``--check`` it writes nothing,
and fails where a reader would read something else. Each runs in a copy of the examples.
"""

import difflib
import json
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from html import unescape
from itertools import groupby
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

HERE = Path(__file__).parent
STYLE = re.compile(r"<style.*?</style>|<svg.*?</svg>", re.DOTALL)
TAG = re.compile(r"<[^<>]*>")


def executed(path: Path) -> str:
    """A notebook as text, with what its cells show now."""
    with tempfile.TemporaryDirectory() as made:
        examples = Path(made) / "examples"
        shutil.copytree(HERE.parent, examples, ignore=shutil.ignore_patterns("*-out", "*.csv"))
        notebook: Any = nbformat.read(path, as_version=4)
        where = {"metadata": {"path": str(examples / HERE.name)}}
        NotebookClient(notebook, timeout=120, resources=where, record_timing=False).execute()
    notebook.metadata.pop("language_info", None)  # it names the very version of Python
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = list(whole(cell.outputs))
    text: str = nbformat.writes(notebook, indent=1, ensure_ascii=False)
    return text + "\n"


def whole(outputs: list[Any]) -> Iterator[Any]:
    """What a cell shows; what it printed in one piece, in however many it came."""
    for name, some in groupby(outputs, key=lambda output: output.get("name")):
        first, *rest = some
        if name is None:
            yield from (first, *rest)
        else:
            first.text += "".join(output.text for output in rest)
            yield first


def read(notebook: str) -> list[str]:
    """What somebody reads in a notebook, line by line: of pages the words, not how they look."""
    lines = list[str]()
    for cell in json.loads(notebook)["cells"]:
        lines += "".join(cell["source"]).splitlines()
        for output in cell.get("outputs", ()):
            shown = output.get("data", {"text/plain": output.get("text", "")})
            for kind, text in sorted(shown.items()):
                told = "".join(text)
                lines += (words_of(told) if kind == "text/html" else told).splitlines()
    return [line.strip() for line in lines if line.strip()]


def words_of(page: str) -> str:
    """The words of a page; a page within a page is one of text until it is opened."""
    if "srcdoc=" in page:
        page = unescape(page)
    return unescape(TAG.sub("\n", STYLE.sub("", page)))


def main(words: list[str]) -> int:
    """Each notebook of the folder; 1 where one shows something else than it holds."""
    stale = 0
    for path in sorted(HERE.glob("*.ipynb")):
        kept, now = path.read_text(encoding="utf-8"), executed(path)
        if "--check" not in words:
            path.write_text(now, encoding="utf-8")
            continue
        changes = list(difflib.unified_diff(read(kept), read(now), lineterm="", n=0))
        stale += bool(changes)
        print(*(line[:200] for line in changes[:20]), sep="\n", end="\n" * bool(changes))
        print(f"{path.name}: {'shows something else' if changes else 'shows what it holds'}")
    return int(stale > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
