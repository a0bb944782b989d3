"""Where do the words and phrases of several lists stand in a text? One pattern finds them all.

A phrase may hold one gap: ``第…次`` finds 第三次, ``waited…hours`` finds "waited for three hours".
English words are found as whole words, Chinese ones anywhere. Where several begin at one place
the longest counts, so a longer phrase takes back what a shorter one would say.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

import attrs

from custseg.values.sentiment.tries import one_pattern

GAP: Final = "…"
REACH: Final = 24
"""Characters that a gap may span; it ends with the sentence."""

_STOPS: Final = ".!?。;\n"
_NOWHERE: Final = (0, -REACH - 1)


Found = tuple[tuple[str, ...], int, int]
"""The lists that hold a phrase, where it begins in a text, and one past where it ends."""


class _Entry(NamedTuple):
    """What is known of a phrase: its lists, and the gaps that it closes or may open."""

    senses: tuple[str, ...]
    closes: tuple[tuple[str, tuple[str, ...]], ...]
    opens: bool
    stops: bool


@attrs.frozen(eq=False)
class Phrases:
    """Lists of phrases, compiled.

    Attributes:
        pattern: Finds any of them, and the end of a sentence.
        senses: The lists that hold each phrase.

    >>> phrases = Phrases.of({"repeat": ["第…次", "again and again"], "blame": ["bad"]})
    >>> [lists for lists, _, _ in phrases.find("这已经是第三次了, bad!")]
    [('repeat',), ('blame',)]
    >>> phrases.find("a badge")
    []
    """

    pattern: re.Pattern[str]
    senses: Mapping[str, tuple[str, ...]]
    _entries: Mapping[str, _Entry]

    @classmethod
    def of(cls, lists: Mapping[str, Iterable[str]]) -> "Phrases":
        """Compile lists by name.

        Args:
            lists: Phrases, in lower case, by the name of their list.
        """
        senses: dict[str, tuple[str, ...]] = {}
        closes: dict[str, dict[str, tuple[str, ...]]] = {}
        for name, phrases in lists.items():
            for phrase in phrases:
                before, _, after = phrase.partition(GAP)
                if before and after:
                    pairs = closes.setdefault(after, {})
                    pairs[before] = (*pairs.get(before, ()), name)
                else:
                    senses[before or after] = (*senses.get(before or after, ()), name)
        openers = {before for pairs in closes.values() for before in pairs}
        entries = {
            word: _Entry(
                senses.get(word, ()),
                tuple(closes.get(word, {}).items()),
                word in openers,
                word in _STOPS,
            )
            for word in {*senses, *closes, *openers, *_STOPS}
        }
        return cls(one_pattern(sorted(entries)), senses, entries)

    def find(self, text: str) -> list[Found]:
        """All phrases in a text, in order.

        Args:
            text: The text, in lower case.
        """
        out: list[Found] = []
        seen: dict[str, tuple[int, int]] = {}
        entries = self._entries
        for match in self.pattern.finditer(text):
            word = match[0]
            if word not in entries:
                continue
            senses, closes, opens, stops = entries[word]
            start, end = match.span()
            if senses:
                out.append((senses, start, end))
            for before, names in closes:
                opened, closed = seen.get(before, _NOWHERE)
                if start - closed <= REACH:
                    out.append((names, opened, end))
            if opens:
                seen[word] = start, end
            if stops:
                seen.clear()
        return out
