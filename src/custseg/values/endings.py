"""Did it end well, badly, or is it still open? Outcomes as people and systems write them."""

from typing import Final, Literal, TypeAlias, get_args

from custseg.values.flags import flag
from custseg.values.junk import placeholder
from custseg.values.tables import table

Ending: TypeAlias = Literal["won", "lost", "open"]

_WORDS: Final[dict[str, Ending]] = {
    word: how for how in get_args(Ending) for word in table("endings")[how]
}


def ending(value: object) -> Ending | None:
    """How an opportunity ended, by its own words; ``None`` for words that do not say.

    Yes and no count as won and lost; what only stands in for a value is still open.

    >>> [ending(value) for value in (1, "Closed Won", "否", "跟进中", "N/A", "engaging", 2)]
    ['won', 'won', 'lost', 'open', 'open', None, None]
    """
    told = flag(value)
    if told is not None:
        return "won" if told else "lost"
    if not isinstance(value, str):
        return None
    word = " ".join(value.replace("_", " ").replace("-", " ").casefold().split())
    if word in _WORDS:
        return _WORDS[word]
    return "open" if not word or placeholder(value) else None
