"""Where do the words and phrases of several lists stand in a text? Two patterns find them all.

A phrase may hold one gap: ``第…次`` finds 第三次, ``waited…hours`` finds "waited for three hours".
English words are found as whole words, Chinese ones anywhere. Where several begin at one place
the longest counts, so a longer phrase takes back what a shorter one would say.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

import attrs

GAP: Final = "…"
REACH: Final = 24
"""Characters that a gap may span; it ends with the sentence."""

_Node = dict[str, "_Node"]
_END: Final = ""
_STOPS: Final = ".!?。;\n"


class Found(NamedTuple):
    """A phrase in a text.

    Attributes:
        senses: The lists that hold it.
        start: Where it begins.
        end: One past where it ends.
    """

    senses: tuple[str, ...]
    start: int
    end: int


@attrs.frozen(eq=False)
class Phrases:
    """Lists of phrases, compiled.

    Attributes:
        latin: Finds those that begin with a Latin letter or digit, as whole words.
        other: Finds the others, and the end of a sentence.
        senses: The lists that hold each phrase.
        gaps: For what stands after a gap: what has to stand before it, and the lists of both.

    >>> phrases = Phrases.of({"repeat": ["第…次", "again and again"], "blame": ["bad"]})
    >>> [found.senses for found in phrases.find("这已经是第三次了, bad!")]
    [('repeat',), ('blame',)]
    >>> phrases.find("a badge")
    []
    """

    latin: re.Pattern[str]
    other: re.Pattern[str]
    senses: Mapping[str, tuple[str, ...]]
    gaps: Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]]

    @classmethod
    def of(cls, lists: Mapping[str, Iterable[str]]) -> "Phrases":
        """Compile lists by name.

        Args:
            lists: Phrases, in lower case, by the name of their list.
        """
        senses: dict[str, tuple[str, ...]] = {}
        gaps: dict[str, dict[str, tuple[str, ...]]] = {}
        for name, phrases in lists.items():
            for phrase in phrases:
                before, gap, after = phrase.partition(GAP)
                if not gap or not before or not after:
                    whole = before or after
                    senses[whole] = (*senses.get(whole, ()), name)
                    continue
                senses.setdefault(before, ())
                senses.setdefault(after, ())
                closing = gaps.setdefault(after, {})
                closing[before] = (*closing.get(before, ()), name)
        closed = {after: tuple(found.items()) for after, found in gaps.items()}
        return cls(*_patterns(senses), senses, closed)

    def find(self, text: str) -> list[Found]:
        """All phrases in a text, in order.

        Args:
            text: The text, in lower case.
        """
        out: list[Found] = []
        seen: dict[str, int] = {}
        senses, gaps = self.senses, self.gaps
        for start, end, word in self._words(text):
            if own := senses.get(word):
                out.append(Found(own, start, end))
            for before, names in gaps.get(word, ()):
                if start - seen.get(before, -REACH - 1) <= REACH:
                    out.append(Found(names, seen[before], end))
            if word in _STOPS:
                seen.clear()
            else:
                seen[word] = end
        return out

    def _words(self, text: str) -> list[tuple[int, int, str]]:
        # Each script by itself: one pattern for both could not skip to where a word may begin.
        found = [(*match.span(), match[0]) for match in self.other.finditer(text)]
        latin = [(*match.span(), match[0]) for match in self.latin.finditer(text)]
        return sorted(found + latin) if found and latin else found or latin


def _patterns(phrases: Iterable[str]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    latin = [one for one in phrases if _is_latin(one)]
    other = {one for one in phrases if not _is_latin(one)} | set(_STOPS)
    whole = rf"(?<![a-z0-9])(?:{_tree(latin)})(?![a-z0-9])" if latin else r"(?!)"
    return re.compile(whole), re.compile(_tree(sorted(other)))


def _is_latin(phrase: str) -> bool:
    return phrase[0].isascii() and phrase[0].isalnum()


def _tree(phrases: Iterable[str]) -> str:
    """One expression for many phrases, in which common beginnings are read once."""
    root: _Node = {}
    for phrase in phrases:
        node = root
        for mark in phrase:
            node = node.setdefault(mark, {})
        node[_END] = {}
    return _branches(root)


def _branches(node: _Node) -> str:
    ways = [re.escape(mark) + _branches(rest) for mark, rest in sorted(node.items()) if mark]
    if not ways:
        return ""
    one = ways[0] if len(ways) == 1 else f"(?:{'|'.join(ways)})"
    if _END not in node:
        return one
    return f"(?:{one})?"
