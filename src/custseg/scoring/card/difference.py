"""What does one card give that another does not?"""

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Final, Literal, TypeAlias

import attrs

from custseg.frames.scalar import READERS, compiled
from custseg.labels import label, title
from custseg.layout import html_table
from custseg.rules import Bands, Choice, Line, Rule
from custseg.scoring.bands import band
from custseg.scoring.card.factor import Factor
from custseg.scoring.points import HUNDREDTHS
from custseg.showing import Shown, heads

Where: TypeAlias = Literal["band", "word", "other", "missing"]

_BASE: Final = "score_base"
_ALIKE: Final = 0.01  # of the worth: the steps that a straight line is drawn with


@attrs.frozen
class Move(Shown):
    """Values of a factor that earn other points.

    Attributes:
        factor: The factor; or ``score_base``, where every customer starts.
        where: ``band`` of numbers, ``word``, ``other`` words or ``missing``.
        points: By how many points; where a line bends, in the middle of the band.
        low: Least value of a band; ``None``: no least.
        high: What its values stay below; ``None``: no most.
        word: The word.

    >>> Move("visits", "band", 2.5, low=3.0).text()
    'visits, ≥ 3: +2.5'
    """

    factor: str
    where: Where
    points: float
    low: float | None = attrs.field(default=None, kw_only=True)
    high: float | None = attrs.field(default=None, kw_only=True)
    word: str | None = attrs.field(default=None, kw_only=True)

    def text(self, locale: str = "en") -> str:
        """One line, in a language."""
        return label("diff.line", locale).format(
            factor=self.name(locale),
            where=self.place(locale),
            points=f"{self.points:+.12g}",
        )

    def name(self, locale: str = "en") -> str:
        """Which factor, in words; or the start."""
        return label(_BASE, locale) if self.factor == _BASE else title(self.factor, locale)

    def place(self, locale: str = "en") -> str:
        """Which values, in words."""
        if self.where == "word":
            return str(self.word)
        if self.where == "band":
            return band(self.low, self.high, locale)
        return label(f"binning.{self.where}", locale)


@attrs.frozen
class CardDifference(Shown):
    """Where the points of two cards differ.

    Attributes:
        moves: What differs, factor by factor in the order of the cards.
        added: Factors that only the second has.
        removed: Factors that only the first has.

    >>> CardDifference((), (), ()).text()
    'no points differ'
    """

    moves: tuple[Move, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]

    def text(self, locale: str = "en") -> str:
        """One line for each, in a language."""
        if not self.moves:
            return label("diff.none", locale)
        head = label("diff.head", locale).format(count=len(self.moves))
        return "\n".join((head, *(f"  {move.text(locale)}" for move in self.moves)))

    def as_dict(self) -> dict[str, object]:
        """Plain data for JSON."""
        return {
            "moves": [attrs.asdict(move) for move in self.moves],
            "added": list(self.added),
            "removed": list(self.removed),
        }

    def html(self, locale: str = "en") -> str:
        """The same as a small page for notebooks."""
        rows = [(m.name(locale), m.place(locale), f"{m.points:+.12g}") for m in self.moves]
        return html_table(heads(locale, "factor", "values", "points"), rows)


def difference(
    before: Sequence[Factor], after: Sequence[Factor], *, base: float = 0.0
) -> CardDifference:
    """Compare factors by name.

    Neighbouring bands that move by the same, within a hundredth of what the factor is worth, are
    one. A factor that one of the cards has not gives no points there. Limits, grades and odds are
    not compared.

    Args:
        before: Factors of the one card.
        after: Factors of the other.
        base: By how much the points differ that every customer starts with.

    >>> from custseg.scoring import Levels
    >>> old = Factor("source", curve=Levels({"fair": 5, "talk": 9}))
    >>> new = Factor("source", curve=Levels({"fair": 7.5, "talk": 9}))
    >>> difference([old], [new]).moves
    (Move(factor='source', where='word', points=2.5, low=None, high=None, word='fair'),)
    """
    old, new = ({factor.name: factor for factor in some} for some in (before, after))
    moves = [Move(_BASE, "band", base)] if base else list[Move]()
    for name in dict.fromkeys((*old, *new)):
        moves += _moves(name, old.get(name), new.get(name))
    added, removed = (tuple(n for n in new if n not in old), tuple(n for n in old if n not in new))
    return CardDifference(tuple(moves), added, removed)


def _moves(name: str, old: Factor | None, new: Factor | None) -> list[Move]:
    known = [factor for factor in (old, new) if factor is not None]
    worth = max(abs(factor.worth) for factor in known)
    before, after = (None if factor is None else factor.rule() for factor in (old, new))
    found: list[Move] = []
    for read, compare in ((Bands | Line, _bands), (Choice, _words)):
        sides = [rule if isinstance(rule, read) else None for rule in (before, after)]
        if any(sides):
            found += compare(name, sides, worth)
    if not found and before != after:  # a curve of one's own kind
        best = [0 if factor is None else factor.best_points for factor in (old, new)]
        found += [Move(name, "band", (best[1] - best[0]) / HUNDREDTHS)]
    if change := _change((before, after))(None):
        found.append(Move(name, "missing", change / HUNDREDTHS))
    return found


def _words(name: str, sides: Sequence[Rule | None], _worth: float) -> list[Move]:
    words = dict.fromkeys(w for r in sides if isinstance(r, Choice) for w, _ in r.values)
    change = _change(sides)
    found = [(word, change(word)) for word in words]
    moves = [Move(name, "word", by / HUNDREDTHS, word=word) for word, by in found if by]
    strange = "\x00"  # no word of a card
    if rest := change(strange):
        moves.append(Move(name, "other", rest / HUNDREDTHS))
    return moves


def _bands(name: str, sides: Sequence[Rule | None], worth: float) -> list[Move]:
    edges = _edges(sides)
    ends: list[float | None] = [None, *edges, None]
    change = _change(sides)
    changes = [change(_middle(low, high)) for low, high in pairwise(ends)]
    near = max(1, round(_ALIKE * worth * HUNDREDTHS))
    moves: list[Move] = []
    start = 0
    for i in range(1, len(changes) + 1):
        if i < len(changes) and abs(changes[i] - changes[start]) <= near:
            continue
        if by := changes[(start + i) // 2]:
            moves.append(Move(name, "band", by / HUNDREDTHS, low=ends[start], high=ends[i]))
        start = i
    return moves


def _edges(rules: Sequence[Rule | None]) -> list[float]:
    """All edges and knots."""
    edges: set[float] = set()
    for rule in rules:
        if isinstance(rule, Bands):
            edges |= set(rule.edges)
        elif isinstance(rule, Line):
            edges |= {x for x, _ in rule.knots}
    return sorted(edges)


def _middle(low: float | None, high: float | None) -> float:
    if low is None:
        return 0.0 if high is None else high - 1.0 - abs(high)
    return low + 1.0 + abs(low) if high is None else low + (high - low) / 2


def _change(sides: Sequence[Rule | None]) -> Callable[[object], int]:
    """By how many hundredths a value earns more on the second side."""
    before, after = map(_earning, sides)
    return lambda value: after(value) - before(value)


def _earning(rule: Rule | None) -> Callable[[object], int]:
    """From a value to its whole hundredths; to none without a rule."""
    if rule is None:
        return lambda _: 0
    run, needs = compiled(rule), rule.needs

    def earned(value: object) -> int:
        row: Mapping[str, object] = {
            name: READERS[kind](None) if value is None else value for name, kind in needs.items()
        }
        return int(run(row))

    return earned
