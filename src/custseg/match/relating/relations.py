"""What relating found: who belongs with whom without being the same."""

from collections.abc import Iterator
from typing import Any, Final, Generic, Literal, TypeVar, get_args

import attrs

from custseg.frames import Tabled
from custseg.labels import filled, label
from custseg.layout import html_table
from custseg.showing import Shown

T = TypeVar("T")
Relation = Literal["branch", "group", "household", "switchboard", "shared_mobile"]
RELATIONS: Final[tuple[Relation, ...]] = get_args(Relation)


@attrs.frozen
class Crowd:
    """A value that too many records share to tell a relation from it.

    Attributes:
        relation: What it would have told.
        shared: What is shared.
        values: How many such values there are.
        records: How many records share them.

    >>> Crowd("switchboard", "phone", values=1, records=400).records
    400
    """

    relation: Relation
    shared: str
    values: int
    records: int


@attrs.frozen
class RelationReport(Shown):
    """The outcome of relating, in numbers.

    Attributes:
        counts: Relations and how many pairs of customers stand in each.
        crowds: Values that too many records share: they relate nobody.

    >>> RelationReport((("household", 2),)).text("zh")
    '同一家庭: 2'
    """

    counts: tuple[tuple[Relation, int], ...] = ()
    crowds: tuple[Crowd, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {"counts": dict(self.counts), "crowds": [attrs.asdict(one) for one in self.crowds]}

    def text(self, locale: str = "en") -> str:
        """Lines to read."""
        return "\n".join(f"{head}: {held}" for head, held in self._lines(locale))

    def _lines(self, locale: str) -> Iterator[tuple[str, str]]:
        for relation, count in self.counts:
            yield label(f"relation.{relation}", locale), f"{count:,}"
        for crowd in self.crowds:
            said = label("relation.crowd", locale)
            what = label(f"relation.{crowd.relation}", locale)
            yield what, filled(said, values=f"{crowd.values:,}", records=f"{crowd.records:,}")

    def html(self, locale: str = "en") -> str:
        """The same as a small page for notebooks."""
        return html_table(("", ""), self._lines(locale))


@attrs.frozen(eq=False)
class Relations(Tabled, Generic[T]):
    """Customers that belong together and are not one.

    Attributes:
        table: One row for each relation of two customers: ``left_entity`` and ``right_entity``,
            ``left_id`` and ``right_id`` (the first two records that show it), ``relation``
            (``branch``, ``group``, ``household``, ``switchboard`` or ``shared_mobile``), ``shared``
            (what the two have in common) and ``match_weight`` (what speaks for one customer, in
            bits; null where only keys decide).
        report: What was found, in numbers.

    >>> from custseg.match import Dedupe
    >>> people = [
    ...     {"id": 1, "name": "John Smith", "address": "1 Main St"},
    ...     {"id": 2, "name": "Mary Smith", "address": "1 Main St."},
    ... ]
    >>> matcher = Dedupe.preset("person", locale="en").fit(people)
    >>> [(one["relation"], one["shared"]) for one in matcher.related(people).table]
    [('household', 'address')]
    """

    table: T
    report: RelationReport
