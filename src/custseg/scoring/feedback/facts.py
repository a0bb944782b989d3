"""What is known of a feedback besides its words, row by row."""

from collections.abc import Mapping
from functools import cache
from math import isnan
from typing import Any, Final

import attrs

from custseg._typing import Kind, Needs
from custseg.features.consent import WORDS, strictness
from custseg.features.conventions import means, spoken
from custseg.scoring.feedback.decision import Around
from custseg.values.columns import ContactFlag
from custseg.values.feedback.reading import KINDS

ROLES: Final[Mapping[str, Kind]] = {
    "kind": "text",
    "tier": "text",
    "status": "text",
    "contacts": "number",
    "at": "day",
    "resolved": "day",
}
"""What is read around the words, and as what."""


@cache
def kind_of(word: str | None) -> str | None:
    """The kind of feedback that a recorded word means, ``None`` where it means none.

    >>> kind_of("投诉"), kind_of("Enquiry"), kind_of("visit")
    ('complaint', 'enquiry', None)
    """
    said = spoken(word or "")
    return next((kind for kind in KINDS if said in means(kind)), None)


@cache
def is_over(status: str | None) -> bool:
    """Whether a status says that a feedback has been dealt with.

    >>> is_over("已解决"), is_over("open"), is_over(None)
    (True, False, False)
    """
    return spoken(status or "") in means("resolved")


def contact(words: tuple[str | None, ...], flags: tuple[ContactFlag, ...]) -> str:
    """Whether a customer may be contacted, and if not, why; the strictest flag decides.

    >>> contact(("yes", "no"), ("permission", "refusal"))
    'may_contact'
    >>> contact((None, "perhaps"), ("permission", "refusal"))
    'do_not_contact'
    """
    pairs = zip(words, flags, strict=True)
    return WORDS[max((strictness(*pair) for pair in pairs), default=0)]


def waited(at: float, as_of: float, resolved: float, status: str | None) -> float:
    """Days without an answer up to a day; NaN where not known, or where it is answered.

    What was settled after the day was open then, whatever its status says now.

    >>> waited(10.0, 13.0, float("nan"), None), waited(10.0, 13.0, 12.0, None)
    (3.0, nan)
    """
    is_open = not is_over(status) if isnan(resolved) else resolved > as_of
    days = as_of - at
    return days if is_open and days >= 0 else float("nan")


@attrs.frozen
class Terms:
    """What is read around the words, and what it means.

    Attributes:
        columns: The column of each role: kind, at, tier, contacts, resolved, status.
        flags: Columns that say who may be contacted.
        vip: Tiers that come first.
        again: Contacts about the same from which on a customer has had to come back.
    """

    columns: Mapping[str, str]
    flags: Mapping[str, ContactFlag]
    vip: tuple[str, ...]
    again: int

    @property
    def needs(self) -> Needs:
        """How each column is read."""
        kinds: dict[str, Kind] = {self.columns[role]: kind for role, kind in ROLES.items()}
        return {**kinds, **dict.fromkeys(self.flags, "text")}

    def around(self, row: Mapping[str, Any], as_of: float) -> Around:
        """What is known of one row that has been read.

        Args:
            row: The values by column.
            as_of: The day, NaN where none is said.
        """
        held = {role: row[column] for role, column in self.columns.items()}
        return Around(
            kind_of(held["kind"]),
            held["contacts"] >= self.again,
            held["tier"] in self.vip,
            waited(held["at"], as_of, held["resolved"], held["status"]),
            contact(tuple(row[name] for name in self.flags), tuple(self.flags.values())),
        )
