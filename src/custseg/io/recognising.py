"""What is this table? By the layouts of known sources, by its headers, and by its contents."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

import attrs

from custseg import frames
from custseg.errors import ConfigError, MissingColumnError, did_you_mean
from custseg.features import Names
from custseg.io.byheader import by_header
from custseg.io.contents import Contents, fits
from custseg.io.recognised import NEEDED, Ask, Found, Guess, Recognised, otherwise
from custseg.io.spelling import FORMS
from custseg.io.vocabulary import Layout, layouts, loose, ranks, tables
from custseg.io.whichtable import likeliest


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
    told = answered(names)
    return found_in(*_opened(data), kind=kind or told.pop("kind", None), told=told)


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
        return _rest(_with_told(base, columns, told), columns, contents)
    known = {table: by_header(table, columns, contents) for table in ([kind] if kind else tables())}
    table = kind or likeliest(known, columns, told)
    if not table:
        return Recognised("", asks=(Ask("kind", tables(), "unknown"),), ignored=columns)
    guesses, asks = known[table]
    return _rest(
        _with_told(Recognised(table, guesses=guesses, asks=asks), columns, told), columns, contents
    )


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


def _rest(found: Recognised, columns: tuple[str, ...], contents: Contents | None) -> Recognised:
    """With what only contents tell, what is needed and not there, and what is not read."""
    held, asked = found.columns, {ask.what for ask in found.asks}
    unread = tuple(name for name in columns if name not in held.values())
    guesses, asks = list(found.guesses), list(found.asks)
    for role in NEEDED[found.table]:
        if role in held or role in asked or otherwise(role, held):
            continue
        fitting = unread if contents is None else contents.fitting(role, unread)
        if found.table == "customers" and contents is not None:
            fitting = tuple(name for name in fitting if contents.each(name)) or fitting
        if role == "at" and contents is not None and len(fitting) == 1:
            guesses.append(Guess(role, fitting[0], "contents"))
        else:
            asks.append(Ask(role, fitting or unread, "unknown"))
    used = {guess.column for guess in guesses}
    ignored = tuple(name for name in columns if name not in used)
    return attrs.evolve(found, guesses=tuple(guesses), asks=tuple(asks), ignored=ignored)
