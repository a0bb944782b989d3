"""What a rebalancing did, as plain data that can be stored, and the way back."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal, TypeAlias, TypeVar, cast

import attrs

from custseg.errors import ConfigError, DataError
from custseg.frames import Table, Tabled, table
from custseg.frames.scalar import day, missing, text

T = TypeVar("T")
Meanwhile: TypeAlias = Literal["refuse", "keep", "restore"]
COVERS: Final = ("cover_rep", "cover_from", "cover_until")
_VERSION: Final = 1


@attrs.frozen
class OwnerChange:
    """One customer who changed hands.

    Attributes:
        customer: The id.
        before: The owner before; ``None`` for nobody.
        after: The owner afterwards; ``None`` for nobody.

    >>> OwnerChange("C1", "R7", "R2").after
    'R2'
    """

    customer: object
    before: object
    after: object


@attrs.frozen
class MoveJournal(Tabled):
    """All changes of one rebalancing: store it as JSON, and it can be undone.

    Attributes:
        customer_id: The column of the customers' ids.
        owner: The column of the owners.
        changes: Who changed hands.

    >>> journal = MoveJournal("customer_id", "owner", (OwnerChange("C1", "R7", "R2"),))
    >>> MoveJournal.of(journal.as_dict()) == journal
    True
    >>> journal.undo([{"customer_id": "C1", "owner": "R2"}])
    [{'customer_id': 'C1', 'owner': 'R7'}]
    """

    customer_id: str
    owner: str
    changes: tuple[OwnerChange, ...]

    def _native(self) -> list[dict[str, object]]:
        columns = (self.customer_id, f"{self.owner}_before", self.owner)
        return [dict(zip(columns, attrs.astuple(one), strict=True)) for one in self.changes]

    def as_dict(self) -> dict[str, object]:
        """Plain data for JSON; ids that JSON does not know are written as text."""
        return {
            "version": _VERSION,
            "customer_id": self.customer_id,
            "owner": self.owner,
            "changes": [[_plain(v) for v in attrs.astuple(change)] for change in self.changes],
        }

    @classmethod
    def of(cls, data: Mapping[str, object]) -> "MoveJournal":
        """Read what ``as_dict`` wrote.

        Args:
            data: The plain data.

        Raises:
            ConfigError: It is no journal, or one of a newer version.
        """
        given = cast("Mapping[str, Any]", data)
        if given.get("version") != _VERSION:
            msg = f"is no journal of version {_VERSION}, got version {given.get('version')!r}"
            raise ConfigError(msg, "journal")
        try:
            changes = tuple(OwnerChange(*row) for row in given["changes"])
            return cls(str(given["customer_id"]), str(given["owner"]), changes)
        except (KeyError, TypeError) as error:
            msg = "is no journal: give what as_dict() wrote"
            raise ConfigError(msg, "journal") from error

    def undo(self, customers: T, *, meanwhile: Meanwhile = "refuse") -> T:
        """Give every customer back to the owner before, and take covers away.

        A customer who has the owner before already is left as it is: a plan of several days may
        be undone half way.

        Args:
            customers: The customers as they are now.
            meanwhile: What to do with customers whose owner was changed since: ``refuse`` them
                all, ``keep`` their owner, or ``restore`` the owner before nevertheless.

        Raises:
            DataError: Owners changed meanwhile, or a customer is not there any more.
            ConfigError: ``meanwhile`` is something else.
        """
        if meanwhile not in {"refuse", "keep", "restore"}:
            msg = f"must be refuse, keep or restore, got {meanwhile!r}"
            raise ConfigError(msg, "undo.meanwhile")
        given = table(customers)
        given.require((self.customer_id, self.owner))
        owners = _cells(given, self.owner)
        rows = {_plain(name): row for row, name in enumerate(_cells(given, self.customer_id))}
        lost = sum(_plain(change.customer) not in rows for change in self.changes)
        if lost and meanwhile == "refuse":
            msg = f"customers of the journal not there: {lost}; give all, or meanwhile='keep'"
            raise DataError(msg, self.customer_id)
        changed = 0
        for change in self.changes:
            row = rows.get(_plain(change.customer))
            if row is None:
                continue
            stands = _plain(owners[row])
            foreign = stands not in (_plain(change.after), _plain(change.before))
            changed += foreign
            if not foreign or meanwhile == "restore":
                owners[row] = change.before
        if changed and meanwhile == "refuse":
            msg = (
                f"customers who got another owner since: {changed}; nothing is undone, say "
                "meanwhile='keep' to leave them, or 'restore' to take them back, too"
            )
            raise DataError(msg, self.owner)
        return cast("T", given.attach({self.owner: _typed(owners), **_no_covers(given)}))


def end_covers(customers: T, as_of: object) -> T:
    """Take away covers whose last day is over: the owner is back.

    Args:
        customers: A table with ``cover_rep``, ``cover_from`` and ``cover_until``.
        as_of: The day; a cover ends in the evening of its last day.

    Raises:
        MissingColumnError: There are no such columns.

    >>> people = [
    ...     {
    ...         "customer_id": 1,
    ...         "cover_rep": "R1",
    ...         "cover_from": "2026-07-01",
    ...         "cover_until": "2026-07-14",
    ...     },
    ... ]
    >>> end_covers(people, "2026-07-15")[0]["cover_rep"] is None
    True
    """
    given = table(customers)
    given.require(COVERS)
    last: Any = given.read({COVERS[2]: "day"})[COVERS[2]]
    over = [bool(end < day(as_of)) for end in getattr(last, "at", last)]
    columns: dict[str, Any] = {}
    for name in COVERS:
        cells = _cells(given, name)
        columns[name] = _typed([None if done else x for done, x in zip(over, cells, strict=True)])
    return cast("T", given.attach(columns))


def _no_covers(given: Table[Any]) -> dict[str, list[None]]:
    return {name: [None] * given.size for name in COVERS if name in given.columns}


def _cells(given: Table[Any], name: str) -> list[object]:
    found = given.values(name)
    return [None if at < 0 else found.words[at] for at in found.at.tolist()]


def _typed(cells: Sequence[object]) -> Sequence[object]:
    return list(cells)


def _plain(value: object) -> object:
    """An id as JSON keeps it."""
    if value is None or missing(value):
        return None
    if hasattr(value, "item") and hasattr(value, "dtype"):
        value = cast("Any", value).item()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if isinstance(value, str | int) else text(value)
