"""Why a customer has its tier, in words."""

from datetime import datetime
from typing import Final

from custseg._typing import Record
from custseg.frames.scalar import missing
from custseg.reasons import Explanation, Reason
from custseg.tiering.review import columns as col
from custseg.tiering.review import reasons as why
from custseg.tiering.review.calm import Calm
from custseg.tiering.review.rulebook import Rulebook
from custseg.tiering.review.terms import Term

_BY_VALUE: Final = frozenset(
    {why.SMOOTHED, why.UNKNOWN, why.NEW_UNKNOWN, why.TRIAL_OVER, why.STRANGE}
)
"""Codes whose sentence is about the value itself, also where the bars ask a smoothed one."""


def explained(model: Rulebook, decided: Record) -> Explanation:
    """The decision of a review, with the rule that made it.

    Args:
        model: The rules.
        decided: One customer, reviewed.
    """
    given = {name: decided[name] for name in (col.TIER, col.MOVE, col.REASON)}
    code, place = str(decided[col.REASON]), model.tiers.index(str(decided[col.TIER]))
    settings = {"value": _held_against(model, decided, code), **_bars(model, decided, place)}
    values = {name: _day(decided[name]) for name in _told(model) if not missing(decided.get(name))}
    values |= {name: decided[name] for name in (col.KEEP, col.NEXT)}
    said = _sentence(code, place, model, new=decided[col.MOVE] == "new")
    reason = Reason(said, settings | _constants(model.calm, code), values)
    return Explanation(col.TIER, given, (reason,))


def _sentence(code: str, place: int, model: Rulebook, *, new: bool) -> str:
    """Which sentence tells a code: that of a tier earned depends on which bar was asked."""
    if code != why.EARNED:
        return code
    if len(model.tiers) == 1:
        return "tier_only"
    if new:
        return "tier_placed" if place else "tier_placed_lowest"
    return code if place else "tier_lowest"


def _held_against(model: Rulebook, decided: Record, code: str) -> str:
    """The column that the sentence of a code is about."""
    newcomers = model.calm.newcomers
    if code in {why.UNKNOWN, why.NEW_UNKNOWN} and newcomers is not None:
        return model.value if missing(decided[model.value]) else newcomers.tenure
    smoothed = model.calm.adjustment is not None and code not in _BY_VALUE
    return col.SMOOTHED if smoothed else model.value


def _told(model: Rulebook) -> tuple[str, ...]:
    """The columns that people ask about; not all that a review remembers."""
    dated = () if model.day is not None else ("as_of",)
    smoothed = () if model.calm.adjustment is None else (col.SMOOTHED,)
    return (model.value, *smoothed, *dated, col.previous(col.TIER), *model.calm.reads)


def _day(value: object) -> object:
    """A moment as its day: that is all that a review reads of it."""
    return value.date() if isinstance(value, datetime) else value


def _bars(model: Rulebook, decided: Record, place: int) -> dict[str, object]:
    """The bars around the tier."""
    enter, keep, first = model.hurdles.at(decided)
    out: dict[str, object] = {}
    if place > 0:
        out |= {"enter": enter[place - 1], "keep": keep[place - 1], "point": first[place - 1]}
    if place < len(enter):
        out |= {"next_enter": enter[place], "next_keep": keep[place], "next_point": first[place]}
    return out


def _constants(calm: Calm, code: str) -> dict[str, object]:
    """The settings that the sentence of a code names."""
    limits = {"max_up": calm.max_up, "max_down": calm.max_down}
    out: dict[str, object] = {name: most for name, most in limits.items() if most is not None}
    terms = {
        why.TENURE: ("tenure", calm.min_tenure),
        why.COOLDOWN: ("cooldown", calm.cooldown),
        why.GRACE_FOR: ("grace_for", calm.grace_for),
    }
    name, length = terms.get(code, ("", None))
    if length is not None:
        out |= _length(name, length)
    if calm.grace:
        out["grace"] = calm.grace
    if calm.anniversary is not None:
        out["anniversary"] = f"anniversary.{calm.anniversary.of}"
    if calm.adjustment is not None:
        out["threshold"] = calm.adjustment.threshold
    if calm.newcomers is not None:
        out["days"] = calm.newcomers.days
    return out


def _length(name: str, length: Term) -> dict[str, object]:
    if length.months and length.days:
        return {name: f"{length.months}/{length.days}", "unit": "unit.months_days"}
    count, unit = (length.months, "month") if length.months else (length.days, "day")
    return {name: count, "unit": f"unit.{unit}" if count == 1 else f"unit.{unit}s"}
