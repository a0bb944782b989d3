"""What does ONE value mean?

Functions of one value, ``str | None`` in and a small answer out, without tables
and without numpy. Whoever has a column applies them to its distinct values.
"""

from custseg.values import (
    columns,
    companies,
    dates,
    emails,
    identifiers,
    junk,
    lexicon,
    names,
    phones,
    text,
)
from custseg.values.reading import NOTHING, Reading

__all__ = [
    "NOTHING",
    "Reading",
    "columns",
    "companies",
    "dates",
    "emails",
    "identifiers",
    "junk",
    "lexicon",
    "names",
    "phones",
    "text",
]
