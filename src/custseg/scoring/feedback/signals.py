"""What makes a feedback important or urgent, and what is to be done first about it."""

from collections.abc import Iterable, Mapping
from typing import Final

import attrs

from custseg._typing import words as texts
from custseg.errors import ConfigError
from custseg.features.periods import known
from custseg.values.feedback.reading import KINDS
from custseg.values.feedback.vocabulary import rules

LEVELS: Final = 4
"""Importance and urgency are 0 to 3."""

_ASKED: Final = ("complaint", "request")
OPEN: Final = ("complaint", "request", "enquiry")  # they wait for an answer
_ANY: Final = ("complaint", "request", "enquiry", "suggestion", "other")


def _level(_: object, attribute: "attrs.Attribute[int]", level: int) -> None:
    if level not in range(LEVELS):
        msg = f"must be 0, 1, 2 or 3, got {level!r}"
        raise ConfigError(msg, attribute.name)


def _known(
    _: object, attribute: "attrs.Attribute[tuple[str, ...]]", kinds: tuple[str, ...]
) -> None:
    for kind in kinds:
        known(kind, KINDS, attribute.name, "kind of feedback")


@attrs.frozen
class Signal:
    """A rule: what says it, how important and urgent it makes a feedback, what to do first.

    Attributes:
        code: Its name, which is given as a reason.
        importance: 0 to 3; of all signals of a feedback the most counts.
        urgency: 0 to 3, likewise.
        words: Words that say it, in either language, besides those of a built-in signal of this
            code; a phrase may hold one gap (``waited…hours``).
        kinds: The main kinds of feedback that it counts for.
        action: What to do first; ``None`` leaves that to the other signals and to the kind.

    Raises:
        ConfigError: A level is not 0 to 3, or there is no such kind of feedback.

    >>> recall = Signal("recall", 3, 3, words=("召回", "recall"), action="call_for_safety")
    >>> recall.kinds
    ('complaint', 'request', 'enquiry')
    """

    code: str
    importance: int = attrs.field(default=0, validator=_level)
    urgency: int = attrs.field(default=0, validator=_level)
    words: tuple[str, ...] = attrs.field(default=(), converter=texts, kw_only=True)
    kinds: tuple[str, ...] = attrs.field(
        default=OPEN, converter=texts, validator=_known, kw_only=True
    )
    action: str | None = attrs.field(default=None, kw_only=True)


SIGNALS: Final = (
    Signal("safety", 3, 3, kinds=_ANY, action="call_for_safety"),
    Signal("data_leak", 3, 3, kinds=OPEN, action="secure_data"),
    Signal("fraud", 3, 3, kinds=OPEN, action="secure_data"),
    Signal("legal", 3, 3, kinds=_ANY, action="hand_to_manager"),
    Signal("regulator", 3, 3, kinds=_ANY, action="hand_to_manager"),
    Signal("media", 3, 3, kinds=_ANY, action="hand_to_manager"),
    Signal("standstill", 3, 3, kinds=_ASKED, action="restore_service"),
    Signal("leaving", 3, 2, kinds=_ASKED, action="keep_customer"),
    Signal("outage", 2, 2, kinds=_ASKED, action="restore_service"),
    Signal("money", 2, 2, kinds=_ASKED, action="settle_money"),
    Signal("refund", 2, 2, kinds=("complaint",), action="settle_money"),
    Signal("repeat", 2, 2, kinds=_ASKED, action="one_owner"),
    Signal("business", 2, 1, kinds=("request",), action="hand_to_sales"),
    Signal("deadline", 1, 2, kinds=_ASKED),
    Signal("contacted_again", 2, 2, kinds=OPEN, action="one_owner"),
    Signal("vip", 3, 1, kinds=OPEN),
    Signal("late", 1, 2, kinds=(*OPEN, "suggestion")),
    Signal("very_late", 2, 3, kinds=("complaint",)),
    Signal("unclear", 1, 1, kinds=KINDS, action="read_it"),
)
"""The built-in signals, the gravest first; the four before the last are told by columns, and
``unclear`` by words that no list knows: somebody should read them.

Source: custseg's own judgement, to start from and to change.
"""

KIND_LEVELS: Final[Mapping[str, tuple[int, int]]] = {
    "complaint": (2, 1),
    "request": (1, 1),
    "enquiry": (1, 1),
    "suggestion": (1, 0),
    "praise": (0, 0),
    "other": (0, 0),
}
"""Importance and urgency of each kind, where no signal says more."""

KIND_ACTIONS: Final[Mapping[str, str]] = {
    "complaint": "make_good",
    "request": "do_as_asked",
    "enquiry": "answer",
    "suggestion": "pass_on",
    "praise": "thank",
    "other": "read_it",
}
"""What to do first about each kind, where no signal says."""

SILENT: Final = {"refused": "handle_inside", "approach": "note_it"}
"""What to do instead where the customer may not be contacted."""

INSIDE: Final[Mapping[str, str]] = {
    "call_for_safety": "stop_harm_inside",
    "secure_data": "secure_data",
    "hand_to_manager": "tell_manager",
}
"""What still has to reach somebody of the company where a customer refuses to be contacted."""

APPROACHES: Final = frozenset({"thank"})
"""Actions that the customer did not ask for: they need consent, where consent is asked."""


def joined(own: Iterable[Signal]) -> tuple[Signal, ...]:
    """The built-in signals and a company's own.

    One of a built-in code takes its place and keeps its words; the others come first, in order.

    Args:
        own: The company's own signals.

    >>> found = joined([Signal("recall", 3, 3), Signal("repeat", 3, 3)])
    >>> found[0].code, next(one.importance for one in found if one.code == "repeat")
    ('recall', 3)
    """
    given = {signal.code: signal for signal in own}
    known = {signal.code for signal in SIGNALS}
    new = tuple(signal for code, signal in given.items() if code not in known)
    return (*new, *(given.get(signal.code, signal) for signal in SIGNALS))


def words_of(signal: Signal) -> tuple[str, ...]:
    """The words that say a signal: the built-in ones and its own.

    >>> "12315" in words_of(SIGNALS[4])
    True
    """
    return (*rules().get(signal.code, ()), *signal.words)


def rank(importance: int, urgency: int) -> int:
    """The place in line of a pair of levels, 1 (3 and 3) to 16 (0 and 0).

    What is both important and urgent comes before what is only one of them; of two that are
    alike in that, the more important one.

    >>> rank(3, 3), rank(2, 2), rank(3, 1), rank(1, 3), rank(0, 0)
    (1, 4, 5, 6, 16)
    """
    return _RANKS[importance, urgency]


_RANKS: Final = {
    pair: place
    for place, pair in enumerate(
        sorted(
            ((i, u) for i in range(LEVELS) for u in range(LEVELS)),
            key=lambda pair: (-(1 + pair[0]) * (1 + pair[1]), -pair[0]),
        ),
        start=1,
    )
}
