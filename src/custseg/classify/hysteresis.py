"""Calm: states change when they must, not whenever a limit is touched."""

from typing import Final

import attrs
import numpy as np

from custseg._typing import Bools, Codes, Columns, Floats, Index, Needs
from custseg.classify.ladder import StateLadder
from custseg.errors import ConfigError

PREVIOUS: Final = "lifecycle_state_previous"
SINCE: Final = "lifecycle_since_previous"
KEPT: Final = ("kept_dwell", "kept_band")
"""Reasons for a state that is kept."""


@attrs.frozen
class Hysteresis:
    """How states are kept from changing to and fro.

    A customer who buys wakes at once, whatever stands here. Without a new order:

    Attributes:
        grace_days: Every limit of silence passes so many days later.
        dwell_days: A state is kept at least so many days before it decays further.
        band: Share of a limit by which silence must fall below it before a customer is called
            livelier again: 0.1 takes a customer back from dormant under 90 % of the limit only.
            It matters when limits change: by a new fit, another tier, another season.

    Raises:
        ConfigError: Days are below 0, or the band is not from 0 to below 1.

    The state of the last period is read from ``lifecycle_state_previous`` and
    ``lifecycle_since_previous``, which a first run may lack.

    >>> Hysteresis(dwell_days=30, band=0.1).active, Hysteresis().active
    (True, False)
    """

    grace_days: int = 0
    dwell_days: int = 0
    band: float = 0.0

    def __attrs_post_init__(self) -> None:
        """Check the limits."""
        for name in ("grace_days", "dwell_days"):
            if getattr(self, name) < 0:
                msg = f"must be 0 days or more, got {getattr(self, name)}"
                raise ConfigError(msg, name)
        if not 0 <= self.band < 1:
            msg = f"must be from 0 to below 1, got {self.band}"
            raise ConfigError(msg, "band")

    @property
    def active(self) -> bool:
        """Whether it changes anything."""
        return self != Hysteresis()

    @property
    def needs(self) -> Needs:
        """The columns that it reads besides those of the steps."""
        return {"last_purchase": "day", "as_of": "day", PREVIOUS: "text", SINCE: "day"}

    @property
    def named(self) -> dict[str, float]:
        """The grace, where there is one: limits pass so much later than a reason says."""
        return {"grace_days": self.grace_days} if self.grace_days else {}


@attrs.frozen(eq=False)
class Calm:
    """States after hysteresis.

    Attributes:
        place: The step that decides by the columns alone.
        state: The state, by its code among the ladder's states.
        since: Day since when, NaN where unknown.
        dwelt: Whether the state is kept because it is too young to decay.
        banded: Whether it is kept because silence is still within the band.
    """

    place: Index
    state: Index
    since: Floats
    dwelt: Bools
    banded: Bools

    @classmethod
    def of(cls, ladder: StateLadder, calm: Hysteresis, cols: Columns, size: int) -> "Calm":
        """Decide each row, mindful of its last state."""
        states = ladder.states
        ranks = np.array([*(ladder.rank(state) for state in states), -1], dtype=np.int8)
        place = ladder.place(cols, size, grace=calm.grace_days)
        state = ladder.codes[place]
        held = _previous(cols, states)
        since = _floats(cols, SINCE)
        now, last = _floats(cols, "as_of"), _floats(cols, "last_purchase")
        quiet = ~(last > since)  # no order since: nothing but limits could have moved
        was, known = ranks[held], held >= 0
        worse = known & (was >= 1) & (ranks[state] > was)
        dwelt = worse & (now - since < calm.dwell_days)
        banded = np.zeros(size, dtype=np.bool_)
        if calm.band:
            livelier = known & quiet & (ranks[state] >= 1) & (ranks[state] < was)
            far = ladder.place(cols, size, grace=calm.grace_days, share=1.0 - calm.band)
            strict = ladder.codes[far]
            banded = livelier & (ranks[strict] >= was)
        kept = dwelt | banded
        state = np.where(kept, held, state)
        same = known & (state == held)
        fresh = np.where(known, now, np.where(ranks[state] == 1, last, np.nan))
        return cls(place, state, np.where(same, since, fresh), dwelt, banded)


def _previous(cols: Columns, states: tuple[str, ...]) -> Index:
    column = cols[PREVIOUS]
    assert isinstance(column, Codes)  # noqa: S101 - read as text
    return column.recode(states)


def _floats(cols: Columns, name: str) -> Floats:
    return np.asarray(cols[name], dtype=np.float64)
