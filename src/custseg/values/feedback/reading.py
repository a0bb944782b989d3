"""What does one text want: to complain, ask, suggest, praise? And what does it name?"""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Final, NamedTuple

import attrs

from custseg.values.feedback import vocabulary
from custseg.values.lexicon import polarity
from custseg.values.phrases import Found, Phrases

KINDS: Final = ("complaint", "request", "enquiry", "suggestion", "praise", "other")
"""What a feedback can be; of two that are equally strong the earlier is dealt with first."""

Feeling = Callable[[str], float | None]

_LEAST: Final = 0.6  # weaker than this a text is not of a kind
_CLEAR: Final = 1.0
_REACH_HAN: Final = 3
_REACH_LATIN: Final = 14
_WORDS: Final = 6  # gaps between words, in a text that is no mere greeting
_MARKS: Final = 12  # characters of a Chinese one
_MOST: Final = 2  # the same sign again and again says no more
# What a sign says with a no before it.
_DENIED: Final = {"praise": "unkind", "fault": "sound", "complaint": "sound"}
_NONE: Final = dict.fromkeys((*vocabulary.signs(), "unkind", "sound"), 0)
# Harm and threats are complaints in themselves; the rest mostly goes with one.
_GRAVE: Final = frozenset(("safety", "legal", "regulator", "media", "data_leak", "fraud"))
_HARM: Final = frozenset(("rule:safety", "rule:data_leak"))  # 没有受伤, not dangerous
_SORE: Final = frozenset(("standstill", "outage", "refund", "money", "repeat", "leaving"))


class Said(NamedTuple):
    """What one text says.

    Attributes:
        strengths: How strongly it is of each kind but ``other``; from 0.6 it is.
        rules: Rules of importance and urgency whose words it holds, in its order.
        topics: What it is about, in its order.
        words: The words of each rule (``rule:refund``) and topic, as they stand in the text.
        told: Whether it is long enough to tell something, whatever it is.
    """

    strengths: tuple[float, ...]
    rules: tuple[str, ...]
    topics: tuple[str, ...]
    words: Mapping[str, tuple[str, ...]]
    told: bool = False

    @property
    def kind(self) -> str:
        """The main kind."""
        best = max(self.strengths)
        return KINDS[self.strengths.index(best)] if best >= _LEAST else "other"

    @property
    def kinds(self) -> tuple[str, ...]:
        """All kinds that it is of, the main one first."""
        found = [k for k, s in zip(KINDS, self.strengths, strict=False) if s >= _LEAST]
        if len(found) > 1:
            main = self.kind
            found.remove(main)
            found.insert(0, main)
        return tuple(found) or ("other",)

    @property
    def scores(self) -> Mapping[str, float]:
        """Score of each kind, 0 to 1; from one half it is of that kind."""
        found = {k: s / (_LEAST + s) for k, s in zip(KINDS, self.strengths, strict=False)}
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
        rules = tuple(name[5:] for name in named if name.startswith("rule:"))
        topics = tuple(name[6:] for name in named if name.startswith("topic:"))
        strengths = _strengths(signs, rules, *self._feelings(clean, found))
        words = {name: tuple(each) for name, each in named.items()}
        return Said(strengths, rules, topics, words, _tells(clean))

    def _feelings(self, clean: str, found: list[Found]) -> tuple[float, float]:
        """The unkindest and kindest part of a text that turns (but, 就是)."""
        cuts = [start for senses, start, _ in found if "sign:turn" in senses]
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


def _tells(clean: str) -> bool:
    """Whether a text is more than a greeting or a name."""
    return clean.count(" ") >= _WORDS if clean.isascii() else len(clean) >= _MARKS


@cache
def _split(senses: tuple[str, ...]) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """Signs with what they say when denied, and rules and topics."""
    signs = tuple(sense.removeprefix("sign:") for sense in senses if sense.startswith("sign:"))
    named = tuple(sense for sense in senses if not sense.startswith("sign:"))
    return tuple((sign, _DENIED.get(sign, sign)) for sign in signs), named


def _sorted_out(clean: str, found: list[Found]) -> tuple[dict[str, int], dict[str, list[str]]]:
    """Signs by how often, and what is named by its words; what is denied counts for nothing."""
    signs: dict[str, int] = {}
    named: dict[str, list[str]] = {}
    denied = -_REACH_LATIN - 1
    for senses, start, end in found:
        told, names = _split(senses)
        gap = start - denied
        negated = 0 <= gap <= (_REACH_LATIN if clean[start].isascii() else _REACH_HAN)
        for sign, otherwise in told:
            said = otherwise if negated else sign
            signs[said] = min(signs.get(said, 0) + 1, _MOST)
            if sign == "negation":
                denied = end
        for name in names:
            if not (0 <= gap <= 1 and name in _HARM):
                named.setdefault(name, []).append(clean[start:end])
    return signs, named


def _strengths(
    signs: Mapping[str, int], rules: tuple[str, ...], unkind: float, kind: float
) -> tuple[float, ...]:
    n = {**_NONE, **signs}
    sore = 1.5 * bool(_GRAVE.intersection(rules)) + 1.0 * len(_SORE.intersection(rules))
    blame = 1.6 * n["complaint"] + 2.0 * n["ordeal"] + 1.3 * n["grievance"] + 1.5 * n["sarcasm"]
    blame += sore
    complaint = blame + 0.9 * n["fault"] + 0.8 * n["unkind"] - 1.6 * unkind
    praise = 1.2 * n["praise"] + 0.6 * n["sound"] + 1.6 * kind
    if n["settled"] and not (n["ordeal"] or n["grievance"] or n["fault"]):
        complaint, praise = 0.3 * complaint, praise + 1.0
    if n["sarcasm"]:
        praise *= 0.3
    enquiry = max(0.0, 1.4 * n["ask"] + 0.7 * (n["question"] - n["courtesy"]))
    if (enquiry or n["courtesy"]) and not n["praise"]:
        praise *= 0.4
    propose = 1.8 * n["propose"]
    if n["minor"] and praise >= _CLEAR:
        propose = min(propose, 0.9)
    if propose:
        complaint = blame + 0.6 * (complaint - blame)
    request, enquiry = _asked(n, enquiry, complaint, proposed=propose > 0)
    return complaint, request, enquiry, propose, praise


def _asked(
    n: Mapping[str, int], enquiry: float, complaint: float, *, proposed: bool
) -> tuple[float, float]:
    """Something to do, or something to know: a question may be either, or a reproach."""
    polite = n["please"] or n["kindly"]
    request = 1.0 * n["need"] + 0.6 * n["please"] + 1.0 * n["kindly"]
    if enquiry and not polite:
        request *= 0.5
    if proposed:
        enquiry, request = 0.5 * enquiry, 0.5 * request
    elif n["need"] and polite and not n["ask"]:
        enquiry *= 0.4
    if complaint >= _CLEAR and not n["ask"]:
        enquiry *= 0.5
    return request, enquiry
