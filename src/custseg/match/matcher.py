"""The fitted matcher: the same keys and weights for every table that comes."""

from collections.abc import Mapping
from typing import Any, ClassVar, Generic, Literal, TypeVar, cast

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Codes, Needs, Record
from custseg.frames import Attachable, Table
from custseg.frames.gather import gathered
from custseg.match.blocking.candidates import Which
from custseg.match.clustering.settings import Clusters
from custseg.match.comparing.comparison import Comparison
from custseg.match.entities import Entities
from custseg.match.keys import MatchKey, keys_of, rule_of
from custseg.match.linking.link import linked
from custseg.match.linking.linked import Linked
from custseg.match.linking.stacking import Renamed, Stacked
from custseg.match.opened import Opened, needs_of
from custseg.match.reading import Once
from custseg.match.report import MatchReport
from custseg.match.weighing.learning import Learnt
from custseg.reasons import Explanation, Reason

T = TypeVar("T")
Repeats = Literal["refuse", "merge"]


@attrs.frozen(eq=False)
class Matched(Generic[T]):
    """Records that know who they are.

    Attributes:
        table: The table with ``entity_id`` and ``match_rule``, and with ``match_chance`` if pairs
            were weighed.
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
        passes: The keys under which pairs worth comparing are looked for.
        comparisons: In what respects they are compared.
        apart: Keys that keep records apart which have different ones.
        clusters: How weighed pairs become customers.
        source: The column that says where a record comes from.
        which: Which pairs are looked for, by their sources.
        region: Where a phone number without a country code belongs.
        block_cap: The most records of a key of a pass.
        learnt: What each level of each comparison weighs, and how that was found; None if only
            keys decide.

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
    passes: tuple[MatchKey, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    apart: tuple[MatchKey, ...] = ()
    clusters: Clusters = attrs.field(factory=Clusters)
    source: str | None = None
    which: Which = "all"
    region: str | None = None
    block_cap: int = 1000
    learnt: Learnt | None = None

    @property
    def needs(self) -> Needs:
        """The columns that keys, passes and comparisons read."""
        return needs_of(self)

    def apply(self, table: T) -> T:
        """Add who each record is.

        Args:
            table: Records or a table.

        Returns:
            The same kind with ``entity_id`` (the smallest id among the customer's records, null
            where none has an id), ``match_rule`` (the first key that the record shares with
            another, or the pass of its best pair; null where it is alone) and, if pairs were
            weighed, ``match_chance`` (the probability of the weakest link that holds the record in
            its customer; null where it is alone or keys alone decide).

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
        opened = Opened.of(self, frames.table(table))
        return cast("Matched[T]", finished(self, opened))

    def link(
        self,
        tables: Mapping[str, T],
        *,
        which: Which = "across",
        one_to_one: bool = False,
        names: Renamed | None = None,
    ) -> Linked[T]:
        """Say which records of several sources are one customer.

        Args:
            tables: The table of each source; the first names a customer that it knows.
            which: ``across`` links the sources and takes each for free of doubles, ``all`` finds
                doubles within a source as well, ``within`` finds only these.
            one_to_one: Whether every source holds each customer once: then a record has at most one
                partner in each other source, chosen so that all partners together weigh the most.
                ``Clusters(one_per=...)`` says it of some sources only.
            names: For each source what it calls the columns that matching reads.

        Returns:
            A table of links and a table of who each record is, of the kind of the first table.

        Raises:
            ConfigError: There is no table, or a source is renamed that is not there.
            DataError: Two records of a source bear one id.

        >>> from custseg.match import ExactKey
        >>> matcher = Matcher((ExactKey("phone", read="phone", region="CN"),))
        >>> erp = [{"id": 17, "phone": "138 0013 8000"}, {"id": 18, "phone": None}]
        >>> shop = [{"id": 17, "mobile": "+8613800138000"}]
        >>> found = matcher.link({"erp": erp, "shop": shop}, names={"shop": {"phone": "mobile"}})
        >>> [(one["source"], one["id"], one["entity_id"]) for one in found.entities]
        [('erp', 17, 'erp:17'), ('erp', 18, 'erp:18'), ('shop', 17, 'erp:17')]
        """
        below = Stacked.of(tables, self.id, names or {})
        return linked(self, below, which=which, one_to_one=one_to_one)

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


def finished(matcher: Matcher, opened: Opened) -> Matched[Any]:
    """Say of each record of an opened table which customer it is.

    Args:
        matcher: The matcher.
        opened: The table, read, and compared if pairs are to be weighed.
    """
    found = opened.entities(matcher)
    added = opened.table.attach(_columns(opened.table, found, opened.ids.column))
    return Matched(added, attrs.evolve(found.report, absent=matcher.absent))


def _compared(rule: str, codes: Codes) -> Reason:
    left, right = int(codes.at[0]), int(codes.at[1])
    if left < 0 or right < 0:
        return Reason("match.missing", {"rule": rule})
    if left == right:
        return Reason("match.agrees", {"rule": rule}, {"key": codes.words[left]})
    return Reason("match.differs", {"rule": rule})


def _columns(table: Table[Any], found: Entities, column: str | None) -> dict[str, Attachable]:
    ids = gathered(table, column, found.named_by) if column else found.named_by.astype(np.int64)
    added: dict[str, Attachable] = {"entity_id": ids, "match_rule": found.rule}
    return added if found.chance is None else {**added, "match_chance": found.chance}
