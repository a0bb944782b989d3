"""The keys of each pass as numbers, and how many pairs a pass may cost."""

from collections.abc import Sequence
from typing import Final

from custseg._typing import Codes, Ints
from custseg.frames.marks import marks_of, together
from custseg.match.blocking.blocks import joint
from custseg.match.keys import CompositeKey, ExactKey, MatchKey, keys_of, rule_of
from custseg.match.reading import Once

PAIRS_A_RECORD: Final = 50
ENOUGH: Final = 250_000
AT_LEAST: Final = 2
"""What a pass may cost, unless said otherwise: in a small table 50 pairs a record, in a large one
2; in between a quarter of a million."""


def pass_codes(key: MatchKey, columns: Once) -> Codes:
    """The key of each record as a number; words are made only where a strategy makes them itself.

    Args:
        key: The key of a pass.
        columns: What it reads.

    >>> import numpy as np
    >>> once = Once({"a": Codes(np.array([0, 0]), ("x",)), "b": Codes(np.array([0, -1]), ("y",))})
    >>> pass_codes(ExactKey(("a", "b")), once).at.tolist()
    [0, -1]
    """
    if isinstance(key, ExactKey):
        return joint([once_normal(key, name, columns) for name in key.columns])
    if isinstance(key, CompositeKey):
        return joint([pass_codes(part, columns) for part in key.parts])
    return keys_of(key, columns)


def pass_marks(key: MatchKey, columns: Once) -> Ints:
    """The key of each record as a mark that means the same in every partition; 0 for none.

    Args:
        key: The key of a pass.
        columns: What it reads.
    """
    if isinstance(key, ExactKey):
        return together([marks_of(once_normal(key, name, columns)) for name in key.columns])
    if isinstance(key, CompositeKey):
        return together([pass_marks(part, columns) for part in key.parts])
    return marks_of(keys_of(key, columns))


def word_of(key: MatchKey, columns: Once, row: int) -> str:
    """The key of one record in words: only asked for where a key is to be shown."""
    if isinstance(key, CompositeKey):
        return " + ".join(word_of(part, columns, row) for part in key.parts)
    if isinstance(key, ExactKey):
        codes = [once_normal(key, name, columns) for name in key.columns]
        return " + ".join(code.words[int(code.at[row])] for code in codes)
    made = keys_of(key, columns)
    return made.words[int(made.at[row])]


def once_normal(key: ExactKey, name: str, columns: Once) -> Codes:
    """One column of an exact key in normal form."""
    return columns.normal(name, key.read, key.region)


def most_pairs(records: int) -> int:
    """The most pairs of one pass over a table of so many records.

    >>> most_pairs(1_000), most_pairs(25_000), most_pairs(1_000_000)
    (50000, 250000, 2000000)
    """
    return max(AT_LEAST * records, min(PAIRS_A_RECORD * records, ENOUGH))


def fixed(key: MatchKey, read: Sequence[tuple[str, Sequence[str]]]) -> tuple[str, ...]:
    """The comparisons that say nothing among the pairs of a pass, since its key fixes them.

    Args:
        key: The key of the pass.
        read: The comparisons by name with the columns that they read.

    >>> fixed(ExactKey("email"), [("email", ["email"]), ("name", ["first", "last"])])
    ('email',)
    """
    return tuple(name for name, columns in read if not set(columns).isdisjoint(key.needs))


def names_of(passes: Sequence[MatchKey]) -> tuple[str, ...]:
    """The codes of the passes."""
    return tuple(map(rule_of, passes))
