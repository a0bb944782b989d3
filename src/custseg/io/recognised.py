"""What was recognised in a table: which it is, what its columns are, and what has to be asked."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, Literal

import attrs

from custseg.errors import ConfigError
from custseg.features import Names
from custseg.labels import label
from custseg.showing import Shown

Why = Literal["source", "exact", "alike", "contents", "told"]
SURE: Final[Mapping[Why, float]] = {
    "told": 1.0,
    "source": 1.0,
    "exact": 0.95,
    "alike": 0.8,
    "contents": 0.6,
}
"""How sure a guess is, by what it rests on: an order of trust, no chance that was measured."""
_LISTED: Final = 8


@attrs.frozen
class Guess:
    """What one column is.

    Attributes:
        role: What it is read as: ``customer``, ``at``, ``amount``, ...
        column: The column.
        why: What that rests on: the layout of a known ``source``; a header that is ``exact`` or
            ``alike``; the ``contents``; or somebody ``told``.
        origin: The column of the file that it was made from, where it is none of the file.

    >>> Guess("at", "付款时间", "exact").sure
    0.95
    """

    role: str
    column: str
    why: Why
    origin: str = ""

    @property
    def sure(self) -> float:
        """How far to trust it, from 0 to 1."""
        return SURE[self.why]


@attrs.frozen
class Ask:
    """What cannot be guessed.

    Attributes:
        what: A role; ``dates`` or ``amounts``: how they are written; ``per``: what an amount is
            of; ``kind``: which table it is; ``header``: which row of the file.
        candidates: What it may be.
        why: ``equal``: several columns of equal standing; ``unknown``: no column tells;
            ``misfit``: a column is called so and holds something else; or ``doubt``: values can be
            read in two ways.
        needed: Whether nothing can be done without an answer.

    >>> Ask("amount", ("total", "amount"), "equal").needed
    True
    """

    what: str
    candidates: tuple[str, ...]
    why: Literal["equal", "unknown", "misfit", "doubt"]
    needed: bool = True


Found = tuple[tuple[Guess, ...], tuple[Ask, ...]]
"""What was guessed of a table, and what is asked."""
NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    "transactions": ("customer", "at", "amount"),
    "customers": ("customer",),
    "interactions": ("customer", "at"),
    "feedback": ("customer", "at"),
    "visits": ("customer", "at"),
    "opportunities": ("customer", "stage"),
    "reps": ("rep",),
}
"""What a table must have."""


def otherwise(role: str, held: Mapping[str, str]) -> bool:
    """Whether others say the same: an amount is so many pieces at a price.

    >>> otherwise("amount", {"price": "p", "quantity": "q"}), otherwise("at", {})
    (True, False)
    """
    return role == "amount" and "price" in held and "quantity" in held


@attrs.frozen
class Recognised(Shown):
    """What a table is and what its columns are.

    Attributes:
        table: The table of a job that it is: ``transactions``, ``customers``, ...; empty where
            that is asked.
        source: Who wrote it, such as ``shopify``; empty where no layout is known.
        layout: What the source calls it, such as ``orders``.
        guesses: What each column that is read is.
        asks: What cannot be guessed.
        ignored: Columns that are not read as anything; they stay in the table.

    >>> from custseg import io
    >>> found = io.recognise(["订单编号", "买家昵称", "付款时间", "实付金额"])
    >>> found.table, found.names.at, found.asks
    ('transactions', '付款时间', ())
    """

    table: str
    source: str = ""
    layout: str = ""
    guesses: tuple[Guess, ...] = ()
    asks: tuple[Ask, ...] = ()
    ignored: tuple[str, ...] = ()

    @property
    def columns(self) -> dict[str, str]:
        """Role -> column."""
        return {guess.role: guess.column for guess in self.guesses}

    @property
    def names(self) -> Names:
        """What the columns are called; a role that was not recognised is not to be read.

        Raises:
            ConfigError: Something that is needed has to be asked first.
        """
        self.settled()
        roles = {f.name for f in attrs.fields(Names)}
        held: dict[str, Any] = {k: v for k, v in self.columns.items() if k in roles}
        return Names(**held)

    def settled(self) -> None:
        """Refuse to go on while something is asked.

        Raises:
            ConfigError: Something that is needed has to be asked first; says what to say.
        """
        if asks := [ask for ask in self.asks if ask.needed]:
            msg = f"cannot guess {self.lacking('en')}"
            raise ConfigError(msg, asks[0].what)

    def lacking(self, locale: str) -> str:
        """What has to be asked first, in a language; empty where nothing is."""
        asks = (_asked(ask, locale) for ask in self.asks if ask.needed)
        return label("words.semicolon", locale).join(asks)

    def as_dict(self) -> dict[str, object]:
        """Plain data for JSON."""
        guesses = [{**attrs.asdict(guess), "sure": guess.sure} for guess in self.guesses]
        return {
            "table": self.table,
            "source": self.source,
            "layout": self.layout,
            "guesses": guesses,
            "asks": [attrs.asdict(ask) for ask in self.asks],
            "ignored": list(self.ignored),
        }

    def text(self, locale: str = "en") -> str:
        """Lines to read."""
        return "\n".join(self._lines(locale))

    def _lines(self, locale: str) -> Iterator[str]:
        table = label(f"table.{self.table}" if self.table else "export.unknown", locale)
        if self.source:
            told = label("export.of_source", locale)
            yield told.format(table=table, source=label(f"source.{self.source}", locale))
        else:
            yield label("export.of_none", locale).format(table=table)
        for guess in self.guesses:
            why = label(f"guess.{guess.why}", locale)
            column = f"{guess.origin} → {guess.column}" if guess.origin else guess.column
            yield f"  {label(f'role.{guess.role}', locale)}: {column} ({why})"
        for ask in self.asks:
            yield f"  ? {_asked(ask, locale)}"
        if self.ignored:
            said = label("export.ignored", locale).format(number=len(self.ignored))
            more = " ..." if len(self.ignored) > _LISTED else ""
            yield f"  {said}: {', '.join(self.ignored[:_LISTED])}{more}"


def _asked(ask: Ask, locale: str) -> str:
    what, listed = label(f"role.{ask.what}", locale), ", ".join(ask.candidates)
    code = ask.what if ask.what in {"kind", "header"} else ask.why if listed else "none"
    return label(f"ask.{code}", locale).format(what=what, candidates=listed, option=ask.what)
