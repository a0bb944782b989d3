"""Run the notebooks of this folder as Jupyter does, and keep what they show.

``python examples/notebooks/execute.py`` writes their outputs; with ``--check`` it writes nothing,
and fails where they show something else than what they hold. Each runs in a copy of the examples.
"""

import difflib
import shutil
import sys
import tempfile
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

HERE = Path(__file__).parent


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


def main(words: list[str]) -> int:
    """Each notebook of the folder; 1 where one shows something else than it holds."""
    stale = 0
    for path in sorted(HERE.glob("*.ipynb")):
        kept, now = path.read_text(encoding="utf-8"), executed(path)
        if "--check" not in words:
            path.write_text(now, encoding="utf-8")
            continue
        changes = list(difflib.unified_diff(kept.splitlines(), now.splitlines(), lineterm="", n=0))
        stale += bool(changes)
        print(*(line[:200] for line in changes[:20]), sep="\n", end="\n" * bool(changes))
        print(f"{path.name}: {'shows something else' if changes else 'shows what it holds'}")
    return int(stale > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
