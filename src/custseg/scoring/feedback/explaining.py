"""Why a feedback is sorted as it is: its type, its signals, and whether anybody may reply."""

from collections.abc import Iterable, Iterator, Mapping

from custseg.reasons import Explanation, Reason
from custseg.scoring.feedback.answers import answer
from custseg.scoring.feedback.decision import MAY, Decision
from custseg.scoring.feedback.signals import SIGNALS, Signal

_BUILT_IN = frozenset(signal.code for signal in SIGNALS)


def explained(
    made: Decision | None,
    signals: Iterable[Signal],
    words: Mapping[str, tuple[str, ...]],
    contact: str,
) -> Explanation:
    """The action and the reasons for it.

    Args:
        made: What was decided.
        signals: The signals that there are.
        words: The words of each signal (``rule:refund``), as they stand in the text.
        contact: Whether the customer may be contacted, and if not, why.

    >>> explained(None, (), {}, "may_contact").reasons[0].code
    'triage_silent'
    """
    why = (Reason("triage_silent"),) if made is None else tuple(_why(made, signals, words, contact))
    return Explanation("action", answer(made), why)


def _why(
    made: Decision, signals: Iterable[Signal], words: Mapping[str, tuple[str, ...]], contact: str
) -> Iterator[Reason]:
    by_code = {one.code: one for one in signals}
    yield Reason("triage_kind", {"feedback_type": made.kind})
    for code in made.signals:
        signal = by_code[code]
        levels = {"importance": signal.importance, "urgency": signal.urgency}
        found = ", ".join(dict.fromkeys(words.get(f"rule:{code}", ())))
        own = f"triage_{code}" if code in _BUILT_IN else code
        yield Reason(own, levels, {"found_words": found} if found else {})
    if contact != MAY:
        yield Reason("triage_contact", {"state": contact})
