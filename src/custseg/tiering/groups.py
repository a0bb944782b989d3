"""Cut points that differ by industry, region, or any other group."""

from collections.abc import Mapping

import attrs

from custseg._typing import Record
from custseg.errors import ConfigError
from custseg.frames.scalar import text
from custseg.labels import table, title
from custseg.layout import aligned, html_table
from custseg.rules import Condition, F, Ladder, Some
from custseg.showing import Shown
from custseg.tiering.bands import BandModel, laddered
from custseg.tiering.cuts import Cuts
from custseg.tiering.learnt import shown


@attrs.frozen
class GroupCuts(Shown):
    """Cut points by group: the same classes everywhere, each group with points of its own.

    Attributes:
        by: The column that says the group.
        cuts: The cut points of each group.
        otherwise: Those of a group that is not among them, and of rows without a group.

    Raises:
        ConfigError: The groups do not have the same number of classes.

    >>> by_trade = GroupCuts("industry", {"retail": Cuts((500.0,))}, Cuts((100.0,)))
    >>> size = by_trade.on("revenue", "size")
    >>> size.one({"industry": "retail", "revenue": 200})["size"]
    'low'
    >>> size.one({"industry": None, "revenue": 200})["size"]
    'high'
    """

    by: str
    cuts: Mapping[str, Cuts]
    otherwise: Cuts

    def __attrs_post_init__(self) -> None:
        """Check that the groups have the same classes."""
        wanted = self.otherwise.classes
        if odd := {name: c.classes for name, c in self.cuts.items() if c.classes != wanted}:
            msg = f"all groups need {wanted} classes, got {odd}; use a cutter with a fixed number"
            raise ConfigError(msg)

    @property
    def classes(self) -> int:
        """Number of classes."""
        return self.otherwise.classes

    def words(self) -> tuple[str, ...]:
        """The word of each class, lowest first."""
        return self.otherwise.words()

    def on(self, column: str, into: str = "band", unknown: str | None = None) -> BandModel:
        """The cut points on a column, ready to apply to one record, any table, or a warehouse.

        Args:
            column: The column that is cut.
            into: The column that is added.
            unknown: The word where the value is not known; ``None``: no word (missing).
        """
        return BandModel(column, self, into, unknown)

    def above(self, column: str, place: int) -> Condition:
        """The condition to be in a class above a cut point of one's group.

        Args:
            column: The column that is cut.
            place: Which cut point, 0 the lowest.
        """
        parts = tuple((F(self.by) == g) & c.above(column, place) for g, c in self.cuts.items())
        others = self.otherwise.above(column, place)
        return others if not parts else Some((*parts, self._ungrouped() & others))

    def known(self, column: str) -> Condition:
        """The condition that a row is in some class.

        Args:
            column: The column that is cut.
        """
        return self.otherwise.known(column)

    def ladder(self, column: str, words: tuple[str, ...], unknown: str | None = None) -> Ladder:
        """The tree that gives a word for each class.

        Args:
            column: The column that is cut.
            words: One word a class, lowest first; a word may come twice.
            unknown: The word where the value is not known, or in another currency; ``None``: none.
        """
        return laddered(self, column, words, unknown)

    def why(self, column: str, unknown: str = "no_value") -> Ladder:
        """The tree that gives the code of the reason for each class.

        Args:
            column: The column that is cut.
            unknown: The code where the value is not known.
        """
        plain = self.otherwise.why(column, unknown)
        top, bottom = self.classes - 2, 0
        own = {"value_above": top, "value_between": bottom}
        steps = tuple(
            (self.above(column, own[str(code)]) if code in own else condition, code)
            for condition, code in plain.steps
        )
        return Ladder(steps, unknown)

    def at(self, record: Record) -> Cuts:
        """The cut points that hold for one record, in its currency.

        Args:
            record: One row.

        >>> GroupCuts("industry", {"retail": Cuts((500.0,))}, Cuts((100.0,))).at(
        ...     {"industry": "retail"}
        ... ).points
        (500.0,)
        """
        own = self.otherwise
        if self.cuts:  # without any, nothing else asks for the group
            own = self.cuts.get(text(record[self.by]) or "", own)
        return own.at(record)

    def text(self, locale: str = "en") -> str:
        """The cut points of each group, and how many customers they were learnt from, to read.

        Args:
            locale: ``en`` or ``zh``.

        >>> print(GroupCuts("industry", {"retail": Cuts((500.0,))}, Cuts((100.0,))).text())
        industry    cut points
        retail             500
        all others         100
        """
        return aligned(*self._cells(locale))

    def html(self, locale: str = "en") -> str:
        """The same as a small page for notebooks."""
        return html_table(*self._cells(locale))

    def _cells(self, locale: str) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
        said = table(locale)
        named = {**self.cuts, said["cuts.others"]: self.otherwise}
        points = {name: "; ".join(map(shown, cuts)) or "-" for name, cuts in named.items()}
        heads = (title(self.by, locale), said["cuts"])
        many = [cuts.learnt for cuts in named.values()]
        if any(learnt is None for learnt in many):
            return heads, list(points.items())
        known = (shown(learnt.rows - learnt.missing) for learnt in many if learnt)
        full = zip(points, points.values(), known, strict=True)
        return (*heads, said["cuts.customers"]), list(full)

    def _ungrouped(self) -> Condition:
        return F(self.by).is_missing() | ~F(self.by).one_of(*self.cuts)
