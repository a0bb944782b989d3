"""The fitted matcher: the same keys for every table that comes."""

from typing import Any, ClassVar, Generic, Literal, TypeVar, cast

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Codes, Needs, Record
from custseg.frames import Attachable, Table
from custseg.frames.gather import gathered
from custseg.match.entities import Entities, Keyed, entities
from custseg.match.ids import Ids, ids_of
from custseg.match.keys import MatchKey, keys_of, rule_of
from custseg.match.reading import Once
from custseg.match.report import MatchReport
from custseg.reasons import Explanation, Reason

T = TypeVar("T")
Repeats = Literal["refuse", "merge"]
SAME_ID = "same_id"


@attrs.frozen(eq=False)
class Matched(Generic[T]):
    """Records that know who they are.

    Attributes:
        table: The table with ``entity_id`` and ``match_rule``.
        report: What was found, in numbers.

    >>> from custseg.match import ExactKey
    >>> people = [{"id": 1, "email": "li@corp.cn"}, {"id": 2, "email": "Li@Corp.cn"}]
    >>> done = Matcher((ExactKey("email", read="email"),)).run(people)
    >>> [one["entity_id"] for one in done.table], done.report.doubles
    ([1, 1], 1)
    """

    table: T
    report: MatchReport


@attrs.frozen
class Matcher:
    """Say of each record which customer it is.

    Attributes:
        keys: The keys, the surest first.
        id: The column with the ids of the records; None counts the rows.
        cap: The most records that may share a key.
        repeated_ids: Whether records of one id are refused or merged.
        absent: Rules that were left out for want of columns.

    >>> from custseg.match import ExactKey
    >>> matcher = Matcher((ExactKey("email", read="email"),), "id")
    >>> matcher.report([{"id": 1, "email": "li@corp.cn"}, {"id": 2, "email": None}]).entities
    2
    """

    schema_version: ClassVar[int] = 1

    keys: tuple[MatchKey, ...]
    id: str | None = None
    cap: int = 50
    repeated_ids: Repeats = "refuse"
    absent: tuple[str, ...] = ()

    @property
    def needs(self) -> Needs:
        """The columns that the keys read."""
        return {name: kind for key in self.keys for name, kind in key.needs.items()}

    def apply(self, table: T) -> T:
        """Add who each record is.

        Args:
            table: Records or a table.

        Returns:
            The same kind with ``entity_id`` (the smallest id among the customer's records, null
            where none has an id) and ``match_rule`` (the first key that the record shares with
            another, null where it is alone).

        Raises:
            MissingColumnError: A column is not there.
            DataError: Two records bear one id, and that is not to be merged.
        """
        return self.run(table).table

    def report(self, table: object) -> MatchReport:
        """What `apply` finds, in numbers, with the keys that it does not trust.

        Args:
            table: Records or a table.

        Raises:
            MissingColumnError: A column is not there.
            DataError: Two records bear one id, and that is not to be merged.
        """
        return self.run(table).report

    def run(self, table: T) -> Matched[T]:
        """Add who each record is, and tell what was found: `apply` and `report` at once.

        Args:
            table: Records or a table.

        Raises:
            MissingColumnError: A column is not there.
            DataError: Two records bear one id, and that is not to be merged.
        """
        there = frames.table(table)
        ids = ids_of(there, self.id)
        found = self._entities(there, ids)
        added = there.attach(_columns(there, found, ids.column))
        return Matched(cast("T", added), attrs.evolve(found.report, absent=self.absent))

    def explain(self, record_a: Record, record_b: Record) -> Explanation:
        """Which keys two records share; the order of the two does not matter.

        Records may be one customer through a third, though they share no key; a key that too many
        records share is only known by the whole table.

        Args:
            record_a: One record.
            record_b: The other.

        >>> from custseg.match import ExactKey
        >>> pair = {"email": "li@corp.cn"}, {"email": "LI@corp.cn"}
        >>> print(Matcher((ExactKey("email", read="email"),)).explain(*pair).text())
        pair: same customer
          - the same email
        """
        needs = self.needs
        pair = [{name: record.get(name) for name in needs} for record in (record_a, record_b)]
        columns = Once(frames.table(pair).read(needs))
        reasons = [_compared(rule_of(key), keys_of(key, columns)) for key in self.keys]
        agreed = [r.settings["rule"] for r in reasons if r.code == "match.agrees"]
        decision = {
            "pair": "same_customer" if agreed else "other_customer",
            "match_rule": agreed[0] if agreed else None,
        }
        return Explanation("pair", decision, tuple(sorted(reasons, key=lambda r: r.code)))

    def _entities(self, table: Table[Any], ids: Ids) -> Entities:
        columns = Once(table.read(self.needs))
        keyed = [Keyed(rule_of(key), keys_of(key, columns), self.cap) for key in self.keys]
        if self.repeated_ids == "merge":
            keyed.insert(0, _same_id(ids))
        else:
            ids.refuse_repeats()
        return entities(keyed, ids.rank)


def _same_id(ids: Ids) -> Keyed:
    codes = Codes(ids.at, tuple(map(str, ids.held.values)))
    return Keyed(SAME_ID, codes, max(len(ids.at), 2))


def _compared(rule: str, codes: Codes) -> Reason:
    left, right = int(codes.at[0]), int(codes.at[1])
    if left < 0 or right < 0:
        return Reason("match.missing", {"rule": rule})
    if left == right:
        return Reason("match.agrees", {"rule": rule}, {"key": codes.words[left]})
    return Reason("match.differs", {"rule": rule})


def _columns(table: Table[Any], found: Entities, column: str | None) -> dict[str, Attachable]:
    ids = gathered(table, column, found.named_by) if column else found.named_by.astype(np.int64)
    return {"entity_id": ids, "match_rule": found.rule}
