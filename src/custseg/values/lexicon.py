"""How kindly a text speaks, from word lists: Chinese and English, with negation."""

import re
from typing import Final

import attrs

from custseg.values.tables import longest_first, table
from custseg.values.text import has_han, tidy

_TABLE: Final = table("polarity")
# Coarse on purpose: half, one and two.
_SCALE: Final = {
    "praise_zh": 1.0,
    "blame_zh": -1.0,
    "outrage_zh": -2.0,
    "faint_praise_zh": 0.5,
    "faint_blame_zh": -0.5,
    "praise_en": 1.0,
    "delight_en": 2.0,
    "blame_en": -1.0,
    "outrage_en": -2.0,
    "faint_en": 0.5,
}
_WEIGHTS: Final = {word: scale for part, scale in _SCALE.items() for word in _TABLE[part]}
_NEGATIONS: Final = frozenset(_TABLE["negations"])
_TURNS: Final = frozenset(_TABLE["turns"])
_STRENGTH: Final = {"very": 1.5, "rather": 1.2, "slightly": 0.7}
_DEGREES: Final = {word: by for part, by in _STRENGTH.items() for word in _TABLE[part]}
_STOPS: Final = "。！？!?；;，,、\n.…~"
_WORDS: Final = tuple({*_WEIGHTS, *_NEGATIONS, *_DEGREES, *_TURNS})
_HAN_WORDS: Final = longest_first(tuple(word for word in _WORDS if has_han(word)))
_TOKEN: Final = re.compile(
    "|".join(
        [
            r"[a-z]+(?:['-][a-z]+)*",
            *map(re.escape, _HAN_WORDS),
            f"[{re.escape(_STOPS)}]",
        ]
    )
)
_REACH_HAN: Final = 4
_REACH_LATIN: Final = 24
_TURNED: Final = 1.3
_NEGATED: Final = -0.8


@attrs.define
class _Scan:
    """What the words so far amount to."""

    praise: float = 0.0
    blame: float = 0.0
    sign: float = 1.0
    degree: float = 1.0
    turn: float = 1.0
    last: int = 0

    def take(self, word: str, start: int, end: int) -> None:
        """Account for the next word of the text."""
        reach = _REACH_LATIN if word[0].isascii() else _REACH_HAN
        if start - self.last > reach or word in _STOPS:
            self.sign = self.degree = 1.0
        if word in _WEIGHTS:
            self._weigh(_WEIGHTS[word])
            self.last = end
        elif word in _NEGATIONS:
            self.sign, self.last = -self.sign, end
        elif word in _DEGREES:
            self.degree, self.last = self.degree * _DEGREES[word], end
        elif word in _TURNS:
            self.turn, self.sign, self.degree = _TURNED, 1.0, 1.0

    def _weigh(self, weight: float) -> None:
        """Add one opinion, as the words before it turn and strengthen it."""
        value = weight * self.degree * self.turn * (1.0 if self.sign > 0 else _NEGATED)
        self.praise += max(value, 0.0)
        self.blame += max(-value, 0.0)
        self.sign = self.degree = 1.0


def polarity(text: str | None) -> float | None:
    """How kindly a text speaks, from -1 (blame) to 1 (praise).

    Args:
        text: What a customer said or wrote, Chinese, English or both; or None.

    Returns:
        ``(praise - blame) / (praise + blame + 1)`` over the words of the lists,
        each turned by a negation and strengthened by a degree before it; None if
        the text holds no such word, for no opinion is not a neutral one.

    Example:
        >>> polarity("服务很好，非常满意") > 0.5
        True
        >>> polarity("not good, the room was dirty") < 0
        True
        >>> polarity("请问几点开门") is None
        True
    """
    clean = tidy(text)
    if clean is None:
        return None
    scan = _Scan()
    for found in _TOKEN.finditer(clean.lower().replace("’", "'")):
        scan.take(found[0], found.start(), found.end())
    total = scan.praise + scan.blame
    return (scan.praise - scan.blame) / (total + 1.0) if total else None
