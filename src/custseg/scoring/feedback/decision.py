"""From what one text says and what is known around it: type, importance, urgency, what first."""

from collections.abc import Mapping
from math import inf
from typing import Final, NamedTuple

import attrs

from custseg.scoring.feedback.signals import (
    APPROACHES,
    INSIDE,
    KIND_ACTIONS,
    KIND_LEVELS,
    LEVELS,
    SILENT,
    Signal,
    rank,
)
from custseg.values.feedback.reading import Said

MAY: Final = "may_contact"
REFUSED: Final = "do_not_contact"


class Around(NamedTuple):
    """What is known of a feedback besides its words.

    Attributes:
        kind: The kind that was recorded, ``None`` where none was.
        again: Whether the customer has had to come back about it.
        vip: Whether the customer is of a tier that comes first.
        waited: Days without an answer; NaN where not known, or answered.
        contact: Whether the customer may be contacted, and if not, why.
    """

    kind: str | None = None
    again: bool = False
    vip: bool = False
    waited: float = float("nan")
    contact: str = MAY


class Decision(NamedTuple):
    """What is decided of a feedback.

    Attributes:
        kind: Its main kind.
        kinds: All kinds that it is of, the main one first.
        importance: 0 to 3.
        urgency: 0 to 3.
        topics: What it is about.
        action: What to do first.
        signals: The signals that counted, the gravest first.
    """

    kind: str
    kinds: tuple[str, ...]
    importance: int
    urgency: int
    topics: tuple[str, ...]
    action: str
    signals: tuple[str, ...]

    @property
    def priority(self) -> int:
        """Place in line, 1 to 16."""
        return rank(self.importance, self.urgency)


@attrs.frozen(eq=False)
class Judge:
    """Decides one feedback.

    Attributes:
        signals: What makes a feedback important or urgent, the gravest first.
        sla: Days within which each kind is to be answered.
        unclear: The kind of a text that tells something but that no list knows.

    >>> from custseg.scoring.feedback.signals import SIGNALS
    >>> from custseg.values.feedback.reading import Reader
    >>> judge = Judge(SIGNALS, {"complaint": 1.0})
    >>> said = Reader.of().read("要求退款，否则找12315")
    >>> made = judge.decide(said, Around())
    >>> made.kind, made.importance, made.urgency, made.action, made.signals
    ('complaint', 3, 3, 'hand_to_manager', ('regulator', 'refund'))
    """

    signals: tuple[Signal, ...]
    sla: Mapping[str, float]
    unclear: str = "other"

    @property
    def gravest(self) -> frozenset[str]:
        """Signals that alone make a feedback most important and most urgent."""
        most = LEVELS - 1
        return frozenset(s.code for s in self.signals if s.importance == s.urgency == most)

    def decide(self, said: Said | None, around: Around) -> Decision | None:
        """What is decided; ``None`` where there are neither words nor a recorded kind.

        Args:
            said: What the text says, ``None`` where there is none.
            around: What is known besides.
        """
        kinds = said.kinds if said else ()
        if around.kind is not None:
            kinds = (around.kind, *(k for k in kinds if k not in {around.kind, "other"}))
        if not kinds:
            return None
        told = said.rules if said else ()
        if said and said.told and kinds[0] == "other":
            told = (*told, "unclear")
            kinds = kinds if around.kind else (self.unclear,)
        kind = kinds[0]
        importance, urgency = KIND_LEVELS[kind]
        hit = self._hit(kind, told, around)
        for one in hit:
            importance, urgency = max(importance, one.importance), max(urgency, one.urgency)
        return Decision(
            kind,
            kinds,
            importance,
            urgency,
            said.topics if said else (),
            _action(kind, hit, around.contact),
            tuple(one.code for one in hit),
        )

    def _hit(self, kind: str, told: tuple[str, ...], around: Around) -> list[Signal]:
        if around.again:
            told = (*told, "contacted_again")
        if around.vip:
            told = (*told, "vip")
        days = self.sla.get(kind, inf)
        if around.waited > days:
            told = (*told, "late", *(("very_late",) if around.waited > 2 * days else ()))
        if not told:
            return []
        hit = [one for one in self.signals if one.code in told and kind in one.kinds]
        over = any(one.code == "very_late" for one in hit)
        return [one for one in hit if not (over and one.code == "late")]


def _action(kind: str, hit: list[Signal], contact: str) -> str:
    action = next((one.action for one in hit if one.action), KIND_ACTIONS[kind])
    if contact == MAY:
        return action
    if action in APPROACHES:
        return SILENT["approach"]
    return INSIDE.get(action, SILENT["refused"]) if contact == REFUSED else action
