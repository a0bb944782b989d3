"""The columns of a profile: which, in what order, and what they hold where nothing is known."""

from collections.abc import Mapping
from typing import Final

import attrs
import numpy as np

from custseg._typing import Codes, Column, Days, Floats, Index
from custseg.features.complaints import KINDS
from custseg.features.contact import CHANNELS, DIRECTIONS
from custseg.features.lateness import LATENESS
from custseg.features.products import MONTHS
from custseg.features.tone import COLUMNS as SENTIMENT

COLUMNS: Final = (
    "as_of",
    "orders",
    "frequency",
    "recency_days",
    "tenure_days",
    "first_purchase",
    "last_purchase",
    "revenue",
    "revenue_365d",
    "revenue_trend",
    "average_order",
    "margin",
    "gross",
    "refunds",
    "gap_mean_days",
    "gap_median_days",
    "gap_cv",
    "gap_last_days",
    "gap_max_days",
    "products",
    "categories",
    "favourite_category",
    "favourite_channel",
    "favourite_month",
    *LATENESS,
    "favourite_payment",
    "interactions",
    "interactions_90d",
    *(f"interactions_{direction}" for direction in DIRECTIONS),
    *(f"interactions_{channel}" for channel in CHANNELS),
    "contact_days",
    "inbound_share",
    "inbound_days",
    "outbound_days",
    "unanswered",
    "complaints",
    "complaints_365d",
    "complaint_days",
    "open_complaints",
    *KINDS,
    "satisfaction",
    "satisfaction_trend",
    *SENTIMENT,
    "visits",
    "visits_30d",
    "visit_days",
    "click_rate",
    "open_opportunities",
    "referrals",
    "known_days",
    "completeness",
)
"""The columns that a profile adds, in order."""

_WORDS: Final[Mapping[str, tuple[tuple[str, ...], bool]]] = {
    "favourite_category": ((), True),
    "favourite_channel": ((), True),
    "favourite_payment": ((), True),
    "favourite_month": (MONTHS, False),
}
_DAYS: Final = frozenset({"first_purchase", "last_purchase"})


def in_order(found: Mapping[str, Column], at: Index, until: int) -> dict[str, Column]:
    """All columns of a profile, row by row; those of tables that were not given are null."""
    out: dict[str, Column] = {"as_of": Days(np.full(len(at), float(until)))}
    blank = np.full(len(at), np.nan)  # one for all: what is attached is a copy, or never changed
    known = found if _straight(at) else {name: rows_of(each, at) for name, each in found.items()}
    for name in COLUMNS[1:]:
        out[name] = known[name] if name in known else unknown(name, len(at), blank)
    return {**out, **{name: each for name, each in known.items() if name not in out}}


def _straight(at: Index) -> bool:
    """Whether customers are counted row by row, so that there is nothing to put in order."""
    return bool((at == np.arange(len(at))).all())


def rows_of(column: Column, at: Index | slice) -> Column:
    """Some rows of a column, in any order.

    >>> rows_of(np.array([1.0, 2.0, 3.0]), np.array([2, 0])).tolist()
    [3.0, 1.0]
    """
    if isinstance(column, Codes):
        return attrs.evolve(column, at=column.at[at])
    return Days(column.at[at]) if isinstance(column, Days) else column[at]


def unknown(name: str, rows: int, blank: Floats | None = None) -> Column:
    """A column of which nothing is known.

    Args:
        name: Which.
        rows: How many rows it has.
        blank: As many NaN, where there are some at hand.
    """
    if name in _WORDS:
        words, plain = _WORDS[name]
        return Codes(np.full(rows, -1, dtype=np.intp), words, plain=plain)
    nothing = np.full(rows, np.nan) if blank is None else blank
    return Days(nothing) if name in _DAYS else nothing
