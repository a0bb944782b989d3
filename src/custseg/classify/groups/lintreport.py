"""What was found out about groups, for people and for machines."""

from collections.abc import Mapping

import attrs

from custseg.labels import filled, label, table, title
from custseg.layout import html_table
from custseg.reasons import Reason
from custseg.showing import Shown, bullets, page


@attrs.frozen
class GroupReport(Shown):
    """Who is in which group, and what is wrong with the rules.

    Attributes:
        column: The column of the groups.
        rows: Customers; None where only the rules were looked at.
        groups: Customers by group, without empty groups.
        grouped: Customers in a group.
        findings: What is wrong: codes ``lint.<name>`` with parameters.
        notes: What is well to know and not wrong: rules that hold of the same customers, where the
            first that holds decides.

    >>> report = GroupReport("band", 4, {"young": 3}, 3)
    >>> report.coverage, report.clean
    (0.75, True)
    """

    column: str
    rows: int | None = None
    groups: Mapping[str, int] = attrs.field(factory=dict[str, int])
    grouped: int = 0
    findings: tuple[Reason, ...] = ()
    notes: tuple[Reason, ...] = ()

    @property
    def coverage(self) -> float | None:
        """Share of the customers in a group; None without customers."""
        return self.grouped / self.rows if self.rows else None

    @property
    def clean(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings

    def found(self, name: str) -> tuple[Reason, ...]:
        """The findings, and notes, of one name.

        >>> GroupReport("band").found("unreachable")
        ()
        """
        every = (*self.findings, *self.notes)
        return tuple(reason for reason in every if reason.code == f"lint.{name}")

    def as_dict(self, *, values: bool = False) -> dict[str, object]:
        """Plain data for JSON; texts of customers only when asked."""
        return {
            "column": self.column,
            "rows": self.rows,
            "groups": dict(self.groups),
            "grouped": self.grouped,
            "coverage": self.coverage,
            "findings": [reason.as_dict(values=values) for reason in self.findings],
            "notes": [reason.as_dict(values=values) for reason in self.notes],
        }

    def text(self, locale: str = "en", *, values: bool = False) -> str:
        """Lines to read; texts of customers only when asked."""
        lines = [self._head(locale)]
        lines += [f"  {label(group, locale)}: {rows}" for group, rows in self.groups.items()]
        lines += [f"  - {reason.text(locale, values=values)}" for reason in self.findings]
        lines += [f"  * {reason.text(locale, values=values)}" for reason in self.notes]
        return "\n".join(lines)

    def _head(self, locale: str) -> str:
        said = table(locale)
        name = title(self.column, locale)
        if self.rows is None:
            return said["lint.rules_alone"].format(column=name)
        share = "-" if self.coverage is None else f"{self.coverage:.1%}"
        return filled(said["lint.head"], column=name, rows=self.rows, share=share)

    def html(self, locale: str = "en") -> str:
        """The same as a small page for notebooks."""
        heads = (title(self.column, locale), label("head.rows", locale))
        groups = html_table(heads, self.groups.items()) if self.groups else ""
        said = (reason.text(locale) for reason in (*self.findings, *self.notes))
        return page(self._head(locale)) + groups + bullets(said)
