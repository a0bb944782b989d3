"""All that an audit found: findings first, then figures."""

from collections.abc import Iterator
from html import escape
from typing import Any, Final

import attrs

from custseg.errors import ConfigError, did_you_mean
from custseg.frames import Table, Tabled
from custseg.labels import label
from custseg.layout import aligned, html_table
from custseg.measures import Calibration
from custseg.reasons import Reason
from custseg.scoring.auditing import tables
from custseg.scoring.auditing.chances import Chances
from custseg.scoring.auditing.drift import Drift
from custseg.scoring.auditing.findings import SEVERITIES, Finding
from custseg.scoring.auditing.leaks import Single
from custseg.scoring.auditing.periods import Course
from custseg.scoring.auditing.ranks import Rank
from custseg.scoring.auditing.sheets import Sheet
from custseg.scoring.auditing.telling import Telling
from custseg.scoring.auditing.treatment import Fairness

SHEETS: Final = (
    "findings",
    "measures",
    "grades",
    "scales",
    "reliability",
    "factors",
    "classes",
    "groups",
    "proxies",
    "periods",
    "drift",
)
"""The tables of an audit."""

_READ: Final = ("measures", "grades", "scales", "factors", "groups", "proxies", "periods")
_CLOSEST: Final = 5
_SPARSE: Final = ("trend", "shape", "csi", "before", "after", "said", "ratio", "score")


@attrs.frozen(eq=False)
class Audit(Tabled):
    """What an audit found of a score.

    Attributes:
        name: The column that was audited: ``score`` of a card.
        outcome: The column of outcomes.
        rows: Rows of the table.
        known: Rows with a score whose outcome is known: all but drift and selection is of them.
        cases: Those that were won.
        unknown: Rows whose outcome is not known, or not yet.
        unscored: Rows without a score.
        telling: How well the score tells those who will from those who will not.
        chances: What its probabilities are worth, and which scale would be better.
        singles: What each factor alone tells of the outcome.
        ranks: Whether what came of each factor rises with its points.
        fairness: How groups of people are treated, by attribute.
        drift: How far the score and its factors have moved; ``None`` where it was not asked.
        course: The score through time; ``None`` where it was not asked.
        findings: What that means, the weightiest first.
        like: A table of the kind that answers have.

    >>> from custseg.scoring import Factor, Ramp, Scorecard, audit
    >>> card = Scorecard((Factor("orders", worth=100, curve=Ramp(0, 10)),))
    >>> rows = [{"orders": n % 11, "won": (n % 11) + (n % 7) > 8} for n in range(1000)]
    >>> found = audit(card, rows, "won")
    >>> [one.section for one in found.findings if one.severity == "fine"]
    ['telling', 'order']
    >>> found.table("measures")[0]["measure"], round(found.telling.auc.value, 2)
    ('auc', 0.93)
    """

    name: str
    outcome: str
    rows: int
    known: int
    cases: int
    unknown: int
    unscored: int
    telling: Telling
    chances: Chances
    singles: tuple[Single, ...]
    ranks: tuple[Rank, ...]
    fairness: tuple[Fairness, ...]
    drift: Drift | None
    course: Course | None
    findings: tuple[Finding, ...]
    like: Table[Any]

    @property
    def reliability(self) -> Calibration | None:
        """What was said and what came, to draw with ``custseg.plot.calibration``."""
        return self.chances.table

    @property
    def head(self) -> Reason:
        """What was audited."""
        said = {
            "name": self.name,
            "rows": self.rows,
            "outcome": self.outcome,
            "known": self.known,
            "cases": self.cases,
            "rate": round(self.cases / self.known, 4),
            "unknown": self.unknown,
            "unscored": self.unscored,
        }
        return Reason("audit.head", said)

    def table(self, name: str = "findings") -> Any:  # noqa: ANN401 - the caller's kind
        """One of the tables of the audit, of the kind of table that was audited.

        Args:
            name: ``findings``, ``measures``, ``grades``, ``scales``, ``reliability``,
                ``factors``, ``classes``, ``groups``, ``proxies``, ``periods`` or ``drift``.

        Raises:
            ConfigError: There is no such table.
        """
        return self.like.build(self.sheet(name).columns)

    def sheet(self, name: str, locale: str = "en") -> Sheet:
        """The same as plain rows.

        Args:
            name: The table.
            locale: Language of sentences.

        Raises:
            ConfigError: There is no such table.
        """
        if name not in SHEETS:
            msg = (
                f"there is no table {name!r}; there are {list(SHEETS)}.{did_you_mean(name, SHEETS)}"
            )
            raise ConfigError(msg, "name")
        if name == "findings":
            return tables.findings_sheet(self.findings, locale)
        if name == "factors":
            return tables.factors_sheet(self.singles, self.ranks, self.drift)
        if name == "measures":
            return tables.measures_sheet(self.telling, self.chances)
        parts = {
            "grades": self.telling,
            "scales": self.chances,
            "reliability": self.chances,
            "classes": self.ranks,
            "groups": self.fairness,
            "proxies": self.fairness,
            "periods": self.course,
            "drift": self.drift,
        }
        make: Any = getattr(tables, f"{name}_sheet")
        made: Sheet = make(parts[name])
        return made

    def of(self, severity: str) -> tuple[Finding, ...]:
        """The findings of a severity: ``alarm``, ``watch``, ``unknown`` or ``fine``.

        Args:
            severity: The severity.
        """
        return tuple(one for one in self.findings if one.severity == severity)

    def text(self, locale: str = "en", *, figures: bool = True) -> str:
        """Lines to read: what was found by how much it matters, then the figures.

        Args:
            locale: ``en`` or ``zh``.
            figures: Whether to show the tables, too.
        """
        parts = [self.head.text(locale), *self._told(locale)]
        if figures:
            for sheet in self._read():
                heads, cells = sheet.shown(locale)
                name = label(f"audit.sheet.{sheet.name}", locale)
                parts.append(f"{name}\n{aligned(heads, cells)}")
        return "\n\n".join(parts)

    def as_dict(self) -> dict[str, object]:
        """Plain data for JSON; ``None`` where nothing is known."""
        made: dict[str, object] = {
            name: getattr(self, name)
            for name in ("name", "outcome", "rows", "known", "cases", "unknown", "unscored")
        }
        made["findings"] = [one.as_dict() for one in self.findings]
        made["best_scale"] = self.chances.best
        for name in SHEETS[1:]:
            made[name] = self.sheet(name).records()
        return made

    def _told(self, locale: str) -> Iterator[str]:
        for severity in SEVERITIES:
            found = self.of(severity)
            if found:
                lines = [f"  - {one.text(locale)}" for one in found]
                yield "\n".join([label(f"severity.{severity}", locale), *lines])

    def _read(self) -> Iterator[Sheet]:
        for name in _READ:
            sheet = self.sheet(name)
            if name == "proxies":
                sheet = sheet.first(_CLOSEST, "attribute")
            if sheet.rows:
                yield sheet.but(_SPARSE)

    def html(self, locale: str = "en") -> str:
        """The same as a small page for notebooks."""
        made = [f"<p>{escape(self.head.text(locale))}</p>"]
        heads, cells = self.sheet("findings").shown(locale)
        made.append(html_table(heads, cells))
        for sheet in self._read():
            name = escape(label(f"audit.sheet.{sheet.name}", locale))
            made.append(f"<h4>{name}</h4>{html_table(*sheet.shown(locale))}")
        return "".join(made)
