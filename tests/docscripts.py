"""The scripts of the docs, which no package holds, as modules."""

import importlib.util
from pathlib import Path

DOCS = Path(__file__).parents[1] / "docs"


def docscript(name):
    spec = importlib.util.spec_from_file_location(name, DOCS / f"{name}.py")
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made
