"""Why a customer has its tier, in words."""

from custseg._typing import Record
from custseg.frames.scalar import missing
from custseg.reasons import Explanation, Reason
from custseg.tiering.review import columns as col
from custseg.tiering.review import reasons as why
from custseg.tiering.review.calm import Calm
from custseg.tiering.review.rulebook import Rulebook
from custseg.tiering.review.terms import Term


def explained(model: Rulebook, decided: Record) -> Explanation:
    """The decision of a review, with the rule that made it.

    Args:
        model: The rules.
        decided: One customer, reviewed.
    """
    given = {name: decided[name] for name in (col.TIER, col.MOVE, col.REASON)}
    code, place = str(decided[col.REASON]), model.tiers.index(str(decided[col.TIER]))
    settings = _bars(model, decided, place) | _constants(model.calm, code)
    values = {name: decided[name] for name in _told(model) if not missing(decided.get(name))}
    values |= {name: decided[name] for name in (col.KEEP, col.NEXT)}
    if code == why.EARNED and place == 0:
        return Explanation(col.TIER, given, (Reason("tier_lowest", settings, values),))
    return Explanation(col.TIER, given, (Reason(code, settings, values),))


def _told(model: Rulebook) -> tuple[str, ...]:
    """The columns that people ask about; not all that a review remembers."""
    dated = () if model.day is not None else ("as_of",)
    return (model.value, *dated, col.previous(col.TIER), *model.calm.reads)


def _bars(model: Rulebook, decided: Record, place: int) -> dict[str, object]:
    """The bars around the tier."""
    enter, keep, _ = model.hurdles.at(decided)
    out: dict[str, object] = {"value": model.value}
    if place > 0:
        out |= {"enter": enter[place - 1], "keep": keep[place - 1]}
    if place < len(enter):
        out |= {"next_enter": enter[place], "next_keep": keep[place]}
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
    unit = "unit.months" if length.months else "unit.days"
    return {name: length.months or length.days, "unit": unit}
