"""Which segment follows from which scores, as data."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, TypeAlias

import attrs

from custseg.errors import ConfigError
from custseg.labels import LOCALES, label
from custseg.tiering.rfm.patterns import boxes
from custseg.tiering.settings import check_word

Pick: TypeAlias = Literal["first", "specific"]
Span: TypeAlias = tuple[float, float]


def _spans(given: Mapping[str, Iterable[float]]) -> dict[str, Span]:
    out: dict[str, Span] = {}
    for name, span in given.items():
        ends = _ends(span)
        if ends is None or not ends[0] <= ends[1]:
            msg = f"the scores of {name!r} are a lowest and a highest, got {span!r}"
            raise ConfigError(msg)
        out[name] = ends
    return out


def _ends(span: object) -> Span | None:
    """Two numbers, if it is two."""
    match span:
        case (int() | float() as low, int() | float() as high):
            return float(low), float(high)
        case _:
            return None


@attrs.frozen
class SegmentRule:
    """One segment, and the scores that lead to it.

    Attributes:
        segment: Code of the segment; several rules may name the same.
        scores: Lowest and highest score by measure, both included. Names joined by ``+`` mean the
            average of their scores: ``{"frequency+monetary": (3, 5)}``.

    Raises:
        ConfigError: There is no name, or a span is not a lowest and a highest score.

    >>> rule = SegmentRule("champions", {"recency": (5, 5), "frequency": (4, 5)})
    >>> rule.measures
    ('recency', 'frequency')
    """

    segment: str
    scores: Mapping[str, Span] = attrs.field(converter=_spans, hash=False)

    def __attrs_post_init__(self) -> None:
        """Check the name."""
        if not self.segment:
            msg = "a segment needs a name"
            raise ConfigError(msg)

    @property
    def measures(self) -> tuple[str, ...]:
        """The measures whose scores it reads."""
        return tuple(dict.fromkeys(part for name in self.scores for part in name.split("+")))


@attrs.frozen
class SegmentMap:
    """Segments by score: a table that can be read, changed, checked and stored.

    Attributes:
        rules: The segments and their scores.
        name: What the map is called.
        pick: Where several rules hold: ``first``, in the order given; ``specific``: the rule that
            covers the fewest cells of the grid of scores, then the one whose middle is nearest to
            the scores, then the first.
        otherwise: Segment of scores that no rule covers; without one, a map that leaves cells
            uncovered is refused by ``RFM``: nobody is in "other" unless you say so.
        bins: How many scores of each measure it is written for; empty: any.
        labels: Words for segments of your own by language, ``{"zh": {"vip": "大客户"}}``.

    Raises:
        ConfigError: There is no rule, or a word is unknown.

    >>> loyal = SegmentMap.of({"loyal": {"frequency": (4, 5)}}, otherwise="others")
    >>> loyal.segments, loyal.label("loyal", "zh")
    (('loyal', 'others'), '忠诚客户')
    """

    rules: tuple[SegmentRule, ...]
    name: str = attrs.field(default="", kw_only=True)
    pick: Pick = attrs.field(default="first", kw_only=True)
    otherwise: str | None = attrs.field(default=None, kw_only=True)
    bins: Mapping[str, int] = attrs.field(factory=dict[str, int], kw_only=True, hash=False)
    labels: Mapping[str, Mapping[str, str]] = attrs.field(
        factory=dict[str, Mapping[str, str]], kw_only=True, hash=False
    )

    def __attrs_post_init__(self) -> None:
        """Check the words."""
        if not self.rules:
            msg = "a map of segments needs at least one rule"
            raise ConfigError(msg)
        check_word("pick", self.pick, ("first", "specific"))
        for locale in self.labels:
            check_word("labels", locale, LOCALES)

    @classmethod
    def of(
        cls,
        spans: Mapping[str, Mapping[str, Iterable[float]]],
        *,
        name: str = "",
        pick: Pick = "first",
        otherwise: str | None = None,
    ) -> "SegmentMap":
        """A map from segments and their spans of scores, in order.

        Args:
            spans: Segment -> measure -> lowest and highest score.
            name: What the map is called.
            pick: Which rule wins where several hold.
            otherwise: Segment of what is left over.

        >>> SegmentMap.of({"new": {"recency": (5, 5), "frequency": (1, 1)}}).segments
        ('new',)
        """
        rules = tuple(SegmentRule(segment, _spans(scores)) for segment, scores in spans.items())
        return cls(rules, name=name, pick=pick, otherwise=otherwise)

    @classmethod
    def of_patterns(
        cls,
        patterns: Mapping[str, str | int | Iterable[str | int]],
        *,
        measures: tuple[str, ...] = ("recency", "frequency", "monetary"),
        otherwise: str | None = None,
    ) -> "SegmentMap":
        """A map from patterns of score digits, as other tools write them: ``[4-5][2-3]``, ``334``.

        Args:
            patterns: Segment -> one pattern or several; each position is a digit, a class of
                digits in brackets, or a point for any.
            measures: The measure of each position.
            otherwise: Segment of what is left over.

        Raises:
            ConfigError: A pattern cannot be read, or has another number of positions.

        >>> grid = SegmentMap.of_patterns(
        ...     {"champions": "5[4-5]", "others": "[1-4]."}, measures=("recency", "frequency")
        ... )
        >>> dict(grid.rules[0].scores)
        {'recency': (5.0, 5.0), 'frequency': (4.0, 5.0)}
        """
        rules = tuple(
            SegmentRule(segment, dict(zip(measures, box, strict=True)))
            for segment, given in patterns.items()
            for pattern in ((given,) if isinstance(given, str | int) else given)
            for box in boxes(str(pattern), len(measures))
        )
        return cls(rules, otherwise=otherwise)

    @property
    def segments(self) -> tuple[str, ...]:
        """The segments, in the order of the rules."""
        named = dict.fromkeys(rule.segment for rule in self.rules)
        return (*named, *(() if self.otherwise in {None, *named} else (str(self.otherwise),)))

    @property
    def measures(self) -> tuple[str, ...]:
        """The measures whose scores the rules read."""
        return tuple(dict.fromkeys(name for rule in self.rules for name in rule.measures))

    def label(self, segment: str, locale: str = "en") -> str:
        """What people read for a segment.

        Args:
            segment: Its code.
            locale: ``en`` or ``zh``.
        """
        return self.labels.get(locale, {}).get(segment) or label(segment, locale)

    def __iter__(self) -> Iterator[SegmentRule]:
        """Walk over the rules."""
        return iter(self.rules)
