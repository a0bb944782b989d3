"""After how much silence is a customer at risk, dormant or gone: steps that many rules share."""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Final, TypeAlias

import attrs

from custseg.classify.ladder import Signal, StateLadder, Step
from custseg.errors import ConfigError
from custseg.rules import Condition, F

Limit: TypeAlias = float | str
"""Days, or the column that holds each customer's own."""

Settings: TypeAlias = Mapping[str, str | float]

_DAYS: Final = ("contact_within", "new_for", "reactivated_for")


@attrs.frozen
class Silence:
    """Limits of silence, and how they are told.

    Silence beyond the first limit counts more than being new or having come back. Limits are
    reached: at 180 days of silence a limit of 180 days has passed.

    Attributes:
        limits: State of silence -> its limit, the first one first.
        told: ``awake``, ``contact`` and each state -> code of its reason.
        settings: Constants that the sentences name; the days below are added.
        contact_within: Contact so few days ago keeps a customer awake; ``None``: it does not.
        new_for: For so many days after the first order a customer is new; ``None``: never.
        reactivated_for: For so many days after the return it is reactivated; ``None``: never.
        gap: The limit that the gap before a return must have reached.

    >>> told = {"awake": "recent_order", "dormant": "no_order"}
    >>> ladder = Silence({"dormant": 90}, told, {"dormant_after": 90}).ladder()
    >>> [(step.state, step.reason) for step in ladder.steps][1:3]
    [('active', 'recent_order'), ('dormant', 'no_order')]
    """

    limits: Mapping[str, Limit]
    told: Mapping[str, str]
    settings: Settings
    contact_within: int | None = None
    new_for: int | None = None
    reactivated_for: int | None = None
    gap: Limit | None = None

    def ladder(self, *signals: Signal) -> StateLadder:
        """The steps.

        Args:
            *signals: What adds the columns that hold limits.
        """
        bought = F("frequency") >= 1
        return StateLadder(
            steps=(
                Step(F("frequency") < 1, "potential", "never_bought"),
                *self._awake(),
                *self._kept(bought),
                *self._asleep(),
                *self._unlimited(),
                Step(bought, "dormant", "last_order_unknown"),
            ),
            otherwise="potential",
            reason="orders_unknown",
            signals=signals,
        )

    @property
    def _settings(self) -> Settings:
        days = {name: getattr(self, name) for name in _DAYS}
        return {**self.settings, **{name: n for name, n in days.items() if n is not None}}

    def _awake(self) -> Iterator[Step]:
        silence, settings = F("recency_days"), self._settings
        calm = silence < against(next(iter(self.limits.values())))
        if self.reactivated_for is not None and self.gap is not None:
            back = (F("gap_last_days") >= against(self.gap)) & (silence < self.reactivated_for)
            yield Step(calm & back, "reactivated", "came_back", settings)
        if self.new_for is not None:
            yield Step(
                calm & (F("tenure_days") < self.new_for), "new", "first_order_recent", settings
            )
        yield Step(calm, "active", self.told["awake"], settings)

    def _kept(self, bought: Condition) -> Iterator[Step]:
        if self.contact_within is not None:
            held = F("recency_days").is_present() | bought
            near = F("contact_days") < self.contact_within
            yield Step(held & near, "active", self.told["contact"], self._settings)

    def _asleep(self) -> Iterator[Step]:
        for state, limit in tuple(self.limits.items())[::-1]:
            silent = F("recency_days") >= against(limit)
            why = self.told[state]
            if self.contact_within is None:
                yield Step(silent, state, why, self._settings)
                continue
            far = F("contact_days") >= self.contact_within
            yield Step(silent & far, state, f"{why}_no_contact", self._settings)
            yield Step(silent, state, f"{why}_contact_unknown", self._settings)

    def _unlimited(self) -> Iterator[Step]:
        if any(isinstance(limit, str) for limit in self.limits.values()):
            yield Step(F("recency_days").is_present(), "dormant", "limit_unknown")


def against(limit: Limit) -> "F | float":
    """The right side of a comparison with a limit.

    >>> against(90), against("dormant_limit_days").name
    (90, 'dormant_limit_days')
    """
    return F(limit) if isinstance(limit, str) else limit


def named(**limits: float | None) -> dict[str, float]:
    """The limits that are set, by their state of silence.

    >>> named(at_risk=None, dormant=180, churned=365)
    {'dormant': 180, 'churned': 365}
    """
    return {state: limit for state, limit in limits.items() if limit is not None}


def check_days(**days: float | None) -> None:
    """Refuse days that are not above 0.

    Raises:
        ConfigError: Some are not.

    >>> check_days(dormant_after=180, contact_within=None)
    """
    for name, limit in days.items():
        if limit is not None and not limit > 0:
            msg = f"{name} must be above 0 days, got {limit}"
            raise ConfigError(msg)


def check_shares(**shares: float | None) -> None:
    """Refuse shares that are none, or do not rise from state to state.

    Raises:
        ConfigError: One is not strictly between 0 and 1, or not above the one before.

    >>> check_shares(at_risk=0.75, dormant=0.9, churned=None)
    """
    for name, share in shares.items():
        if share is not None and not 0 < share < 1:
            msg = f"must be strictly between 0 and 1, got {share}"
            raise ConfigError(msg, name)
    check_rising(**shares)


def check_rising(**limits: float | None) -> None:
    """Refuse limits that do not rise from state to state.

    Raises:
        ConfigError: A later one is not above an earlier one.

    >>> check_rising(at_risk_after=90, dormant_after=180, churned_after=None)
    """
    known = [(name, limit) for name, limit in limits.items() if limit is not None]
    for (low, first), (high, second) in pairwise(known):
        if not first < second:
            msg = f"{high} must be above {low}, got {second} and {first}"
            raise ConfigError(msg)
