"""Recency, frequency, monetary: how recently, how often and for how much does a customer buy?"""

from collections.abc import Iterable, Mapping
from typing import Literal, TypeAlias, cast

import attrs

from custseg.errors import ConfigError, did_you_mean
from custseg.features.periods import whole
from custseg.tiering.cuts import Cutter, Ties
from custseg.tiering.cutters.quantiles import Quantiles
from custseg.tiering.cutters.thresholds import Thresholds
from custseg.tiering.rfm.codes import MOST, check_map
from custseg.tiering.rfm.continuous import Continuous
from custseg.tiering.rfm.cutters import Halves, Middle, RQuantiles
from custseg.tiering.rfm.enough import EnoughBuyers
from custseg.tiering.rfm.learning import Scoring, learned
from custseg.tiering.rfm.maps import SegmentMap
from custseg.tiering.rfm.measure import (
    LENGTH,
    MONETARY,
    RECENCY,
    USUAL,
    Measure,
    check_weights,
    distinct,
)
from custseg.tiering.rfm.presets import segments
from custseg.tiering.rfm.scored import RFMModel
from custseg.tiering.settings import check_word

Binning: TypeAlias = Literal["independent", "nested"]
_LEAST = 2
_PRESETS = ("rfm8_zh", "lrfm", "r_rfm")


def _bins(given: int | Iterable[int]) -> tuple[int, ...]:
    many = given if isinstance(given, Iterable) else (given,)
    return tuple(whole(n, "bins", _LEAST) for n in many)


def _map(given: SegmentMap | str | None) -> SegmentMap | None:
    return segments(given) if isinstance(given, str) else given


def _usual_map(spec: "RFM") -> SegmentMap | None:
    sizes = spec.sizes
    usual = sizes.get("recency") == sizes.get("frequency") == 5 and not spec.compact  # noqa: PLR2004
    return segments("rf10") if usual else None


@attrs.frozen
class RFM:
    """How to score customers by recency, frequency and money; needs data before it can be applied.

    Attributes:
        bins: Scores of each measure, 2 to 10: one number for all, or one for each.
        cutters: Where to cut a measure, by its name, instead of equal shares of the buyers:
            ``Thresholds`` of your own, ``NaturalBreaks``, any class with a method ``cuts``.
        measures: What is scored. Those of a profile are usual: ``recency_days`` (less is better),
            ``frequency``, ``revenue``. Add ``LENGTH`` for LRFM or RFM-T, or take the mean order
            for money: ``Measure("monetary", "average_order")``.
        segments: Which scores are which segment: a map, or the name of one; ``None``: none. By
            default ``rf10`` where recency and frequency have five scores.
        binning: ``independent``, or ``nested``: frequency is cut inside each recency score, and
            money inside each of both.
        ties: Where equal values at a cut go: ``down``, ``up`` or ``middle`` (see ``Quantiles``);
            they are never split.
        compact: Leave out scores that nobody has (1, 3, 4, 5 become 1, 2, 3, 4). Scores then mean
            something else when they are learned again.
        weights: What each score counts in ``rfm_score``, by name, with up to four decimals; who is
            not named counts nothing. Empty: scores are digits (543).
        continuous: Also give scores from 0 to 100: ``percentile`` of the buyers, or ``scaled``
            between the worst and the best value.
        prospect: Segment of whoever has never bought; ``None``: none.
        by: Column of a group (industry, region) whose cut points are its own; continuous scores
            are of all buyers.
        enough: What a table must hold before it is learned from; ``None``: anything.
        fallback: Cutters that stand in where there is not enough, by measure.

    Raises:
        ConfigError: A number of bins is not 2 to 10, a name is unknown, or the map of segments is
            not written for these scores or leaves some without a segment.

    Source: Hughes 1994, *Strategic Database Marketing* (scores by fifths); IBM SPSS Direct
    Marketing, "RFM binning" (independent and nested, bins by measure); Chang & Tsay 2004 (length).

    >>> people = [
    ...     {"recency_days": 10 * i, "frequency": 10 - i, "revenue": 1000 - 100 * i}
    ...     for i in range(10)
    ... ]
    >>> model = RFM().fit(people)
    >>> [(row["rfm_score"], row["segment"]) for row in model.apply(people)][::4]
    [(555.0, 'champions'), (333.0, 'need_attention'), (111.0, 'hibernating')]
    """

    bins: int | tuple[int, ...] = attrs.field(default=(5,), converter=_bins)
    cutters: Mapping[str, Cutter] = attrs.field(factory=dict[str, Cutter], hash=False)
    measures: tuple[Measure, ...] = attrs.field(default=USUAL, converter=distinct)
    binning: Binning = attrs.field(default="independent", kw_only=True)
    ties: Ties = attrs.field(default="down", kw_only=True)
    compact: bool = attrs.field(default=False, kw_only=True)
    segments: SegmentMap | str | None = attrs.field(
        default=attrs.Factory(_usual_map, takes_self=True), converter=_map, kw_only=True
    )
    weights: Mapping[str, float] = attrs.field(factory=dict[str, float], kw_only=True, hash=False)
    continuous: Continuous | None = attrs.field(default=None, kw_only=True)
    prospect: str | None = attrs.field(default=None, kw_only=True)
    by: str | None = attrs.field(default=None, kw_only=True)
    enough: EnoughBuyers | None = attrs.field(default=None, kw_only=True)
    fallback: Mapping[str, Cutter] = attrs.field(
        factory=dict[str, Cutter], kw_only=True, hash=False
    )

    def __attrs_post_init__(self) -> None:
        """Check the numbers and the names."""
        sizes = self.sizes
        if odd := {m: n for m, n in sizes.items() if n is not None and not _LEAST <= n <= MOST}:
            msg = f"scores are {_LEAST} to {MOST}, got {odd}"
            raise ConfigError(msg, "bins")
        check_word("binning", self.binning, ("independent", "nested"))
        check_word("ties", self.ties, ("down", "up", "middle"))
        if self.continuous is not None:
            check_word("continuous", self.continuous, ("percentile", "scaled"))
        self._check_names()
        self._check_together()
        known = {name: n for name, n in sizes.items() if n is not None}
        if (made := self.map) is not None and not self.compact and len(known) == len(sizes):
            check_map(made, known)

    @classmethod
    def preset(
        cls, name: str, *, split: Middle | tuple[float, float, float] | None = None
    ) -> "RFM":
        """A customary way to score.

        ``rfm8_zh``: near or far, often or seldom, much or little, and the eight classes that
        follow; ``split`` says where: the ``mean``, the ``median``, or three points of the business
        (so many days or fewer, so many purchases or more, so much money or more). ``lrfm``:
        length, recency, frequency, money. ``r_rfm``: as R's package rfm, which counts orders.

        Args:
            name: ``rfm8_zh``, ``lrfm`` or ``r_rfm``.
            split: Where the eight classes are split; by default the mean.

        Raises:
            ConfigError: There is no such way, or it is not split.

        >>> model = RFM.preset("rfm8_zh", split=(10, 3, 200)).fit([])
        >>> row = model.one({"recency_days": 10, "frequency": 1, "revenue": 350})
        >>> row["segment"], model.segments.label(row["segment"], "zh")
        ('important_develop', '重要发展客户')
        """
        if name == "rfm8_zh":
            return cls(2, _split("mean" if split is None else split), segments=segments(name))
        if split is not None and name in _PRESETS:
            msg = f"{name!r} is not split in two, so leave it out"
            raise ConfigError(msg, "split")
        if name == "lrfm":
            return cls(measures=(LENGTH, *USUAL))
        if name == "r_rfm":
            orders = Measure("frequency", "orders")
            cutters: dict[str, Cutter] = {measure.name: RQuantiles() for measure in USUAL}
            return cls(cutters=cutters, measures=(RECENCY, orders, MONETARY), segments=None)
        msg = f"no preset {name!r}; there are {list(_PRESETS)}.{did_you_mean(str(name), _PRESETS)}"
        raise ConfigError(msg)

    @property
    def map(self) -> SegmentMap | None:
        """The map of segments, also where its name was given.

        >>> RFM(segments=None).map
        """
        return _map(self.segments)

    @property
    def sizes(self) -> dict[str, int | None]:
        """Number of scores of each measure; ``None`` where only the data can say.

        >>> RFM((5, 4, 3)).sizes
        {'recency': 5, 'frequency': 4, 'monetary': 3}
        """
        given = _bins(self.bins)
        bins = given * len(self.measures) if len(given) == 1 else given
        if len(bins) != len(self.measures):
            names = [measure.name for measure in self.measures]
            msg = f"bins are one number, or one for each of {names}, got {list(given)}"
            raise ConfigError(msg, "bins")
        own = {name: getattr(cutter, "classes", None) for name, cutter in self.cutters.items()}
        pairs = zip(self.measures, bins, strict=True)
        return {measure.name: own.get(measure.name, n) for measure, n in pairs}

    def cutter(self, measure: Measure) -> Cutter:
        """What cuts a measure.

        Args:
            measure: One of the measures.
        """
        if (given := self.cutters.get(measure.name)) is not None:
            return given
        n = self.sizes[measure.name] or 1
        return Quantiles(tuple(i / n for i in range(1, n)), ties=self.ties)

    def fit(self, data: object) -> RFMModel:
        """Freeze the cut points that a table implies.

        Whoever has never bought (recency is missing) is not looked at.

        Args:
            data: One row a customer, as ``profile`` or ``rfm_measures`` gives; left unread where
                every cutter has points of its own.

        Raises:
            NotEnoughDataError: Nobody has bought, or there is less than ``enough`` and no fallback.
            DataError: A column is not a number, or a value is infinite.
            MissingColumnError: A measure's column is missing.
            ConfigError: The cutters made other scores than the map of segments is written for.
        """
        scoring = cast("Scoring", self)  # a converter hides from tools that it is one
        scales, notes = learned(scoring, data)
        return RFMModel(
            scales=scales,
            segments=self.map,
            weights=self.weights,
            continuous=self.continuous,
            prospect=self.prospect,
            notes=notes,
        )

    def _check_names(self) -> None:
        names = [measure.name for measure in self.measures]
        for field in ("cutters", "weights", "fallback"):
            given: Mapping[str, object] = getattr(self, field)
            if unknown := [name for name in given if name not in names]:
                hint = did_you_mean(unknown[0], names)
                msg = f"no measure {unknown[0]!r}; there are {names}.{hint}"
                raise ConfigError(msg, field)
        check_weights(self.weights)
        if self.prospect is not None and "recency" not in names:
            msg = f"prospects have no recency, but it is not among the measures {names}"
            raise ConfigError(msg, "prospect")
        if self.prospect is not None and self.map is None:
            msg = "there are no segments for prospects to have one of; give a map, or leave it out"
            raise ConfigError(msg, "prospect")
        for name, cutter in (*self.cutters.items(), *self.fallback.items()):
            if not callable(getattr(cutter, "cuts", None)):
                msg = f"{name!r} needs a cutter, such as Thresholds, got {type(cutter).__name__}"
                raise ConfigError(msg, "cutters")

    def _check_together(self) -> None:
        if self.by is not None and (self.compact or self.binning == "nested"):
            msg = "cut points by group go with independent bins that are not compact"
            raise ConfigError(msg, "by")
        if self.compact and self.binning == "nested":
            msg = "compact scores go with independent bins"
            raise ConfigError(msg, "compact")


def _split(split: Middle | tuple[float, float, float]) -> dict[str, Cutter]:
    if isinstance(split, str):
        return {measure.name: Halves(split) for measure in USUAL}
    if len(split) != len(USUAL):
        msg = f"is 'mean', 'median', or three points: days, purchases, money; got {split!r}"
        raise ConfigError(msg, "split")
    days, orders, money = split
    return {
        "recency": Thresholds((days,), closed="right"),
        "frequency": Thresholds((orders,)),
        "monetary": Thresholds((money,)),
    }
