"""The fitted matcher: the same keys and weights for every table that comes."""

import logging
from collections.abc import Callable
from functools import cached_property
from typing import Any, ClassVar, Generic, Literal, TypeVar, cast

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Needs, Record
from custseg.frames import Attachable, Table, Tabled
from custseg.frames.gather import gathered
from custseg.match.beyond import Beyond
from custseg.match.blocking.candidates import Which
from custseg.match.clustering.settings import Clusters
from custseg.match.comparing.comparison import Comparison
from custseg.match.entities import Entities
from custseg.match.explaining import explained
from custseg.match.inside.finishing import Finished
from custseg.match.inside.running import Inside
from custseg.match.keys import MatchKey
from custseg.match.lookup.asking import Asking
from custseg.match.opened import Opened, needs_of
from custseg.match.parting import Apart
from custseg.match.report import MatchReport
from custseg.match.reviewing import pair_table, queue_table, reviewed_weights
from custseg.match.weighing.account import PairExplanation
from custseg.match.weighing.learning import Learnt
from custseg.showing import Shown

_LOG = logging.getLogger(__name__)

T = TypeVar("T")
Repeats = Literal["refuse", "merge"]


@attrs.frozen(eq=False)
class Matched(Tabled, Generic[T]):
    """Records that know who they are.

    Attributes:
        table: The table with ``entity_id`` and ``match_rule``, and with ``match_chance`` if pairs
            were weighed.

    >>> from custseg.match import ExactKey
    >>> people = [{"id": 1, "email": "li@corp.cn"}, {"id": 2, "email": "Li@Corp.cn"}]
    >>> done = Matcher((ExactKey("email", read="email"),)).run(people)
    >>> [one["entity_id"] for one in done.table], done.report.doubles
    ([1, 1], 1)
    """

    table: T
    _report: MatchReport | Callable[[], MatchReport] = attrs.field(alias="report")

    @cached_property
    def report(self) -> MatchReport:
        """What was found, in numbers; of a lazy table its engine is asked when it is wanted."""
        return self._report if isinstance(self._report, MatchReport) else self._report()


@attrs.frozen
class Matcher(Shown, Beyond, Asking):
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

    def apply(self, table: T, *, apart: Apart = ()) -> T:
        """Add who each record is.

        Args:
            table: Records or a table.
            apart: Pairs of ids of records that are never one customer: `Journal.apart`.

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
        return self.run(table, apart=apart).table

    def report(self, table: object, *, apart: Apart = ()) -> MatchReport:
        """What `apply` finds, in numbers, with the keys that it does not trust.

        Args:
            table: Records or a table.
            apart: Pairs of ids of records that are never one customer: `Journal.apart`.

        Raises:
            MissingColumnError: A column is not there.
            DataError: Two records bear one id, and that is not to be merged.
        """
        return self.run(table, apart=apart).report

    def run(self, table: T, *, apart: Apart = ()) -> Matched[T]:
        """Add who each record is, and tell what was found: `apply` and `report` at once.

        Args:
            table: Records or a table.
            apart: Pairs of ids of records that are never one customer: `Journal.apart`.

        Raises:
            MissingColumnError: A column is not there.
            DataError: Two records bear one id, and that is not to be merged.

        >>> from custseg.match import ExactKey
        >>> people = [{"id": 1, "email": "li@corp.cn"}, {"id": 2, "email": "li@corp.cn"}]
        >>> matcher = Matcher((ExactKey("email", read="email"),))
        >>> matcher.run(people).report.entities, matcher.run(people, apart=[(2, 1)]).report.entities
        (1, 2)
        """
        there = frames.table(table)
        inside = Inside.of(self, there, learning=False) if there.lazy else None
        if inside is not None:
            return cast("Matched[T]", finished_inside(self, inside, apart))
        return cast("Matched[T]", finished(self, Opened.of(self, there, apart)))

    def explain(
        self, record_a: Record, record_b: Record, *, among: object = None
    ) -> PairExplanation:
        """Why two records are one customer, or are not; the order of the two does not matter.

        It tells which keys they share, and what each comparison adds to the weight of the pair.
        Records may be one customer through a third, though they share no key; a key that too many
        records share is only known by the whole table.

        Args:
            record_a: One record.
            record_b: The other.
            among: The table that holds the two. It tells how common their values are, and the
                weight is that of `pairs`; without it, a value weighs as any.

        >>> from custseg.match import ExactKey
        >>> pair = {"email": "li@corp.cn"}, {"email": "LI@corp.cn"}
        >>> print(Matcher((ExactKey("email", read="email"),)).explain(*pair).text())
        pair: same customer
          - the same email
        """
        held = None if among is None else frames.table(among)
        return explained(self, record_a, record_b, among=held)

    def pairs(self, table: T, *, at_least: float | None = 0.0) -> T:
        """The pairs that were compared, with their weights, the surest first.

        Args:
            table: Records or a table.
            at_least: The weight in bits from which pairs are told: 0 is as likely as not. None for
                all that were compared.

        Returns:
            The same kind with ``left_id``, ``right_id``, ``match_rule`` (the first pass that holds
            the pair), ``match_weight`` and ``match_chance``.

        Raises:
            MissingColumnError: A column is not there.
            ConfigError: Only keys decide, so nothing is weighed.

        >>> from custseg.match import Dedupe
        >>> one = {"given_name": "Ann", "surname": "Lee", "birthday": "1990-02-03"}
        >>> people = [{"id": 1, **one}, {"id": 2, **one, "given_name": "Anne"}]
        >>> found = Dedupe.preset("person").fit(people).pairs(people)
        >>> [(pair["left_id"], pair["right_id"], pair["match_rule"]) for pair in found]
        [(1, 2, 'surname+birthday')]
        """
        opened = Opened.of(self, frames.table(table))
        return cast("T", pair_table(self, opened, at_least=at_least))

    def queue(self, table: T, many: int = 20, *, reviewed: object = None) -> T:
        """The pairs whose review teaches most: those in doubt, and of many kinds.

        Args:
            table: Records or a table.
            many: How many pairs.
            reviewed: Pairs that were reviewed before, as `refit` takes them; they do not come back.

        Returns:
            The same kind as from `pairs`, with what was compared of both sides as ``left_name``,
            ``right_name`` and so on. Say in a column ``same`` whether they are one customer, and
            give that to `refit`.

        Raises:
            MissingColumnError: A column is not there.
            ConfigError: Only keys decide, so nothing is weighed.
        """
        opened = Opened.of(self, frames.table(table))
        done = None if reviewed is None else frames.table(reviewed)
        return cast("T", queue_table(self, opened, many, reviewed=done))

    def refit(self, table: object, reviewed: object) -> "Matcher":
        """The same matcher with weights that follow what people said of pairs.

        Args:
            table: Records or a table that holds the records of the pairs.
            reviewed: Pairs with ``left_id``, ``right_id`` and ``same`` (yes or no): all of them,
                also those of earlier times.

        Raises:
            MissingColumnError: A column is not there.
            ConfigError: Only keys decide, so nothing is weighed.
            DataError: A record is not in the table, or ``same`` is no yes or no.
            NotEnoughDataError: There is no pair.
        """
        opened = Opened.of(self, frames.table(table))
        learnt = reviewed_weights(self, opened, frames.table(reviewed))
        return attrs.evolve(self, learnt=learnt)


def finished(matcher: Matcher, opened: Opened) -> Matched[Any]:
    """Say of each record of an opened table which customer it is.

    Args:
        matcher: The matcher.
        opened: The table, read, and compared if pairs are to be weighed.
    """
    found = opened.entities(matcher)
    _LOG.info("match: %d records are %d customers", found.report.records, found.report.entities)
    added = opened.table.attach(_columns(opened.table, found, opened.ids.column))
    return Matched(added, attrs.evolve(found.report, absent=matcher.absent))


def finished_inside(matcher: Matcher, inside: Inside, apart: Apart = ()) -> Matched[Any]:
    """Say of each record of a table in an engine which customer it is.

    Args:
        matcher: The matcher.
        inside: The table on its way.
        apart: Pairs of ids of records that are never one customer.
    """
    pairs = tuple(apart)
    done = Finished.of(matcher, inside, absent=matcher.absent, apart=pairs)
    bounded = bool(matcher.apart or pairs or matcher.clusters.one_per)
    return Matched(done.table(bounded=bounded), done.report)


def _columns(table: Table[Any], found: Entities, column: str | None) -> dict[str, Attachable]:
    ids = gathered(table, column, found.named_by) if column else found.named_by.astype(np.int64)
    added: dict[str, Attachable] = {"entity_id": ids, "match_rule": found.rule}
    return added if found.chance is None else {**added, "match_chance": found.chance}
