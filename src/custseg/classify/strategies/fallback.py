"""Another strategy in place of one whose data do not suffice: said with every decision."""

from collections.abc import Iterable, Iterator

import attrs

from custseg.classify.ladder import StateLadder, Step
from custseg.labels import table
from custseg.reasons import Reason


def instead(ladder: StateLadder, lacks: Iterable[Reason]) -> StateLadder:
    """The ladder of a fallback: each reason says that it is one, and what was lacking.

    Args:
        ladder: The steps of the fallback.
        lacks: What the data lack, the weightiest first.

    >>> from custseg.rules import F
    >>> step = Step(F("recency_days") >= 90, "dormant", "no_order", {"dormant_after": 90})
    >>> few = Reason("few_buyers", {"found": 12, "needed": 500})
    >>> said = instead(StateLadder((step,)), [few]).steps[0]
    >>> print(Reason(said.reason, said.settings).text())
    no order for 90 days or more (plain days, for there is no model: too few customers have bought)
    """
    return attrs.evolve(ladder, steps=tuple(_marked(ladder.steps, tuple(lacks))))


def _marked(steps: Iterable[Step], lacks: tuple[Reason, ...]) -> Iterator[Step]:
    """The steps; where there is a sentence for it, their reasons say what was lacking."""
    first, *others = lacks
    lacking: dict[str, str | float] = {"lacking": first.code}
    lacking |= {name: value for name, value in first.settings.items() if _told(value)}  # type: ignore[misc]
    if others:
        lacking["also_lacking"] = ", ".join(reason.code for reason in others)
    known = table("en")
    for step in steps:
        code = f"{step.reason}_fallback"
        if f"reason.{code}" in known:
            yield attrs.evolve(step, reason=code, settings={**step.settings, **lacking})
        else:
            yield step


def _told(value: object) -> bool:
    return isinstance(value, str | int | float)
