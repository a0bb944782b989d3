"""How good is this customer, and why?"""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import ClassVar, Final, Self, TypeVar, cast

import attrs
from attrs.converters import optional

from custseg import frames
from custseg._typing import Record
from custseg.errors import ConfigError
from custseg.model import RowModel
from custseg.rules import F, Ladder, Rule, Scaled, Sum, merged
from custseg.scoring.card.contributions import Contributions
from custseg.scoring.card.difference import CardDifference, difference
from custseg.scoring.card.explanation import ScoreExplanation
from custseg.scoring.card.factor import Factor
from custseg.scoring.card.grades import Grades, Grading
from custseg.scoring.card.groups import Group, Layout, check_limits, limits
from custseg.scoring.card.learnt import Learnt
from custseg.scoring.card.ledger import Ledger
from custseg.scoring.card.odds import Chance
from custseg.scoring.card.presets import preset
from custseg.scoring.card.reach import reach
from custseg.scoring.card.veto import Veto
from custseg.scoring.points import HUNDREDTHS, check_finite, hundredths

T = TypeVar("T")
_RULED_OUT: Final = -(10**12)
"""Whole hundredths that are below any score."""


def _factors(factors: Iterable[Factor]) -> tuple[Factor, ...]:
    return tuple(factors)


def _groups(groups: Iterable[Group]) -> tuple[Group, ...]:
    return tuple(groups)


def _vetoes(vetoes: Iterable[Veto]) -> tuple[Veto, ...]:
    return tuple(vetoes)


@attrs.frozen
class Scorecard(RowModel):
    """Points for what is known of a customer, added up and graded.

    It is its own model: points set by hand learn nothing, so a card applies as it is. It adds

    - ``score``: points, exact to the hundredth;
    - ``grade``: the grade of the score;
    - ``score_confidence``: the share of all worth of which there is evidence, 0 to 1. A customer
      of whom nothing is known is not a bad one, but one of confidence 0;
    - ``probability``, where the card has ``odds``: the chance that its points stand for, in whole
      millionths, never 0 and never 1. It is of the points before ``low`` and ``high`` of the
      score: a score held at 100 still tells the likely from the nearly certain;
    - ``veto``, where the card has ``vetoes``: the code of the first that holds.

    Attributes:
        factors: What counts.
        base: Points that every customer starts with.
        low: Least score; ``None`` is no limit.
        high: Most score; ``None`` is no limit.
        grades: The scale of grades: ``Grades``, or a ``GradeMatrix`` over two groups.
        groups: Groups of factors with limits of their own.
        odds: The chance that points stand for: ``Odds``, ``ChanceCurve`` or a scale of your own.
        learnt: How the points were learnt; ``None`` of points set by hand.
        vetoes: What rules a customer out: the grade is the last one, whatever the score.

    Raises:
        ConfigError: No factor is worth anything, two have one name, a group is unknown or idle,
            or a limit is impossible.

    >>> from custseg.scoring import Factor, Ramp
    >>> card = Scorecard(
    ...     (
    ...         Factor("orders", worth=60, curve=Ramp(0, 10)),
    ...         Factor("satisfaction", worth=40, curve=Ramp(0, 100), missing=0.5),
    ...         Factor("complaints", worth=-20, curve=Ramp(0, 2)),
    ...     )
    ... )
    >>> record = {"orders": 9, "satisfaction": None, "complaints": 1}
    >>> card.one(record)["score"], card.one(record)["grade"]
    (64.0, 'B')
    >>> print(card.explain(record).text())
    score 64, grade B
      orders +54 (at most 60): earns a part
      satisfaction +20 (at most 40): nothing is known
      complaints -10 (at most 0): takes points away
    16 points short of grade A; enough for it: satisfaction +20
    to ask for next: satisfaction
    """

    schema_version: ClassVar[int] = 1

    factors: tuple[Factor, ...] = attrs.field(converter=_factors)
    base: float = attrs.field(default=0.0, converter=float, kw_only=True)
    low: float | None = attrs.field(default=0.0, converter=optional(float), kw_only=True)
    high: float | None = attrs.field(default=100.0, converter=optional(float), kw_only=True)
    grades: Grading = attrs.field(factory=Grades, kw_only=True)
    groups: tuple[Group, ...] = attrs.field(default=(), converter=_groups, kw_only=True)
    odds: Chance | None = attrs.field(default=None, kw_only=True)
    learnt: Learnt | None = attrs.field(default=None, kw_only=True)
    vetoes: tuple[Veto, ...] = attrs.field(default=(), converter=_vetoes, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Check that the parts fit one another."""
        check_finite("base", self.base)
        check_limits("the score", self.low, self.high)
        if self.learnt is None and not any(hundredths(factor.worth) for factor in self.factors):
            msg = "a scorecard needs at least one factor with a worth other than 0"
            raise ConfigError(msg)
        self.rules()  # building it checks groups, grades and vetoes

    @classmethod
    def preset(
        cls,
        name: str = "customer",
        *,
        revenue: float = 10_000.0,
        columns: Iterable[str] = (),
        attributes: Mapping[str, Mapping[str, float]] | None = None,
    ) -> Self:
        """A first sensible card over the columns of a profile.

        With ``source``, ``lifetime_value`` and ``attributes`` it comes to 100 points in all.

        Args:
            name: ``customer`` (value, activity, loyalty, willingness to pay, engagement,
                contentment and the record itself; complaints and late payment lower) or ``lead``
                (who somebody is and how lively the interest is, as a matrix of grades A1 to C3).
            revenue: Revenue that earns all of its points, in your currency: that of a very good
                customer.
            columns: The columns that there are, such as those of your table; by default those of
                a profile, so without ``source`` and ``lifetime_value``. A factor without its
                column is left out, and what it earns where nothing is known goes into the base:
                the score is as if the column were empty. The confidence counts only the factors
                that are left.
            attributes: Columns of words that tell good customers in your trade, and of each word
                its share, from 0 to 1: ``{"industry": {"medical": 1, "retail": 0.3}}``.

        Raises:
            ConfigError: There is no such card, or the revenue is not above 0.
            MissingColumnError: None of the columns of the card is there.

        Source: custseg's own judgement, to start from and to change.

        >>> [group.name for group in Scorecard.preset("customer").groups][:4]
        ['value', 'activity', 'loyalty', 'willingness']
        >>> card = Scorecard.preset("customer", columns=["customer_id", "revenue", "complaints"])
        >>> [factor.name for factor in card.factors], card.base
        (['revenue', 'complaints'], 10.5)
        """
        made = preset(name, revenue=revenue, columns=columns, attributes=attributes)
        return cls(made.factors, base=made.base, groups=made.groups, grades=made.grades)

    def fit(self, data: object, /) -> Self:  # noqa: ARG002 - points set by hand learn nothing
        """Give the card itself: its points are set by hand.

        >>> card = Scorecard.preset("lead")
        >>> card.fit([]) is card
        True
        """
        return self

    @cached_property
    def _ledger(self) -> Ledger:
        layout = Layout(
            self.factors, self.groups, hundredths(self.base), limits(self.low, self.high)
        )
        return Ledger(layout, self.grades, self.odds, self.vetoes, self.learnt)

    def rules(self) -> Mapping[str, Rule]:
        """The columns and their trees."""
        layout = self._ledger.layout
        sums = layout.sums()
        rules: dict[str, Rule] = {
            "score": Scaled(sums[None], float(HUNDREDTHS)),
            "grade": self.grades.tree(sums, self._down()),
            "score_confidence": self._confidence(),
        }
        if self.odds is not None:
            whole = layout.unlimited()
            rules["probability"] = self.odds.chance(whole, *reach(whole, missing=True))
        if self.vetoes:
            codes = tuple((veto.when, veto.code) for veto in self.vetoes)
            rules["veto"] = Ladder(codes, None)
        return rules

    def _down(self) -> Rule | None:
        """Far below every score where the customer is ruled out, 0 elsewhere."""
        if not self.vetoes:
            return None
        return Ladder(tuple((veto.when, _RULED_OUT) for veto in self.vetoes), 0)

    def _confidence(self) -> Rule:
        weights = self._ledger.weights
        known = tuple(
            Ladder(((F(factor.field).is_present(), weights[factor.name]),), 0)
            for factor in self.factors
            if weights[factor.name]
        )
        if not known:  # learnt while nobody was won, or nobody lost: nothing says anything
            return Scaled(Ladder((), 0))
        return Scaled(Sum(known), float(sum(weights.values())))

    def diff(self, other: "Scorecard") -> CardDifference:
        """Where another card gives other points than this one.

        Args:
            other: The other card, such as this one after outcomes moved it.

        >>> card = Scorecard.preset(columns=["visits", "products", "revenue"])
        >>> card.diff(Scorecard.preset(columns=["products"])).removed
        ('revenue',)
        """
        base = (hundredths(other.base) - hundredths(self.base)) / HUNDREDTHS
        return difference(self.factors, other.factors, base=base)

    def contributions(self, data: object) -> Contributions:
        """Where the points of a whole table come from.

        Args:
            data: A profile, one row a customer: records or a frame. Of a lazy table the columns
                that the card reads are fetched.

        Returns:
            The points of each row by factor, base and limits; they add up to the score exactly.

        Raises:
            MissingColumnError: A column of the card is missing.

        >>> card = Scorecard.preset("lead", columns=["visits", "complaints"])
        >>> card.contributions([{"visits": 20, "complaints": 1}]).points.tolist()
        [[1400, -500, 1000, 0]]
        """
        opened = frames.table(
            list(cast("Iterable[object]", data)) if frames.is_iterator(data) else data
        )
        cols = opened.read(merged(factor.rule().needs for factor in self.factors))
        return Contributions(self._ledger.layout, cols, opened)

    def with_usual(self, data: object) -> Self:
        """The card with what these customers earn on average as what is usual.

        Args:
            data: Customers to compare with.

        >>> card = Scorecard.preset("lead", columns=["visits"])
        >>> card.with_usual([{"visits": 0}, {"visits": 20}]).factors[0].usual
        7.0
        """
        mean = self.contributions(data).mean()
        factors = (attrs.evolve(one, usual=round(mean[one.name], 2)) for one in self.factors)
        return attrs.evolve(self, factors=tuple(factors))

    def explain(self, record: Record) -> ScoreExplanation:
        """Where the points come from; they add up to the score exactly.

        Args:
            record: One customer, with the columns that the factors read.

        Returns:
            Score, grade, the points of each factor, what would lift the score to the next
            grade, and which unknown factor to ask for next. Values of fields are shown only
            with ``values=True``.

        Raises:
            MissingColumnError: A needed key is missing.

        >>> card = Scorecard.preset("lead")
        >>> known = {"interactions": 10, "open_opportunities": 1, "completeness": 0.5}
        >>> said = card.explain({**dict.fromkeys(card.needs), **known})
        >>> said.score, said.grade, said.ask
        (35.0, 'B2', 'visits')
        >>> [(part.factor, part.points) for part in said.parts][:3]
        [('interactions', 12.0), ('completeness', 10.0), ('open_opportunities', 3.0)]
        """
        return self._ledger.explain(frames.as_mapping(record))


def score(data: T, card: Scorecard | None = None) -> T:
    """Score customers.

    Args:
        data: A profile, one row a customer: records or a frame.
        card: The card; by default the preset ``customer``, over those of its columns that the
            table has.

    Returns:
        The same kind of table with ``score``, ``grade`` and ``score_confidence`` added.

    Raises:
        MissingColumnError: A column of the card is missing; by default, all of them are.

    >>> from custseg.scoring import score
    >>> score([{"customer_id": 7, "revenue": 10_000, "complaints": 1}])[0]["score"]
    20.5
    """
    opened = frames.table(data)
    chosen = Scorecard.preset(columns=opened.columns) if card is None else card
    return cast("T", chosen.apply(opened))
