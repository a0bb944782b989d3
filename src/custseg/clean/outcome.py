"""What cleaning a table gives: the table, how good it was, which cells became others."""

from collections.abc import Callable
from functools import cached_property
from typing import Generic, TypeVar

import attrs

from custseg.clean.assessing.report import Quality
from custseg.clean.changes import Changes
from custseg.frames import Tabled
from custseg.layout import html_table
from custseg.showing import Shown

T = TypeVar("T")


@attrs.frozen(eq=False)
class CleanReport(Shown):
    """What cleaning found and did.

    Attributes:
        quality: How good the data was as it came.
        changes: Which cells became others.

    Example:
        >>> from custseg.clean import CleanModel
        >>> report = CleanModel({"phone": "phone"}).run([{"phone": "N/A"}]).report
        >>> print(report.text())
        rows: 1
        completeness: 0.0%
        phone: filled 0, valid 0, placeholder 1, invalid 0, missing 0, distinct 0
          placeholder: 1
        changed cells: 1
          phone: placeholder: 1
    """

    quality: Quality
    changes: Changes

    def as_dict(self, *, values: bool = False) -> dict[str, object]:
        """Plain data; field values only when asked."""
        return self.quality.as_dict() | self.changes.as_dict(values=values)

    def text(self, locale: str = "en", *, values: bool = False) -> str:
        """Lines to read."""
        return f"{self.quality.text(locale)}\n{self.changes.text(locale, values=values)}"

    def headline(self, locale: str = "en") -> str:
        """The outcome in two lines: how complete the records are, how many cells changed."""
        found = self.quality.text(locale).splitlines()[:2]
        return "\n".join([*found[1:], self.changes.text(locale).splitlines()[0]])

    def html(self, locale: str = "en") -> str:
        """The same as a small page for notebooks."""
        lines = self.text(locale).splitlines()
        return html_table(("", ""), [line.partition(": ")[::2] for line in lines])


@attrs.frozen(eq=False)
class Cleaned(Tabled, Generic[T]):
    """A table after cleaning, with the account of it.

    Attributes:
        table: The caller's kind of table.

    Example:
        >>> from custseg.clean import CleanModel
        >>> done = CleanModel({"email": "email"}).run([{"email": "LI@qq.com"}])
        >>> done.table, len(done.changes), done.quality.mean
        ([{'email': 'li@qq.com'}], 1, 1.0)
    """

    table: T
    _report: CleanReport | Callable[[], CleanReport] = attrs.field(alias="report")

    @cached_property
    def report(self) -> CleanReport:
        """What was found and done; of a lazy table it is worked out when it is asked for."""
        return self._report if isinstance(self._report, CleanReport) else self._report()

    @property
    def quality(self) -> Quality:
        """How good the data was as it came."""
        return self.report.quality

    @property
    def changes(self) -> Changes:
        """Which cells became others."""
        return self.report.changes
