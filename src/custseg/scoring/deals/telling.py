"""Why is the chance to win this deal what it is, and what is the matter with it?"""

from collections.abc import Mapping
from math import isnan
from typing import cast

import attrs

from custseg.labels import label
from custseg.reasons import Explanation, Reason
from custseg.scoring.card.explanation import ScoreExplanation

_MOST = 3
_LEAST = 1.0  # points: less is not worth a line


@attrs.frozen
class DealExplanation(Explanation):
    """Why one deal is scored as it is.

    Attributes:
        why: Where the points behind the chance come from; ``None`` where nothing tells deals
            apart, or the deal is closed.

    >>> DealExplanation("win_probability", {"win_probability": 0.5, "deal_state": None}).text()
    'chance to be won: 50%'
    """

    why: ScoreExplanation | None = None

    def text(self, locale: str = "en", *, values: bool = False) -> str:
        """The chance, the state and the reasons, in a language."""
        chance, state = self.decision.get("win_probability"), self.decision.get("deal_state")
        said = label("deal.none", locale)
        if isinstance(chance, float):
            said = label("deal.chance", locale).format(chance=f"{100 * chance:.3g}%")
        if isinstance(state, str):
            said += label("deal.state", locale).format(state=label(f"deal.{state}", locale))
        lines = [f"  - {reason.text(locale, values=values)}" for reason in self.reasons]
        return "\n".join([said, *lines])

    def as_dict(self, *, values: bool = False) -> dict[str, object]:
        """Plain data for JSON."""
        card = None if self.why is None else self.why.as_dict(values=values)
        return {**Explanation.as_dict(self, values=values), "card": card}


def stuck(limit: float | None, days: float, *, staying: bool) -> Reason | None:
    """The sentence about a deal that is stuck; ``None`` where no limit is known.

    Args:
        limit: Days after which it is stuck.
        days: Days that it has stayed.
        staying: Whether that is in its stage, rather than since it was opened.

    >>> stuck(20.0, 31.0, staying=True).text(values=True)
    'longer in its stage than the 20 days that most won deals stayed there [days = 31]'
    """
    if limit is None:
        return None
    if staying:
        return Reason("deal_stuck_stage", {"limit": limit}, {"days": days})
    return Reason("deal_stuck", {"limit": limit}, {"days": days})


def about_state(
    state: object, why_stuck: Reason | None, *, late: float, moved: float
) -> Reason | None:
    """The sentence about the state of a deal; ``None`` where nothing is the matter.

    Args:
        state: The state.
        why_stuck: What is said of a deal that is stuck.
        late: Days by which the expected close is past.
        moved: Days by which it was put off.

    >>> about_state("overdue", None, late=3.0, moved=0.0).text(values=True)
    'the expected close is past [days = 3]'
    """
    if state == "overdue":
        return Reason("deal_overdue", values={"days": late})
    if state == "slipping":
        return Reason("deal_slipping", values={"days": moved})
    return why_stuck if state == "stuck" else None


def told(
    decision: Mapping[str, object], state: Reason | None, why: ScoreExplanation | None
) -> DealExplanation:
    """Put together what is known: the state first, then what sets the deal apart.

    >>> told({"win_probability": 0.5}, Reason("deal_overdue"), None).reasons[0].code
    'deal_overdue'
    """
    told_ = () if why is None else why.against("usual", most=_MOST)
    apart = [one for one in told_ if cast("float", one.settings["points"]) >= _LEAST]
    reasons = (*(() if state is None else (state,)), *apart)
    known = {name: None if _nan(answer) else answer for name, answer in decision.items()}
    return DealExplanation("win_probability", known, reasons, why)


def _nan(answer: object) -> bool:
    return isinstance(answer, float) and isnan(answer)
