"""Cleaning and matching: custseg beside its peers, row by row.

    python benchmarks/cleaning.py [--quick] [--rounds 2] [--only "dedupe 100k"]
        [--match-python PATH] [--recordlinkage-python PATH]

A row is asked of custseg and its peers on the same data; ``_beside.py`` says how it is measured,
``_cleaning_dedupe.py`` what "the same rules" are, ``_cleaning_rest.py`` what the other rows are.
The answer of a row of matching is the F1 of pairs in clusters, of all records and of each language.
Rows of a million take minutes and gigabytes, and are asked for by name: ``--only "dedupe 1M"``,
``"placeholder 1M"``, ``"preset 1M"``, ``"normalise 1M"``, ``"golden 1M"``, ``"lookup 1M"``.

Peers live in environments of their own, custseg in none of them:

    --match-python          splink goldenmatch pandas
    --recordlinkage-python  recordlinkage "pandas<3"
"""

import sys

from _beside import run
from _cleaning_data import contacts, normalised, placeholders
from _cleaning_dedupe import presets, same_rules
from _cleaning_rest import golden_records, lookups
from _cleaning_rest import normalised as normal_values

GOLDEN, GOLDEN_RULES = "goldenmatch", "goldenmatch, splink's settings"
HOMES = {
    **dict.fromkeys(("splink", GOLDEN, GOLDEN_RULES), "match"),
    "recordlinkage": "recordlinkage",
}
ALL = ("splink", GOLDEN, GOLDEN_RULES, "recordlinkage")
ONCE = dict.fromkeys(("custseg", *ALL), 1)
ROWS = {
    "dedupe 5k": lambda: same_rules("5k", peers=ALL, promised={"splink": 5}),
    "dedupe 100k": lambda: same_rules("100k", peers=ALL, promised={"splink": 5}, calls=ONCE),
    "placeholder 100k": lambda: same_rules("100k, placeholder", calls=ONCE),
    "preset 100k": lambda: presets("contacts 100k", calls=ONCE),
    "normalise 100k": lambda: normal_values("contacts 100k"),
    "golden 100k": lambda: golden_records("contacts 100k"),
    "lookup 100k": lambda: lookups("contacts 100k"),
}
LARGE = {
    "dedupe 1M": lambda: same_rules("1M", promised={"splink": 2.5}, calls=ONCE),
    "placeholder 1M": lambda: same_rules("1M, placeholder", peers=(), calls=ONCE),
    "preset 1M": lambda: presets("contacts 1M", calls=ONCE),
    "normalise 1M": lambda: normal_values("contacts 1M", within=8000.0),
    "golden 1M": lambda: golden_records("contacts 1M", within=2000.0),
    "lookup 1M": lambda: lookups("contacts 1M"),
}
SIZES = {"5k": 5_000, "100k": 100_000, "1M": 1_000_000}
TABLES = {"{}": normalised, "{}, placeholder": placeholders, "contacts {}": contacts}
DATA = {
    named.format(size): lambda quick, rows=rows, make=make: make(rows // 10 if quick else rows)
    for named, make in TABLES.items()
    for size, rows in SIZES.items()
}


if __name__ == "__main__":
    if "--only" not in sys.argv and "--worker" not in sys.argv:
        sys.argv += [word for name in ROWS for word in ("--only", name)]
    run(__doc__.splitlines()[0], {**ROWS, **LARGE}, DATA, HOMES)
