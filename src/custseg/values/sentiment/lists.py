"""The lists of opinions as one pattern a script, with what each word does."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from operator import add
from string import ascii_lowercase, digits
from typing import Final

import attrs

from custseg.values.sentiment.scan import SECTIONS, Act, Scan
from custseg.values.sentiment.tries import one_pattern
from custseg.values.tables import table

_PAUSES: Final = (",", "，", "、", ", ", "， ")
_KINDS: Final[tuple[tuple[str, Act, float], ...]] = (
    (". ; 。 ； … ... ~ ～ : ：", Scan.stop, 0.0),
    ("! !! !!! ！ ！！ ！！！", Scan.exclaim, 0.0),
    ("? ？ ?? ？？ !? ?! ！？ ？！", Scan.question, 0.0),
    ("“ 「 『", Scan.quote, 0.5),
    ("” 」 』", Scan.quote, 1.0),
    ('"', Scan.quote, 0.0),
)
_MARKS: Final[Mapping[str, tuple[Act, float]]] = {
    **dict.fromkeys(_PAUSES, (Scan.pause, 0.0)),
    "\n": (Scan.stop, 0.0),
    **{mark: (act, value) for marks, act, value in _KINDS for mark in marks.split()},
}
_DENIES: Final = frozenset(("不", "没", "无"))
_ANYWHERE: Final = 1.0
_LATIN: Final = frozenset(ascii_lowercase + digits)
_REMEMBERED: Final = 16
"""Sets of words of one's own whose pattern is kept: a pattern takes megabytes."""

Own = tuple[tuple[str, float], ...]
"""Words of a company's own with what they are worth, in order."""


@attrs.frozen(eq=False)
class Lists:
    """Words with what they do, compiled.

    Attributes:
        acts: What each word does; no entry for one that only keeps a shorter one from being read.
        latin: Finds those of ASCII.
        pairs: The other words by their first two characters: their lengths, the longest first.
    """

    acts: Mapping[str, tuple[Act, float]]
    latin: re.Pattern[str]
    pairs: Mapping[str, tuple[int, ...]]

    def read(self, scan: Scan) -> None:
        """Read a text from its beginning to its end."""
        if scan.text.isascii():
            for found in self.latin.finditer(scan.text):
                if does := self.acts.get(found[0]):
                    does[0](scan, does[1], found.start(), found.end())
        else:
            self._walk(scan)

    def _walk(self, scan: Scan) -> None:
        # A pattern of thousands of beginnings is tried one by one; pairs are looked up.
        text, acts, pairs, free = scan.text, self.acts, self.pairs, 0
        for start, pair in enumerate(map(add, text, f"{text[1:]} ")):
            if start < free:
                continue
            mark = pair[0]
            if mark in _LATIN:
                free = self._latin(scan, start)
            elif pair in pairs:
                free = self._longest(scan, start, pairs[pair])
            elif does := acts.get(mark):
                does[0](scan, does[1], start, start + 1)

    def _longest(self, scan: Scan, start: int, lengths: tuple[int, ...]) -> int:
        for length in lengths:
            end = start + length
            word = scan.text[start:end]
            if does := self.acts.get(word):
                if word[-1] in _DENIES and length > 1 and self._opinion_at(scan.text, end - 1):
                    scan.anew()
                    return end - 1
                does[0](scan, does[1], start, end)
                return end
        if does := self.acts.get(scan.text[start]):
            does[0](scan, does[1], start, start + 1)
        return start + 1

    def _opinion_at(self, text: str, start: int) -> bool:
        """Whether a denial ends with the beginning of an opinion: ``都不`` in ``都不错``."""
        found = (text[start : start + n] for n in self.pairs.get(text[start : start + 2], ()))
        longest = next((self.acts[word] for word in found if word in self.acts), None)
        return longest is not None and longest[0] is Scan.opinion

    def _latin(self, scan: Scan, start: int) -> int:
        """Read a Latin word or phrase to its end."""
        found = self.latin.match(scan.text, start)
        if found is None:
            return start + 1
        if does := self.acts.get(found[0]):
            does[0](scan, does[1], start, found.end())
        return found.end()


@lru_cache(_REMEMBERED)
def lists(own: Own = ()) -> Lists:
    """The lists of both languages and the words of one's own, compiled once.

    Args:
        own: Words with what they are worth; they take the place of those of the lists.
    """
    acts = dict(_MARKS)
    for name in ("opinions_en", "opinions_signs", "opinions_zh"):
        acts |= dict(_acts(table(name), _ANYWHERE if name == "opinions_zh" else 0.0))
    acts["nor"] = (Scan.link, 1.0)
    acts |= {word: (Scan.opinion if value else Scan.nothing, value) for word, value in own}
    lengths: dict[str, set[int]] = {}
    for word in acts:
        if word[0] not in _LATIN and len(word) > 1:
            lengths.setdefault(word[:2], set()).add(len(word))
    pairs = {pair: tuple(sorted(found, reverse=True)) for pair, found in lengths.items()}
    return Lists(acts, one_pattern(w for w in acts if w.isascii() or w[0] in _LATIN), pairs)


def _acts(
    sections: Mapping[str, tuple[str, ...]], anywhere: float
) -> Iterator[tuple[str, tuple[Act, float]]]:
    for section, words in sections.items():
        if section not in SECTIONS:
            continue
        act, value = SECTIONS[section]
        for word in words:
            yield word, (act, anywhere if section == "enquiries" else value)
    for section, act in (("turns_at_start", Scan.turn), ("corrects_at_start", Scan.correction)):
        for word in sections.get(section, ()):
            yield from ((pause + word, (act, 0.0)) for pause in _PAUSES)
