"""A scorecard learnt from outcomes by weight of evidence."""

import logging
from collections.abc import Iterable, Mapping
from typing import Final, Literal

import attrs

from custseg import frames
from custseg._typing import words
from custseg.errors import ConfigError, NotEnoughDataError
from custseg.scoring.binning.settings import Binning
from custseg.scoring.binning.table import BinningTable
from custseg.scoring.card.grades import Grades
from custseg.scoring.card.learnt import Learnt
from custseg.scoring.card.odds import Odds
from custseg.scoring.card.scorecard import Scorecard
from custseg.scoring.outcome import Outcome
from custseg.scoring.points import check_finite
from custseg.scoring.woe.choosing import Why
from custseg.scoring.woe.logistic import Line
from custseg.scoring.woe.scaling import Scaling, Weighed
from custseg.scoring.woe.study import Plan, Study, study, weigh

_LOG = logging.getLogger(__name__)

_STRONG: Final = 0.9
_FEW: Final = 50
_NONE: Final = 1e-12  # of what tells nothing at all no points can be made


@attrs.frozen
class WeightOfEvidence:
    """Learn a scorecard from customers of whom it is known how it ended.

    Each column is cut into bins that run one way (see ``Binning``); each bin says by how much the
    odds there differ from the usual (its weight of evidence); a logistic regression weighs the
    columns against one another, so that what two of them say alike is not counted twice. The
    result is a ``Scorecard`` like any other: points by bin, exact reasons, SQL.

    Columns of their own accord left out, and named in the notes of the card: ids, names and
    contacts, dates, texts that nearly all differ, what is the same everywhere or never known, what
    says next to nothing, and what would count against its own evidence once the others are known.

    Attributes:
        outcome: The column that says how it ended; may be given to ``fit`` instead.
        positive: The value of it that counts as won; by default what plainly says so.
        columns: Columns to learn from; none: all that may tell something.
        exclude: Columns not to learn from, such as those filled in after the outcome.
        protect: Columns never to be used because they must not decide (gender, age); an audit
            looks at them.
        weight: Column of weights; a customer of weight 2 counts as two.
        binning: How columns are cut.
        by_column: Settings of single columns in its place: trends, your own edges, special codes.
        least_iv: The least information value of a column.
        ridge: Holds the weights of columns towards 0; the more customers, the less it does.
        signs: ``drop``: no column counts against its own evidence; ``keep``: they may.
        scale: ``None``: from 0 (least possible) to 100 (most possible); ``Odds(...)``: points to
            double the odds.
        grades: The scale of grades. ``None``: A from three times the usual odds up, B from the
            usual odds, C from a third of them, D below.

    Raises:
        ConfigError: A setting is impossible.

    Source: Siddiqi 2006, Credit Risk Scorecards; see ``Binning`` for the bins.

    >>> leads = [{"visits": i % 10, "source": "fair", "won": i % 10 > 6} for i in range(100)]
    >>> card = WeightOfEvidence(outcome="won").fit(leads)
    >>> card.factors[0].curve.edges, card.factors[0].curve.points
    ((7.0,), (0.0, 100.0))
    >>> card.one({"visits": 8})["score"]
    100.0
    """

    outcome: str | None = None
    positive: str | float | None = None
    columns: tuple[str, ...] = attrs.field(default=(), converter=words)
    exclude: tuple[str, ...] = attrs.field(default=(), converter=words)
    protect: tuple[str, ...] = attrs.field(default=(), converter=words)
    weight: str | None = attrs.field(default=None, kw_only=True)
    binning: Binning = attrs.field(factory=Binning, kw_only=True)
    by_column: Mapping[str, Binning] = attrs.field(factory=dict[str, Binning], kw_only=True)
    least_iv: float = attrs.field(default=0.01, converter=float, kw_only=True)
    ridge: float = attrs.field(default=1.0, converter=float, kw_only=True)
    signs: Literal["drop", "keep"] = attrs.field(default="drop", kw_only=True)
    scale: Odds | None = attrs.field(default=None, kw_only=True)
    grades: Grades | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Check the settings."""
        check_finite("least_iv and ridge", self.least_iv, self.ridge)
        if self.least_iv < 0 or self.ridge < 0:
            msg = f"least_iv and ridge are at least 0, got {self.least_iv} and {self.ridge}"
            raise ConfigError(msg)
        if self.signs not in {"drop", "keep"}:  # a document may say anything
            msg = f"signs are 'drop' or 'keep', got {self.signs!r}"
            raise ConfigError(msg)

    def fit(
        self,
        data: object,
        /,
        *,
        outcome: str | None = None,
        positive: str | float | None = None,
    ) -> Scorecard:
        """Learn the card.

        Args:
            data: Customers, one a row, with the column of outcomes. Rows without an outcome are
                not learnt from; the card says from how many it was.
            outcome: The column of outcomes, if not among the settings.
            positive: Its value that counts as won, if not among the settings.

        Raises:
            MissingColumnError: A column is missing.
            ConfigError: No outcome is named, or it cannot be read.
            NotEnoughDataError: No outcome is known, all are the same, or no column tells them
                apart.
            DataError: A weight is missing or negative.

        >>> leads = [{"visits": i % 10, "won": "yes" if i % 10 > 6 else "no"} for i in range(100)]
        >>> card = WeightOfEvidence().fit(leads, outcome="won")
        >>> card.learnt.rows, card.learnt.cases, card.one({"visits": None})["grade"]
        (100, 30, 'B')
        """
        ends = self._ends(outcome, positive)
        found = study(frames.table(data), self._plan, *ends)
        strong = {n: b for n, b in found.binned.items() if b.table.iv >= max(self.least_iv, _NONE)}
        weak = tuple(name for name in found.binned if name not in strong)
        _LOG.info("weight of evidence: %d of %d columns tell", len(strong), len(found.binned))
        if not strong:
            raise _nothing(ends[0], weak, found.left)
        line, kept = weigh(found.cases, list(strong.values()), self.ridge, self.signs)
        weighed = [
            Weighed(strong[name].table, float(slope))
            for name, slope in zip((list(strong)[i] for i in kept), line.slopes, strict=True)
        ]
        told = {one.table.column for one in weighed}
        against = tuple(name for name in strong if name not in told)
        clear = tuple(n for n in strong if n in told and strong[n].table.area >= _STRONG)
        left_out: dict[Why, tuple[str, ...]] = {
            **found.left,
            "weak": weak,
            "against": against,
            "strong": clear,
        }
        return self._card(weighed, line, found, _notes(left_out, found.outcome))

    def tables(
        self,
        data: object,
        /,
        *,
        outcome: str | None = None,
        positive: str | float | None = None,
    ) -> dict[str, BinningTable]:
        """The bins of every column that may tell something, before any is left out.

        Args:
            data: As for ``fit``.
            outcome: As for ``fit``.
            positive: As for ``fit``.

        Raises:
            CustsegError: As for ``fit``, but for columns that tell nothing.

        >>> leads = [{"visits": i % 10, "won": i % 10 > 6} for i in range(100)]
        >>> found = WeightOfEvidence(outcome="won").tables(leads)
        >>> found["visits"].edges, round(found["visits"].iv, 1)
        ((7.0,), 4.8)
        """
        found = study(frames.table(data), self._plan, *self._ends(outcome, positive))
        return {name: binned.table for name, binned in found.binned.items()}

    def _ends(
        self, outcome: str | None, positive: str | float | None
    ) -> tuple[str, str | float | None]:
        name = self.outcome if outcome is None else outcome
        if name is None:
            msg = "name the column of outcomes, here or in fit: outcome=..."
            raise ConfigError(msg, "outcome")
        return name, self.positive if positive is None else positive

    @property
    def _plan(self) -> Plan:
        spared = (*self.exclude, *self.protect)
        return Plan(self.columns, spared, self.weight, self.binning, self.by_column)

    def _card(
        self, weighed: list[Weighed], line: Line, found: Study, notes: tuple[str, ...]
    ) -> Scorecard:
        if self.scale is None:
            scaling = Scaling.whole(weighed, line.intercept)
        else:
            scaling = Scaling.to(self.scale, weighed, line.intercept)
        ends = found.outcome
        whole = self.scale is None
        return Scorecard(
            scaling.factors(weighed),
            base=scaling.base,
            low=0.0 if whole else None,
            high=100.0 if whole else None,
            grades=self.grades or scaling.grades(found.cases.base(0.0).rate),
            odds=scaling.odds,
            learnt=Learnt("weight-of-evidence", ends.column, ends.rows, ends.cases, notes=notes),
        )


def _nothing(outcome: str, weak: Iterable[str], left: Mapping[Why, tuple[str, ...]]) -> Exception:
    """Why there is nothing to make a card of."""
    told = {"say next to nothing": sorted(weak), "cannot be used": sorted(sum(left.values(), ()))}
    said = [f"{names} {why}" for why, names in told.items() if names]
    msg = f"no column tells won from lost in {outcome!r}: "
    return NotEnoughDataError(msg + (", ".join(said) or "none is left to learn from"))


def _notes(left: Mapping[Why, tuple[str, ...]], ends: Outcome) -> tuple[str, ...]:
    """What the card says of the columns it does not use, and of what it was learnt from."""
    notes = [f"learnt_{why}: {', '.join(names)}" for why, names in left.items() if names]
    if ends.unknown:
        notes.append(f"learnt_unknown: {ends.unknown}")
    if min(ends.cases, ends.rows - ends.cases) < _FEW:
        notes.append("learnt_few")
    return tuple(notes)
