"""Do the other libraries do what the comparison says? A few lines of each cell, run where it lives.

    python benchmarks/features.py --python splink=PATH --python lifetimes=PATH ... [--write]

The table of ``docs/en/explanation/comparison.md`` says of each peer what it has. Each full or half
mark has a function in ``_features_*.py`` that needs what the mark says, and some dashes have one
that must fail; they run in the Python of the peer, which is given by name, each cell by itself.
Printed is every cell with what happened. Where page and run differ, one of them is wrong: the
script ends with an error. ``--write`` keeps what was found in ``features.json``, and a test holds
the page to it. What no line of code can show (years of public use) was read, and so was every
other dash: not found is all that it says.
"""

import argparse
import importlib
import json
import os
import subprocess
import sys
import warnings
from datetime import date
from importlib.metadata import version
from pathlib import Path

from _features_marks import NONE

HERE = Path(__file__).parent
KEPT = HERE / "features.json"
PAGE = HERE.parent / "docs" / "en" / "explanation" / "comparison.md"
# The columns of the table after custseg's own, and where what each does is written.
PEERS = {
    "lifetimes": "_features_buying",
    "pymc-marketing": "_features_buying",
    "splink": "_features_matching",
    "goldenmatch": "_features_matching",
    "optbinning": "_features_tools",
    "openretailscience": "_features_tools",
    "OR-tools": "_features_tools",
}
PACKAGES = {"OR-tools": "ortools"}


def on_page(text):
    """The marks of a page: ``{row: {peer: mark}}``."""
    lines = iter(text.splitlines())
    next(line for line in lines if line.startswith("|---|:-:|"))
    found = {}
    for line in lines:
        if not line.startswith("|"):
            return found
        row, _ours, *marks = (cell.strip() for cell in line.strip("|").split("|"))
        found[row] = dict(zip(PEERS, marks, strict=True))
    return found


def tried(peer):
    """What is tried of a peer: the mark it is tried for, and the function."""
    return importlib.import_module(PEERS[peer]).TRIED[peer]


def worker(peer):
    """Run all cells of a peer in this process, and say what happened."""
    warnings.simplefilter("ignore")
    found = {}
    for row, (mark, call) in tried(peer).items():
        try:
            call()
        except Exception as error:  # noqa: BLE001 - whatever a peer raises is its answer
            found[row] = {"mark": mark, "raised": f"{type(error).__name__}: {error}"[:200]}
        else:
            found[row] = {"mark": mark, "raised": ""}
    print(json.dumps({"version": version(PACKAGES.get(peer, peer)), "cells": found}))


def asked(peer, python):
    """What another process found."""
    call = [python, __file__, "--worker", peer]
    quiet = os.environ | {"PYTHONPATH": ""}
    done = subprocess.run(call, capture_output=True, text=True, check=False, env=quiet)
    if done.returncode:
        sys.exit(f"{peer}: {(done.stderr.strip().splitlines() or ['no reason given'])[-1]}")
    return json.loads(done.stdout.splitlines()[-1])


def told(peer, found, page):
    """One line a cell; gives the cells where page and run differ."""
    wrong = []
    for row, cell in found["cells"].items():
        held, marked = not cell["raised"], page[row][peer]
        right = marked == cell["mark"] and held == (marked != NONE)
        shown = "held" if held else f"raised {cell['raised'].splitlines()[0][:80]}"
        print(f"| {row} | {peer} | {marked} | {shown} |{'' if right else ' PAGE AND RUN DIFFER'}")
        wrong += [] if right else [(peer, row)]
    unseen = {row for row, marks in page.items() if marks[peer] != NONE} - set(found["cells"])
    for row in sorted(unseen):
        print(f"| {row} | {peer} | {page[row][peer]} | read, not run |")
    return wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--python", action="append", default=[], help="peer=path of its Python")
    parser.add_argument("--write", action="store_true", help="keep what was found in features.json")
    parser.add_argument("--worker", choices=PEERS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.worker:
        worker(options.worker)
        return
    homes = dict(one.split("=", 1) for one in options.python)
    kept = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {}
    page, wrong = on_page(PAGE.read_text(encoding="utf-8")), []
    print("| row | peer | page | run |\n|---|---|---|---|")
    for peer, python in homes.items():
        found = asked(peer, python)
        day = date.today().isoformat()  # noqa: DTZ011 - the day of whoever tries
        kept[peer] = {"tried": day, **found}
        wrong += told(peer, found, page)
    print(f"left out, no Python given: {', '.join(set(PEERS) - set(homes)) or 'none'}")
    if options.write:
        KEPT.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if wrong:
        sys.exit(f"page and run differ: {wrong}")


if __name__ == "__main__":
    main()
