"""What an audit found, by how much it matters."""

from collections.abc import Iterable
from typing import Final, Literal, TypeAlias

import attrs

from custseg.reasons import Reason
from custseg.scoring.auditing.sheets import plain
from custseg.showing import Shown

Severity: TypeAlias = Literal["alarm", "watch", "unknown", "fine"]
Section: TypeAlias = Literal[
    "telling", "chances", "leaks", "order", "drift", "fairness", "time", "data"
]

SEVERITIES: Final[tuple[Severity, ...]] = ("alarm", "watch", "unknown", "fine")
"""From what must be looked at first to what is as it should be."""

SECTIONS: Final[tuple[Section, ...]] = (
    "data",
    "leaks",
    "telling",
    "chances",
    "fairness",
    "drift",
    "time",
    "order",
)
"""The order within a severity."""


@attrs.frozen
class Finding(Shown):
    """One thing that was found.

    Attributes:
        severity: ``alarm``: look at it before the score is used; ``watch``: know it; ``unknown``:
            there are too few rows to say, or something was not given; ``fine``: as it should be.
        section: What it is about.
        reason: What was found, as a code with figures.
        about: The factor, attribute or group that it is about; empty of the score as a whole.

    >>> found = Finding("fine", "telling", Reason("audit.tells", {"auc": 0.8}))
    >>> found.severity, found.about
    ('fine', '')
    """

    severity: Severity
    section: Section
    reason: Reason
    about: str = ""

    def text(self, locale: str = "en") -> str:
        """The sentence, in a language."""
        return self.reason.text(locale)

    def as_dict(self) -> dict[str, object]:
        """Plain data."""
        return {
            "severity": self.severity,
            "section": self.section,
            "about": self.about,
            "code": self.reason.code,
            "settings": {name: plain(value) for name, value in self.reason.settings.items()},
        }


def ordered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The weightiest first; as they were found within a section."""
    return tuple(
        sorted(
            findings,
            key=lambda one: (SEVERITIES.index(one.severity), SECTIONS.index(one.section)),
        )
    )
