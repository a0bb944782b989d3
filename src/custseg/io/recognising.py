"""What is this table? By the layouts of known sources, by its headers, and by its contents."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final, cast

import attrs

from custseg import frames
from custseg.errors import ConfigError, MissingColumnError, did_you_mean
from custseg.features import Names
from custseg.io.contents import Contents, fits
from custseg.io.recognised import Ask, Guess, Recognised
from custseg.io.spelling import FORMS
from custseg.io.vocabulary import Layout, alike, bare, layouts, loose, marks, ranks, tables
from custseg.values.columns import kind_of

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
Found = tuple[tuple[Guess, ...], tuple[Ask, ...]]
_TELLING: Final[Mapping[str, Mapping[str, float]]] = {
    "transactions": {
        "order": 2.0,
        "at": 2.0,
        "payment_method": 2.0,
        "amount": 1.5,
        "quantity": 1.0,
        "price": 1.0,
        "product": 1.0,
        "currency": 0.5,
        "status": 0.5,
    },
    "customers": {"joined": 1.5, "source": 1.0, "referrer": 1.0},
    "interactions": {"channel": 1.5, "direction": 1.5, "text": 1.5, "at": 0.5},
    "feedback": {"score": 2.0, "feedback_kind": 2.0, "text": 1.5, "scale": 1.0},
    "visits": {"pages": 2.0, "clicks": 2.0, "at": 0.5},
    "opportunities": {"stage": 3.0, "closed": 0.5},
    "reps": {"capacity": 2.0, "rep": 1.0},
}
"""What tells a table from the others, and how strongly."""
_VAGUE: Final = 0.3
"""What a header says that other tables have too."""
_MARK: Final = 0.5
_LACKING: Final = 1.5
_CLEAR: Final = 0.25


def recognise(
    data: object, kind: str | None = None, *, names: Mapping[str, str] | Names | None = None
) -> Recognised:
    """Say which table this is and what its columns are; ask what cannot be guessed.

    Headers in Chinese and English are known, and the layouts of some shops and CRM systems. Two
    columns of equal standing are asked for, never guessed between.

    Args:
        data: Any table, or only the names of its columns; contents help.
        kind: The table of a job that it is, where that is known: ``transactions``,
            ``customers``, ``interactions``, ``feedback``, ``visits``, ``opportunities``, ``reps``.
        names: What columns are, where that is known: ``Names``, or role -> column.

    Raises:
        ConfigError: There is no such kind of table, or no such role in it.
        MissingColumnError: A column that was named is not there.

    >>> found = recognise(
    ...     [
    ...         "Name",
    ...         "Email",
    ...         "Financial Status",
    ...         "Created at",
    ...         "Paid at",
    ...         "Total",
    ...         "Lineitem quantity",
    ...     ]
    ... )
    >>> found.source, found.names.customer, found.names.amount
    ('shopify', 'Email', 'Total')
    >>> [ask.candidates for ask in recognise(["customer_id", "date", "total", "amount"]).asks]
    [('total', 'amount')]
    """
    return found_in(*_opened(data), kind=kind, told=answered(names))


def answered(names: Mapping[str, str] | Names | None) -> dict[str, str]:
    """What somebody said, by role.

    >>> answered(Names(at="paid")), answered({"per": "line"})
    ({'at': 'paid'}, {'per': 'line'})
    """
    if isinstance(names, Names):
        silent = attrs.asdict(Names())
        return {role: name for role, name in attrs.asdict(names).items() if name != silent[role]}
    return dict(names or {})


def found_in(
    columns: tuple[str, ...],
    contents: Contents | None,
    *,
    kind: str | None = None,
    told: Mapping[str, str],
) -> Recognised:
    """As `recognise`, of columns and what was seen in them.

    Args:
        columns: The columns.
        contents: What stands in them.
        kind: Which table it is.
        told: What somebody said, by role; also how days and amounts are written.
    """
    if kind is not None and kind not in tables():
        msg = (
            f"no kind of table {kind!r}; there are {list(tables())}.{did_you_mean(kind, tables())}"
        )
        raise ConfigError(msg, "kind")
    layout = layout_of(columns, kind)
    if layout is not None:
        guesses, asks = _by_layout(layout, columns, contents)
        base = Recognised(layout.table, layout.source, layout.name, guesses, asks)
        return _rest(_with_told(base, columns, told), columns)
    known = {
        table: _by_header(table, columns, contents) for table in ([kind] if kind else tables())
    }
    table = kind or _likeliest(known, columns, told)
    if not table:
        return Recognised("", asks=(Ask("kind", tables(), "unknown"),), ignored=columns)
    guesses, asks = known[table]
    return _rest(_with_told(Recognised(table, guesses=guesses, asks=asks), columns, told), columns)


def _with_told(found: Recognised, columns: tuple[str, ...], told: Mapping[str, str]) -> Recognised:
    """With what somebody said in the place of what was guessed."""
    roles = ranks(found.table)
    said = {role: column for role, column in told.items() if role not in FORMS}
    for role, column in said.items():
        if role not in roles:
            near = did_you_mean(role, roles)
            msg = f"{found.table} have no {role!r}; there are {list(roles)}.{near}"
            raise ConfigError(msg, "names")
        if column and column not in columns:
            raise MissingColumnError(column, columns)
    kept = [g for g in found.guesses if g.role not in said and g.column not in said.values()]
    new = [Guess(role, column, "told") for role, column in said.items() if column]
    asks = tuple(ask for ask in found.asks if ask.what not in said)
    return attrs.evolve(found, guesses=(*new, *kept), asks=asks)


def _opened(data: object) -> tuple[tuple[str, ...], Contents | None]:
    if isinstance(data, list | tuple):
        names = cast("Sequence[object]", data)
        if all(isinstance(name, str) for name in names):
            return tuple(map(str, names)), None
    opened: frames.Table[Any] = frames.table(data)  # pyright: ignore[reportUnknownArgumentType]
    return opened.columns, None if opened.lazy else Contents.of(opened)


def layout_of(columns: tuple[str, ...], kind: str | None = None) -> Layout | None:
    """The layout of a known source whose marks are all there, ``None`` where there is none."""
    known = set(map(loose, columns))
    fitting = (each for each in layouts() if known.issuperset(map(loose, each.marks)))
    return next((each for each in fitting if kind in {None, each.table}), None)


def _by_layout(layout: Layout, columns: tuple[str, ...], contents: Contents | None) -> Found:
    at = {loose(name): name for name in reversed(columns)}
    guesses: list[Guess] = []
    asks: list[Ask] = []
    for role, headers in layout.roles.items():
        named = [at[loose(header)] for header in headers if loose(header) in at]
        best = [name for name in named if contents is None or fits(role, contents, name)]
        if best:
            guesses.append(Guess(role, best[0], "source"))
        elif named and role in NEEDED[layout.table]:
            asks.append(Ask(role, tuple(named), "misfit"))
    return tuple(guesses), tuple(asks)


def _rest(found: Recognised, columns: tuple[str, ...]) -> Recognised:
    """With what is needed and not there, and what is not read."""
    held, asked = found.columns, {ask.what for ask in found.asks}
    unread = tuple(name for name in columns if name not in held.values())
    lacking = [
        Ask(role, unread, "unknown")
        for role in NEEDED[found.table]
        if role not in held and role not in asked and not _otherwise(role, held)
    ]
    return attrs.evolve(found, asks=(*found.asks, *lacking), ignored=unread)


def _otherwise(role: str, held: Mapping[str, str]) -> bool:
    """Whether others say the same: an amount is so many pieces at a price."""
    return role == "amount" and "price" in held and "quantity" in held


def _by_header(table: str, columns: tuple[str, ...], contents: Contents | None) -> Found:
    guesses: list[Guess] = []
    asks: list[Ask] = []
    for role, words in ranks(table).items():
        taken = {guess.column for guess in guesses}
        named = _named(role, words, [name for name in columns if name not in taken])
        best = _best(named, contents)
        needed = role in NEEDED[table]
        if needed and len(best) > 1:
            asks.append(Ask(role, tuple(guess.column for guess in best), "equal"))
        elif best:
            guesses.append(best[0])
        elif needed and named:
            asks.append(Ask(role, tuple(guess.column for guess in named[0]), "misfit"))
    return tuple(guesses), tuple(asks)


def _named(role: str, words: tuple[tuple[str, ...], ...], columns: list[str]) -> list[list[Guess]]:
    """The columns that are called like a role, those of equal standing together, the best first."""
    found: list[list[Guess]] = []
    for rank in words:
        exact = [Guess(role, name, "exact") for name in columns if loose(name) in rank]
        found.append(exact or [Guess(role, name, "alike") for name in columns if alike(name, rank)])
    return [named for named in found if named]


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


def _likeliest(
    known: Mapping[str, Found], columns: tuple[str, ...], told: Mapping[str, str]
) -> str:
    """The table that most headers tell of; nothing where none does, or two do alike."""
    worth = {table: _worth(table, found, columns, told) for table, found in known.items()}
    best, *others = sorted(worth, key=lambda table: -worth[table])
    clear = all(worth[best] - worth[other] >= _CLEAR for other in others)
    return best if worth[best] > 0 and clear else ""


def _worth(table: str, found: Found, columns: tuple[str, ...], said: Mapping[str, str]) -> float:
    held = {guess.role: guess.column for guess in found[0]}
    asked = {ask.what: ask.candidates[0] for ask in found[1]}
    roles = {**asked, **held, **{role: said[role] for role in said if role in ranks(table)}}
    lacking = [role for role in NEEDED[table] if role not in roles and not _otherwise(role, roles)]
    telling = sum(
        weight * (_VAGUE if _elsewhere(table, role, roles[role]) else 1.0)
        for role, weight in _TELLING[table].items()
        if role in roles
    )
    told = telling + _MARK * len(marks(table).intersection(map(loose, columns)))
    if table == "customers":
        told += _MARK * sum(kind_of(name) is not None for name in columns)
    return told - _LACKING * len(lacking) if len(lacking) < len(NEEDED[table]) else 0.0


@cache
def _elsewhere(table: str, role: str, column: str) -> bool:
    """Whether a day may be that of another table: created_at is of all."""
    if role not in {"at", "joined", "opened"}:
        return False
    others = ((other, each) for other in tables() for each in ("at", "joined") if other != table)
    held = (ranks(other).get(each, ()) for other, each in others)
    return any(bare(column) in words for rank in held for words in rank)
