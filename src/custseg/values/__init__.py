"""What does ONE value mean?

Functions of one value, ``str | None`` in and a small answer out, without tables
and without numpy. Whoever has a column applies them to its distinct values.
"""

from custseg.values import (
    categories,
    columns,
    companies,
    dates,
    emails,
    identifiers,
    incomes,
    junk,
    lexicon,
    names,
    origins,
    phones,
    places,
    text,
)
from custseg.values.reading import NOTHING, Reading

__all__ = [
    "NOTHING",
    "Reading",
    "categories",
    "columns",
    "companies",
    "dates",
    "emails",
    "identifiers",
    "incomes",
    "junk",
    "lexicon",
    "names",
    "origins",
    "phones",
    "places",
    "text",
]
