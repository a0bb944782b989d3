"""What does ONE value mean?

Functions of one value, ``str | None`` in and a small answer out, without tables
and without numpy. Whoever has a column applies them to its distinct values.
"""

from custseg.values import (
    addresses,
    categories,
    columns,
    companies,
    dates,
    divisions,
    emails,
    identifiers,
    incomes,
    junk,
    lexicon,
    mojibake,
    names,
    origins,
    phones,
    places,
    regions,
    registers,
    social,
    sounds,
    text,
)
from custseg.values.reading import NOTHING, Reading

__all__ = [
    "NOTHING",
    "Reading",
    "addresses",
    "categories",
    "columns",
    "companies",
    "dates",
    "divisions",
    "emails",
    "identifiers",
    "incomes",
    "junk",
    "lexicon",
    "mojibake",
    "names",
    "origins",
    "phones",
    "places",
    "regions",
    "registers",
    "social",
    "sounds",
    "text",
]
