"""Why may a customer be leaving? Signs in what is known of it, and nothing beyond them."""

from collections.abc import Iterator, Mapping
from typing import Final

import attrs
import numpy as np

from custseg._typing import Bools, Codes, Floats, Index, words
from custseg.errors import ConfigError
from custseg.features.trend import LAST
from custseg.reasons import Reason

UNKNOWN: Final = "why_unknown"
"""The reason where there is no sign of any."""

ORDER: Final = (
    "complained",
    "unkind_words",
    "satisfaction_low",
    "satisfaction_fell",
    "spends_less",
    "overdue",
    "contact_dropped",
)
"""What customers said themselves before what their money and their silence say."""

READS: Final = (
    "frequency",
    "recency_days",
    "overdue_ratio",
    "own_gap_days",
    "complaints",
    "sentiment",
    "satisfaction",
    "satisfaction_trend",
    "revenue_trend",
    "contact_days",
    "interactions",
)
"""The columns in which signs are looked for."""

_TWO: Final = 2


def _known(_: object, __: object, order: tuple[str, ...]) -> None:
    if set(order) - set(ORDER) or len(set(order)) < len(order):
        msg = f"must name signs, each once, out of {list(ORDER)}; got {list(order)}"
        raise ConfigError(msg, "order")


@attrs.frozen
class ChurnSigns:
    """What counts as a sign that a customer is leaving, and which sign counts most.

    Attributes:
        overdue: Silence in own mean gaps, for customers with two purchase days or more. Of gaps at
            random one in seven is twice the mean or longer.
        within_days: Only what was said in the last so many days counts as dissatisfaction.
        complaints: So many complaints.
        satisfaction: Satisfaction below this, of 100.
        satisfaction_fall: The latest satisfaction is so many points below that of before.
        spend: The money of the last three purchase days is below this share of the three before.
        contact_days: No contact for so many days,
        contacts: after so many contacts or more.
        order: The signs, the weightiest first; what is not named is not looked for.

    Raises:
        ConfigError: A sign is not known or named twice.

    Source: house defaults, to be set by the company; what was said counts for a year since
    surveys are seldom asked more often.

    >>> signs = ChurnSigns(overdue=3.0)
    >>> cols = {"frequency": [4.0, 4.0], "overdue_ratio": [3.1, 2.9], "own_gap_days": [30.0, 30.0]}
    >>> found = signs.look({name: np.array(column) for name, column in cols.items()}, 2)
    >>> [found.main.words[at] for at in found.main.at]
    ['overdue', 'why_unknown']
    """

    overdue: float = 2.0
    within_days: int = 365
    complaints: int = 1
    satisfaction: float = 40.0
    satisfaction_fall: float = 20.0
    spend: float = 0.75
    contact_days: int = 180
    contacts: int = 2
    order: tuple[str, ...] = attrs.field(default=ORDER, converter=words, validator=_known)

    def look(self, cols: Mapping[str, Floats], size: int) -> "Evidence":
        """Look for signs.

        Args:
            cols: Columns of customers, out of ``READS``; what is not there is not known.
            size: Number of customers.
        """
        known = {name: cols.get(name, np.full(size, np.nan)) for name in READS}
        signs = {sign.code: sign for sign in self._signs(known)}
        return Evidence(tuple(signs[code] for code in self.order), known, size)

    def _signs(self, at: Mapping[str, Floats]) -> Iterator["Sign"]:
        said = {"within_days": self.within_days}
        often = at["frequency"] >= _TWO
        yield Sign(
            "complained",
            {**said, "complaints": self.complaints},
            ("complaints",),
            at["complaints"] >= self.complaints,
        )
        yield Sign("unkind_words", said, ("sentiment",), at["sentiment"] < 0)
        yield Sign(
            "satisfaction_low",
            {**said, "satisfaction": self.satisfaction},
            ("satisfaction",),
            at["satisfaction"] < self.satisfaction,
        )
        yield Sign(
            "satisfaction_fell",
            {**said, "satisfaction_fall": self.satisfaction_fall},
            ("satisfaction_trend",),
            at["satisfaction_trend"] <= -self.satisfaction_fall,
        )
        yield Sign(
            "spends_less",
            {"spend": self.spend, "days": LAST},
            ("revenue_trend",),
            at["revenue_trend"] < self.spend,
        )
        yield Sign(
            "overdue",
            {"overdue": self.overdue},
            ("overdue_ratio", "own_gap_days", "recency_days"),
            often & (at["overdue_ratio"] >= self.overdue),
        )
        yield Sign(
            "contact_dropped",
            {"contact_days": self.contact_days, "contacts": self.contacts},
            ("contact_days",),
            (at["interactions"] >= self.contacts) & (at["contact_days"] >= self.contact_days),
        )


@attrs.frozen(eq=False)
class Sign:
    """One sign.

    Attributes:
        code: Code of the reason.
        settings: The limits that make it one.
        columns: The columns that show it.
        holds: Whether each customer shows it.
    """

    code: str
    settings: Mapping[str, object]
    columns: tuple[str, ...]
    holds: Bools


@attrs.frozen(eq=False)
class Evidence:
    """The signs that customers show.

    Attributes:
        signs: The signs, the weightiest first.
        columns: The columns that they were looked for in.
        size: Number of customers.
    """

    signs: tuple[Sign, ...]
    columns: Mapping[str, Floats]
    size: int

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of all signs, and of none."""
        return (*(sign.code for sign in self.signs), UNKNOWN)

    @property
    def main(self) -> Codes:
        """The weightiest sign of each customer; unknown where it shows none."""
        at = np.full(self.size, len(self.signs), dtype=np.int64)
        for place, sign in reversed(tuple(enumerate(self.signs))):
            at[sign.holds] = place
        return Codes(at, self.codes)

    @property
    def every(self) -> Codes:
        """All signs of each customer, the weightiest first, as one text."""
        bits = sum(
            (sign.holds.astype(np.int64) << place for place, sign in enumerate(self.signs)),
            start=np.zeros(self.size, dtype=np.int64),
        )
        distinct, at = np.unique(bits, return_inverse=True)
        texts = [
            ", ".join(s.code for place, s in enumerate(self.signs) if mask >> place & 1) or UNKNOWN
            for mask in distinct.tolist()
        ]
        return Codes(at, tuple(texts), plain=True)

    def take(self, rows: Index) -> "Evidence":
        """Some of the customers."""
        signs = tuple(attrs.evolve(sign, holds=sign.holds[rows]) for sign in self.signs)
        return Evidence(signs, {n: c[rows] for n, c in self.columns.items()}, len(rows))

    def reasons(self, row: int) -> tuple[Reason, ...]:
        """Why, of one customer: its signs, or that there is none."""
        found = [self._reason(sign, row) for sign in self.signs if sign.holds[row]]
        return tuple(found) or (Reason(UNKNOWN),)

    def _reason(self, sign: Sign, row: int) -> Reason:
        held = {name: float(self.columns[name][row]) for name in sign.columns}
        values = {name: round(v, 4) for name, v in held.items() if not np.isnan(v)}
        return Reason(sign.code, sign.settings, values)
