"""What does one text want: to complain, ask, suggest, praise? And what does it name?"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Final, NamedTuple

import attrs

from custseg.values.feedback import vocabulary
from custseg.values.lexicon import polarity
from custseg.values.phrases import Found, Phrases

KINDS: Final = ("complaint", "request", "enquiry", "suggestion", "praise", "other")
"""What a feedback can be; of two that are equally strong the earlier is dealt with first."""

Feeling = Callable[[str], float | None]

_LEAST: Final = 0.6  # weaker than this a text is of no kind
_PRESENT: Final = 1.0
_REACH_HAN: Final = 3
_REACH_LATIN: Final = 14
_MOST: Final = 2  # the same sign again and again says no more
# Harm and threats are complaints in themselves; the rest mostly goes with one.
_GRAVE: Final = frozenset(("safety", "legal", "regulator", "media", "data_leak", "fraud"))
_HARM: Final = frozenset(("rule:safety", "rule:data_leak"))  # 没有受伤, not dangerous
_SORE: Final = frozenset(("standstill", "outage", "refund", "money", "repeat", "leaving"))


class Said(NamedTuple):
    """What one text says.

    Attributes:
        strengths: How strongly it is of each kind but ``other``; from 1 it is.
        rules: Rules of importance and urgency whose words it holds, in the order of the lists.
        topics: What it is about, in the order of the lists.
        words: The words of each rule and topic, as they stand in the text.
    """

    strengths: tuple[float, ...]
    rules: tuple[str, ...]
    topics: tuple[str, ...]
    words: Mapping[str, tuple[str, ...]]

    @property
    def kind(self) -> str:
        """The main kind."""
        best = max(self.strengths)
        return KINDS[self.strengths.index(best)] if best >= _LEAST else "other"

    @property
    def kinds(self) -> tuple[str, ...]:
        """All kinds that it is of, the main one first."""
        main = self.kind
        also = (k for k, s in zip(KINDS, self.strengths, strict=False) if s >= _PRESENT)
        return (main, *(kind for kind in also if kind != main))

    @property
    def scores(self) -> Mapping[str, float]:
        """Score of each kind, 0 to 1; from one half it is of that kind."""
        found = {k: s / (1.0 + s) for k, s in zip(KINDS, self.strengths, strict=False)}
        return {**found, "other": 0.0 if self.kind != "other" else 1.0 - max(found.values())}


@attrs.frozen(eq=False)
class Reader:
    """Reads texts by lists of words.

    Attributes:
        phrases: The lists, named ``sign:ask``, ``rule:refund``, ``topic:price``.
        feeling: Polarity of a text from -1 to 1, ``None`` where it shows none.

    >>> reader = Reader.of()
    >>> reader.read("都三天了怎么还不发货？").kind, reader.read("Do you ship to Malta?").kind
    ('complaint', 'enquiry')
    >>> reader.read("客服态度好，就是物流太慢").kinds
    ('complaint', 'praise')
    """

    phrases: Phrases
    feeling: Feeling = polarity

    @classmethod
    def of(cls, lists: Mapping[str, Iterable[str]] | None = None) -> "Reader":
        """A reader of given lists, by default the built-in ones without packs.

        Args:
            lists: Words by the name of their list.
        """
        named = usual() if lists is None else lists
        return cls(
            vocabulary.compiled(tuple((name, tuple(words)) for name, words in named.items()))
        )

    def read(self, text: str) -> Said:
        """Read one text.

        Args:
            text: What a customer said or wrote.
        """
        clean = vocabulary.folded(text) or ""
        found = self.phrases.find(clean)
        signs, named = _sorted_out(clean, found)
        rules = _named(named, "rule:")
        strengths = _strengths(signs, rules, *self._feelings(clean, found))
        words = {name.partition(":")[2]: tuple(dict.fromkeys(w)) for name, w in named.items()}
        return Said(strengths, rules, _named(named, "topic:"), words)

    def _feelings(self, clean: str, found: list[Found]) -> tuple[float, float]:
        """The unkindest and kindest part of a text that turns (but, 就是)."""
        cuts = [one.start for one in found if "sign:turn" in one.senses]
        parts = [clean] if not cuts else [clean[: cuts[0]], clean[cuts[0] :]]
        felt = [f for part in parts if part and (f := self.feeling(part)) is not None]
        return min((0.0, *felt)), max((0.0, *felt))


def usual() -> Mapping[str, tuple[str, ...]]:
    """The built-in lists without packs.

    >>> "rule:safety" in usual()
    True
    """
    return {
        **{f"sign:{name}": words for name, words in vocabulary.signs().items()},
        **{f"rule:{name}": words for name, words in vocabulary.rules().items()},
        **{f"topic:{name}": words for name, words in vocabulary.topics().items()},
    }


def _named(named: Mapping[str, list[str]], family: str) -> tuple[str, ...]:
    return tuple(name.removeprefix(family) for name in named if name.startswith(family))


def _sorted_out(clean: str, found: list[Found]) -> tuple[Counter[str], dict[str, list[str]]]:
    """Signs by how often, and what is named by its words; what is denied counts for nothing."""
    signs: Counter[str] = Counter()
    named: dict[str, list[str]] = {}
    denied = -_REACH_LATIN - 1
    for senses, start, end in found:
        reach = _REACH_LATIN if clean[start].isascii() else _REACH_HAN
        gap = start - denied
        for sense in senses:
            if sense.startswith("sign:"):
                signs[_denied(sense) if 0 <= gap <= reach else sense] += 1
            elif not (0 <= gap <= 1 and sense in _HARM):
                named.setdefault(sense, []).append(clean[start:end])
        if "sign:negation" in senses:
            denied = end
    return signs, named


def _denied(sense: str) -> str:
    """What a sign says with a no before it."""
    return {
        "sign:praise": "sign:unkind",
        "sign:fault": "sign:sound",
        "sign:complaint": "sign:sound",
    }.get(sense, sense)


def _strengths(
    signs: Counter[str], rules: tuple[str, ...], unkind: float, kind: float
) -> tuple[float, ...]:
    n = {name.removeprefix("sign:"): min(count, _MOST) for name, count in signs.items()}.get
    sore = 1.5 * bool(_GRAVE.intersection(rules)) + 1.0 * len(_SORE.intersection(rules))
    blame = 1.6 * n("complaint", 0) + 1.3 * n("grievance", 0) + 1.5 * n("sarcasm", 0) + sore
    complaint = blame + 0.9 * n("fault", 0) + 0.8 * n("unkind", 0) - 1.6 * unkind
    propose = 1.8 * n("propose", 0)
    request = 1.0 * n("need", 0) + 0.6 * n("please", 0)
    enquiry = 1.4 * n("ask", 0) + 0.7 * n("question", 0)
    praise = 1.2 * n("praise", 0) + 0.6 * n("sound", 0) + 1.6 * kind
    if n("settled", 0) and not n("grievance", 0) and not n("fault", 0):
        complaint, praise = 0.3 * complaint, praise + 1.0
    if n("sarcasm", 0):
        praise *= 0.3
    if (enquiry or n("courtesy", 0)) and not n("praise", 0):
        praise *= 0.4
    if n("minor", 0) and praise >= _PRESENT:
        propose = min(propose, 0.9)
    if propose:
        enquiry, request = 0.5 * enquiry, 0.5 * request
        complaint = blame + 0.6 * (complaint - blame)
    elif n("need", 0) and n("please", 0) and not n("ask", 0):
        enquiry *= 0.4
    if complaint >= _PRESENT and not n("ask", 0):
        enquiry *= 0.5
    return complaint, request, enquiry, propose, praise
