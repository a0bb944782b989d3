"""Reading word by word: what an opinion is worth where it stands."""

from collections.abc import Callable, Mapping
from typing import Final

import attrs

_HEARD: Final = 0.9
_EXCUSED: Final = -0.6
"""A praise that is denied is nearly blame; a blame that is denied is a faint praise."""
_DENIED: Final = -_HEARD
_TEMPERED: Final = 0.75
_TOP_DEGREE: Final = 2.5
_BEFORE_TURN, _AFTER_TURN, _CONCEDED = 0.6, 1.3, 0.7
_WISHED: Final = 0.2
_QUOTED: Final = 0.5
_ASKED_PRAISE, _ASKED_BLAME = 0.3, 0.8
_ENQUIRED: Final = 0.5
_LOUD, _CAPITALS, _MOST_MARKS = 0.1, 1.25, 3
_NEAR, _FAR, _LATIN = 3, 6, 24
_DEGREE, _LATIN_DEGREE = 4, 12
_BESIDE: Final = 5
_SMALL_GAP: Final = 2
_LOOKED_BACK: Final = 60
_BEYOND: Final = 1.5
_UNABLE: Final = ("can't", "cannot", "can not", "couldn't", "could not", "cant ")


@attrs.define(eq=False)
class Scan:
    """What has been read so far.

    Attributes:
        text: The text in small letters.
        cased: The text with its capitals, or nothing if capitals say nothing.
        values: What each opinion found is worth, above 0 for praise.
        words: Where each stands, and whether it is denied.
        ironic: Whether a mark of irony was met.
        asked: Whether a question was met.
    """

    text: str
    cased: str = ""
    values: list[float] = attrs.field(factory=list[float])
    words: list[tuple[int, int, bool]] = attrs.field(factory=list[tuple[int, int, bool]])
    ironic: bool = False
    asked: bool = False
    # What the words before do to the next opinion, and up to where they reach.
    sign: float = 1.0
    degree: float = 1.0
    until: float = -9
    denying: bool = False
    denied: int = -1
    factor: float = 1.0
    quoted: float = 1.0
    kind: float = 1.0
    unkind: float = 1.0
    enquiry: bool = False
    conceding: bool = False
    swung: int = -9
    aspect: int = 0
    aspect_until: int = -1
    # Where the clause, the sentence and the one before it begin among the opinions.
    clause: int = 0
    sentence: int = 0
    earlier: int = 0
    begun: int = 0
    # Up to which opinion a list before "nor" was denied, and whether a denial stood in it.
    listed: int = 0
    listing: bool = False

    def opinion(self, value: float, start: int, end: int) -> None:
        """A word of praise or blame."""
        value *= self.factor * self.quoted * (self.kind if value > 0 else self.unkind)
        negated = False
        if start <= self.until:
            negated = self.sign < 0
            value = self._turned(value) * self.degree
        if start - self.swung <= 1:
            self.values[-1] = 0.0
            value *= _AFTER_TURN
        if self.cased and end - start > 1 and self.cased[start:end].isupper():
            value *= _CAPITALS
        self.values.append(value)
        self.words.append((start, end, negated))
        self.until = -9

    def _turned(self, value: float) -> float:
        if self.sign > 0:
            return value
        if self.denying:
            self.denied, self.denying = len(self.values), False
        return value * (_DENIED if value > 0 else _EXCUSED)

    def swing(self, value: float, start: int, end: int) -> None:
        """An opinion that is a degree if another follows at once: ``好`` in ``好慢``."""
        self.opinion(value, start, end)
        self.swung = end

    def negation(self, reach: float, start: int, end: int) -> None:
        """A word that denies what follows."""
        self._renew(start)
        self.sign = -self.sign
        self.until = end + reach

    def anew(self) -> None:
        """A denial does not reach over the next one: ``没来也没通知``."""
        if self.sign < 0:
            self.until = -9

    def soft_negation(self, reach: float, start: int, end: int) -> None:
        """A word that denies a high degree: not very."""
        self.negation(reach, start, end)
        self.degree *= _TEMPERED

    def denial(self, reach: float, start: int, end: int) -> None:
        """A negation that a correction may follow: not this, but that."""
        self.negation(reach, start, end)
        self.denying = True

    def lack(self, value: float, start: int, end: int) -> None:
        """A blame that denies what follows as well: not as good as it was."""
        self.opinion(value, start, end)
        self.negation(_FAR, start, end)

    def correction(self, value: float, start: int, end: int) -> None:
        """``，是`` after ``不是``: what was denied is not said."""
        del value, start
        if self.denied >= 0:
            self.values[self.denied] = 0.0
            self.denied = -1
        self.pause(0.0, end, end)

    def link(self, retro: float, start: int, end: int) -> None:
        """Or: what was denied before goes on; nor: all since then is denied."""
        if not self.words or not self.words[-1][2]:
            if retro:
                self._deny_list()
                self.negation(_LATIN, start, end)
            return
        self.sign, self.degree, self.until = -1.0, 1.0, end + _LATIN

    def _deny_list(self) -> None:
        # Each opinion is looked at once, however many "nor" follow.
        self.listing &= self.listed > self.sentence
        for i in range(max(self.sentence, self.listed), len(self.words)):
            start, end, negated = self.words[i]
            if self.listing and self.values[i] > 0:
                self.values[i] *= _DENIED
                self.words[i] = (start, end, True)
            self.listing |= negated
        self.listed = len(self.words)

    def strengthen(self, by: float, start: int, end: int) -> None:
        """A degree; after a negation it softens: not very good is not bad."""
        if start > self.until:
            self.sign, self.degree, self.denying = 1.0, by, False
        else:
            by = self.degree * (_TEMPERED if self.sign < 0 else by)
            self.degree = min(_TOP_DEGREE, by)
        reach = end + (_LATIN_DEGREE if self.text[start].isascii() else _DEGREE)
        self.until = max(self.until, reach)

    def turn(self, value: float, start: int, end: int) -> None:
        """But: what was said before counts for less, what follows for more."""
        del value, start, end
        begin = self.sentence if self.sentence < len(self.values) else self.earlier
        for i in range(begin, len(self.values)):
            self.values[i] *= _BEFORE_TURN
        self.sentence = self.earlier = len(self.values)
        self.factor, self.conceding = _AFTER_TURN, False
        self._forget()

    def concession(self, value: float, start: int, end: int) -> None:
        """Although: what follows counts for less, up to the end of the clause."""
        del value, start, end
        self.factor, self.conceding = _CONCEDED, True

    def wish(self, value: float, start: int, end: int) -> None:
        """What is wished for is not yet there."""
        del value, start, end
        self.kind = min(self.kind, _WISHED)

    def regret(self, value: float, start: int, end: int) -> None:
        """What is wished for in vain: a faint blame."""
        self.opinion(value, start, end)
        self.kind = min(self.kind, _WISHED)

    def enquire(self, anywhere: float, start: int, end: int) -> None:
        """Somebody wants to know; English ones count at the beginning of a sentence."""
        del end
        if anywhere or start - self.begun <= _SMALL_GAP:
            self.kind, self.unkind, self.enquiry, self.asked = 0.0, _ENQUIRED, True, True

    def particle(self, value: float, start: int, end: int) -> None:
        """``吗``: the clause asks."""
        del value, start, end
        self._ask(0.0, _ENQUIRED)

    def beyond_words(self, value: float, start: int, end: int) -> None:
        """``Highly enough`` after ``can't recommend``: praise that finds no words."""
        del value, end
        before = self.text[max(start - _LOOKED_BACK, self.begun) : start]
        if len(self.values) > self.sentence and any(word in before for word in _UNABLE):
            self.values[-1] = _BEYOND * abs(self.values[-1])
            self.words[-1] = (*self.words[-1][:2], False)

    def irony(self, value: float, start: int, end: int) -> None:
        """A mark of irony is a blame, and praise is not believed."""
        self.ironic = True
        self.opinion(value, start, end)

    def aspect_of(self, code: float, start: int, end: int) -> None:
        """What is high or low, much or little, long or short?"""
        del start
        self.aspect, self.aspect_until = int(code), end + _BESIDE

    def measure(self, code: float, start: int, end: int) -> None:
        """High, low, much ...: good or bad only of what is measured."""
        value = MEASURED.get((self.aspect, int(code)), 0.0)
        if value and start <= self.aspect_until:
            self.opinion(value, start, end)

    def quote(self, factor: float, start: int, end: int) -> None:
        """Words in quotation marks are not quite one's own; 0 opens and closes."""
        del start, end
        self.quoted = factor or (_QUOTED if self.quoted > _QUOTED else 1.0)

    def nothing(self, value: float, start: int, end: int) -> None:
        """A word that only keeps a shorter one from being read."""

    def pause(self, value: float, start: int, end: int) -> None:
        """A comma ends the reach of a negation, of a concession and of a wish."""
        del value, start, end
        self.until = self.swung = self.aspect_until = -9
        self.clause = len(self.values)
        if self.conceding:
            self.factor, self.conceding = 1.0, False
        if not self.enquiry:
            self.kind = self.unkind = 1.0

    def stop(self, value: float, start: int, end: int) -> None:
        """The end of a sentence."""
        self.enquiry = False
        self.pause(value, start, end)
        self.factor = self.quoted = 1.0
        self.denied = -1
        self.begun = end
        if self.sentence < len(self.values):
            self.earlier, self.sentence = self.sentence, len(self.values)

    def exclaim(self, value: float, start: int, end: int) -> None:
        """Exclamation marks are loud."""
        louder = 1.0 + _LOUD * min(end - start, _MOST_MARKS)
        for i in range(self.sentence, len(self.values)):
            self.values[i] *= louder
        self.stop(value, start, end)

    def question(self, value: float, start: int, end: int) -> None:
        """A question mark: praise is asked for, blame may still be meant."""
        self._ask(_ASKED_PRAISE, _ASKED_BLAME)
        self.stop(value, start, end)

    def _ask(self, kind: float, unkind: float) -> None:
        self.asked = True
        for i in range(self.clause, len(self.values)):
            self.values[i] *= kind if self.values[i] > 0 else unkind
        self.clause = len(self.values)

    def _renew(self, start: int) -> None:
        """Leave behind what does not reach up to here."""
        if start > self.until:
            self.sign = self.degree = 1.0
            self.denying = False

    def _forget(self) -> None:
        self.until = self.swung = self.aspect_until = -9


Act = Callable[[Scan, float, int, int], None]
ASPECTS: Final = {"worth": 1, "cost": 2, "amount": 3, "wait": 4}
MEASURES: Final = {"high": 1, "low": 2, "many": 3, "few": 4, "long": 5, "short": 6}
_GOOD: Final = (("worth", "high"), ("cost", "low"), ("amount", "many"), ("wait", "short"))
_BAD: Final = (("worth", "low"), ("cost", "high"), ("amount", "few"), ("wait", "long"))
MEASURED: Final[Mapping[tuple[int, int], float]] = {
    (ASPECTS[aspect], MEASURES[measure]): value
    for pairs, value in ((_GOOD, 0.8), (_BAD, -1.0))
    for aspect, measure in pairs
}
SECTIONS: Final[Mapping[str, tuple[Act, float]]] = {
    "delight": (Scan.opinion, 2.0),
    "praise": (Scan.opinion, 1.0),
    "faint_praise": (Scan.opinion, 0.5),
    "faint_blame": (Scan.opinion, -0.5),
    "blame": (Scan.opinion, -1.0),
    "outrage": (Scan.opinion, -2.0),
    "swings": (Scan.swing, 0.6),
    "beyond_words": (Scan.beyond_words, 0.0),
    "irony": (Scan.irony, -0.6),
    "negations": (Scan.negation, _LATIN),
    "negations_far": (Scan.negation, _FAR),
    "negations_near": (Scan.negation, _NEAR),
    "soft_negations": (Scan.soft_negation, _FAR),
    "denials": (Scan.denial, _FAR),
    "lacks": (Scan.lack, -0.8),
    "regrets": (Scan.regret, -0.5),
    "links": (Scan.link, 0.0),
    "very": (Scan.strengthen, 1.5),
    "rather": (Scan.strengthen, 1.2),
    "slightly": (Scan.strengthen, 0.7),
    "turns": (Scan.turn, 0.0),
    "concedes": (Scan.concession, 0.0),
    "wishes": (Scan.wish, 0.0),
    "neutral": (Scan.nothing, 0.0),
    "enquiries": (Scan.enquire, 0.0),
    "particles": (Scan.particle, 0.0),
    "corrects": (Scan.correction, 0.0),
    **{name: (Scan.aspect_of, float(code)) for name, code in ASPECTS.items()},
    **{name: (Scan.measure, float(code)) for name, code in MEASURES.items()},
}
"""What the words of a section of the lists do, and how much."""
