"""What headers say, in so many words: the column of each role, and those that are asked for."""

import re
from typing import Final

from custseg.io.contents import Contents, fits
from custseg.io.recognised import NEEDED, Ask, Found, Guess
from custseg.io.vocabulary import alike, loose, ranks
from custseg.values.columns import kind_of
from custseg.values.tables import table as words_of

_AGAIN: Final = re.compile(r" \([0-9]+\)$")
"""What a header is given that stands a second time."""
_NUMBERED: Final = tuple(map(loose, words_of("exports")["numbered"]))


def by_header(table: str, columns: tuple[str, ...], contents: Contents | None) -> Found:
    """What the headers of a table say of each role, and what they leave open.

    Args:
        table: Which table it is.
        columns: Its columns.
        contents: What stands in them.
    """
    guesses: list[Guess] = []
    asks: list[Ask] = []
    for role, words in ranks(table).items():
        taken = {guess.column for guess in guesses}
        named = _named(role, words, [name for name in columns if name not in taken])
        best = _best(named, contents)
        needed = role in NEEDED[table]
        if table == "customers" and role == "customer":
            best = [*best, *_numbers_of_its_own(best, columns, contents)]
        if needed and len(best) > 1:
            asks.append(Ask(role, tuple(guess.column for guess in best), "equal"))
        elif best:
            guesses.append(best[0])
        elif needed and named:
            asks.append(Ask(role, tuple(guess.column for guess in named[0]), "misfit"))
    return tuple(guesses), tuple(asks)


def _numbers_of_its_own(
    best: list[Guess], columns: tuple[str, ...], contents: Contents | None
) -> list[Guess]:
    """Headers that say number or id, where customers are known by a name or contact only."""
    if not best or loose(best[0].column).endswith(_NUMBERED):
        return []
    held = {guess.column for guess in best}
    own = [name for name in columns if loose(name).endswith(_NUMBERED) and name not in held]
    unlike = [name for name in own if kind_of(name) is None]
    if contents is not None:
        unlike = [name for name in unlike if contents.each(name)]
    return [Guess("customer", name, "alike") for name in unlike]


def _named(role: str, words: tuple[tuple[str, ...], ...], columns: list[str]) -> list[list[Guess]]:
    """The columns that are called like a role, those of equal standing together, the best first."""
    found: list[list[Guess]] = []
    for rank in words:
        exact = [Guess(role, name, "exact") for name in columns if _loose(name, columns) in rank]
        found.append(exact or [Guess(role, name, "alike") for name in columns if alike(name, rank)])
    return [named for named in found if named]


def _loose(name: str, columns: list[str]) -> str:
    """A header loosely written; one that stands twice says the same both times."""
    first = _AGAIN.sub("", name)
    return loose(first if first in columns else name)


def _best(named: list[list[Guess]], contents: Contents | None) -> list[Guess]:
    """The best of those whose contents fit; columns that are mostly empty come last."""
    if contents is None:
        return named[0] if named else []
    fitting = [[g for g in rank if fits(g.role, contents, g.column)] for rank in named]
    full = [[guess for guess in rank if contents.full(guess.column)] for rank in fitting]
    best = next((rank for rank in (*full, *fitting) if rank), list[Guess]())
    return _distinct(best, contents)


def _distinct(guesses: list[Guess], contents: Contents) -> list[Guess]:
    """Without columns that say the same as one before them."""
    return [
        guess
        for i, guess in enumerate(guesses)
        if not any(contents.same(guess.column, other.column) for other in guesses[:i])
    ]
