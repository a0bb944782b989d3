"""Why is the score what it is, and what would raise it?"""

from collections.abc import Mapping
from typing import Final, Literal, TypeAlias

import attrs

from custseg.errors import ConfigError
from custseg.labels import label, title
from custseg.layout import html_table
from custseg.reasons import Explanation, Reason
from custseg.scoring.card.learnt import Learnt
from custseg.scoring.card.lines import Ask, Part, Raise, short, signed
from custseg.scoring.points import HUNDREDTHS
from custseg.showing import heads

Baseline: TypeAlias = Literal["usual", "neutral", "best"]
BASELINES: Final = ("usual", "neutral", "best")
_MOST: Final = 3


@attrs.frozen
class ScoreExplanation(Explanation):
    """Where the points of one record come from; they add up to the score exactly.

    Attributes:
        parts: The lines of the score: factors by their points, the weightiest first, then the
            base, then what limits changed.
        raises: What would lift it to the next grade; ``None`` of the best grade.
        asks: The factors of which nothing is known, to ask for: first those whose answer would
            add most for an average customer, then those that could add most.
        vetoes: What rules the customer out, whatever the score.
        learnt: How the points were learnt; ``None`` of points set by hand.
        levels: By factor, whole hundredths of an average customer, and half-way between the
            worst answer and the best.

    >>> from custseg.scoring import Scorecard
    >>> card = Scorecard.preset("customer", columns=["completeness", "complaints"])
    >>> why = card.explain({"completeness": None, "complaints": 2})
    >>> why.grade, why.ask
    ('D', 'completeness')
    >>> [part.factor for part in why.parts]
    ['complaints', 'completeness', 'score_base']
    """

    parts: tuple[Part, ...] = ()
    raises: Raise | None = None
    asks: tuple[Ask, ...] = ()
    vetoes: tuple[Reason, ...] = ()
    learnt: Learnt | None = None
    levels: Mapping[str, tuple[int, int]] = attrs.field(factory=dict[str, tuple[int, int]])

    @property
    def score(self) -> float:
        """The score in points."""
        return sum(part.hundredths for part in self.parts) / HUNDREDTHS

    @property
    def grade(self) -> str:
        """The grade."""
        return str(self.decision["grade"])

    @property
    def ask(self) -> str | None:
        """The factor to ask for next; ``None`` where no answer could add anything."""
        return self.asks[0].factor if self.asks else None

    def against(self, baseline: Baseline = "usual", *, most: int = _MOST) -> tuple[Reason, ...]:
        """The factors that set this customer apart, the farthest first.

        Args:
            baseline: What points are compared with: ``usual``, an average customer; ``neutral``,
                half-way from the worst answer to the best; ``best``, the best answer: then these
                are the points that were lost, as reasons for a refusal have to say.
            most: How many factors at most.

        Raises:
            ConfigError: There is no such baseline.

        >>> from custseg.scoring import Scorecard
        >>> card = Scorecard.preset("customer", columns=["completeness", "complaints"])
        >>> why = card.explain({"completeness": 0.9, "complaints": 3})
        >>> [reason.text() for reason in why.against("neutral")][0]
        'complaints: 6 points below half-way'
        """
        if baseline not in BASELINES:
            msg = f"baseline is one of {list(BASELINES)}, got {baseline!r}"
            raise ConfigError(msg)
        lines = {part.factor: part for part in self.parts if part.line == "factor"}
        inorder = [lines[name] for name in self.levels]
        apart = [(part.hundredths - self._level(part, baseline), part) for part in inorder]
        apart.sort(key=lambda pair: abs(pair[0]), reverse=True)
        return tuple(_contrast(gap, part, baseline) for gap, part in apart[:most] if gap)

    def _level(self, part: Part, baseline: Baseline) -> int:
        if baseline == "best":
            return round(HUNDREDTHS * (part.points if part.best is None else part.best))
        usual, neutral = self.levels[part.factor]
        return usual if baseline == "usual" else neutral

    def text(self, locale: str = "en", *, values: bool = False) -> str:
        """The score and its lines, in a language; values of fields only when asked."""
        head = label("score_head", locale).format(
            score=short(self.score), grade=label(self.grade, locale)
        )
        chance = self.decision.get("probability")
        if isinstance(chance, float):
            head += label("score_chance", locale).format(probability=f"{100 * chance:.4g}%")
        lines = [head, *(f"  {part.text(locale, values=values)}" for part in self.parts)]
        lines += [label("score_veto", locale).format(why=v.text(locale)) for v in self.vetoes]
        if self.raises is not None:
            lines.append(self.raises.text(locale))
        if self.asks:
            names = label("list_comma", locale).join(
                title(a.factor, locale) for a in self.asks[:_MOST]
            )
            lines.append(label("score_ask", locale).format(name=names))
        if self.learnt is not None:
            lines.append(self.learnt.text(locale))
        return "\n".join(lines)

    def as_dict(self, *, values: bool = False) -> dict[str, object]:
        """Plain data for JSON; values of fields only when asked."""
        return {
            "subject": self.subject,
            "decision": dict(self.decision),
            "parts": [part.as_dict(values=values) for part in self.parts],
            "raises": None if self.raises is None else attrs.asdict(self.raises),
            "ask": self.ask,
            "asks": [attrs.asdict(ask) for ask in self.asks],
            "vetoes": [veto.as_dict(values=values) for veto in self.vetoes],
            "learnt": None if self.learnt is None else attrs.asdict(self.learnt),
        }

    def html(self, locale: str = "en") -> str:
        """The same as a small page for notebooks."""
        rows = [
            (part.named(locale), signed(part.points), part.best, part.reason.text(locale))
            for part in self.parts
        ]
        head = html_table(heads(locale, "score", "grade"), [(short(self.score), self.grade)])
        return head + html_table(heads(locale, "factor", "points", "at_most", "why"), rows)


def _contrast(gap: int, part: Part, baseline: Baseline) -> Reason:
    side = "above" if gap > 0 else "below"
    said = {"factor": part.title or part.factor, "points": abs(gap) / HUNDREDTHS}
    return Reason(f"score_{side}_{baseline}", said)
