"""Points set by hand that closed customers move: a little at first, freely in the end."""

from math import log
from typing import Any, ClassVar, Final, Literal, cast

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Bools, Codes, Floats, words
from custseg.errors import ConfigError
from custseg.frames import Table
from custseg.scoring.binning.reading import used
from custseg.scoring.card.learnt import Learnt
from custseg.scoring.card.odds import Odds
from custseg.scoring.card.scorecard import Scorecard
from custseg.scoring.effects.choosing import Choice, choice
from custseg.scoring.effects.field import Field, common
from custseg.scoring.effects.standing import free_points, standing
from custseg.scoring.outcome import Outcome, ends_of
from custseg.scoring.prior.cells import Design
from custseg.scoring.prior.moving import Shift, moved
from custseg.scoring.prior.posterior import USUAL, Belief, Posterior

_NOBODY: Final = np.zeros(0, dtype=np.bool_)
_WORDS: Final = 100  # of a column; the others share a cell
_MOST_PULL: Final = 0.25  # of p (1 - p), at even odds


@attrs.frozen
class ExpertPrior:
    """A card by hand, moved by closed customers as far as they are enough to be believed.

    The points of the card come first: at no outcome it is the card. Each closed customer then
    tells two things: what the points are worth in chances, and by how much each value of each
    column is better or worse than its points say. A value of few customers hardly moves, one of
    many moves to what it is; columns that the card does not have start at nothing. A card with
    ``Odds`` is believed in these, too: a few outcomes hardly change its chances.

    Groups with limits stay: what is learnt of their factors is a factor beside them. It counts for
    score and probability; grades by a matrix are those of the groups, and do not learn it.

    Attributes:
        card: The card by hand.
        outcome: The column that says how it ended.
        positive: The value that counts as won; see ``read_outcome``.
        columns: The columns to learn from; none: those of the card and all others that can be
            used.
        exclude: Columns to leave out.
        protect: Columns never to learn from, such as gender: kept for the audit.
        strength: How firmly values are held to their points: 20 says that points are taken to be
            about 1 / sqrt(20) = 0.22 of log-odds off. ``auto`` starts there and lets the outcomes
            say whether the card is better or worse than that.
        bands: Into how many bands of equally many customers a number is cut.

    Source: a logistic regression with normal priors around the points of the card (see
    ``custseg.scoring.prior.posterior``); strength and bands are custseg's own choice.

    >>> from custseg import datasets
    >>> from custseg.scoring import Categories, Factor, Ramp
    >>> hand = Scorecard(
    ...     (
    ...         Factor("minutes", worth=60, curve=Ramp(0, 30)),
    ...         Factor("source", worth=40, curve=Categories({"referral": 1, "event": 0.5})),
    ...     )
    ... )
    >>> learner = ExpertPrior(hand, outcome="outcome")
    >>> learner.fit([]).factors == hand.factors
    True
    >>> card = learner.fit(datasets.leads(200).closed)
    >>> card.factors[0].name, "probability" in card.gives, card.learnt.rows
    ('minutes', True, 164)
    """

    schema_version: ClassVar[int] = 1

    card: Scorecard
    outcome: str | None = attrs.field(default=None, kw_only=True)
    positive: str | float | bool | None = attrs.field(default=None, kw_only=True)
    columns: tuple[str, ...] = attrs.field(default=(), converter=words, kw_only=True)
    exclude: tuple[str, ...] = attrs.field(default=(), converter=words, kw_only=True)
    protect: tuple[str, ...] = attrs.field(default=(), converter=words, kw_only=True)
    strength: float | Literal["auto"] = attrs.field(default="auto", kw_only=True)
    bands: int = attrs.field(default=20, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Check the settings."""
        word = isinstance(self.strength, str)
        if (word and self.strength != "auto") or not self._start > 0 or self.bands < 1:
            msg = "strength is 'auto' or above 0, and bands at least 1, "
            msg += f"got {self.strength!r} and {self.bands}"
            raise ConfigError(msg)

    def fit(
        self,
        data: object,
        /,
        *,
        outcome: str | None = None,
        positive: str | float | bool | None = None,
    ) -> Scorecard:
        """Learn from the closed customers of a table.

        Args:
            data: One row a customer: records or a frame.
            outcome: The column that says how it ended; by default that of the settings.
            positive: The value that counts as won.

        Returns:
            The card with its factors moved and its points as chances. ``learnt`` says how many
            outcomes the points by hand still count for. While nobody is won, or nobody lost, it is
            the card itself.

        Raises:
            ConfigError: No outcome is named, or it cannot be read.
            MissingColumnError: A column of the card, or a named one, is not there.
        """
        name = outcome or self.outcome
        if name is None:
            msg = "name the column that says how it ended: outcome=..."
            raise ConfigError(msg, "outcome")
        table = frames.table(data)
        if not table.columns:
            return self._untouched(Outcome(name, _NOBODY, _NOBODY))
        found = ends_of(table, name, self.positive if positive is None else positive)
        if not 0 < found.cases < found.rows:
            return self._untouched(found)
        barred = (found.column, *self.exclude, *self.protect)
        chosen = choice(table, found.known, self.columns, barred, bands=self.bands)
        points = free_points(self.card, table)[found.known]
        return self._moved(table, found, chosen, points)

    def _untouched(self, found: Outcome) -> Scorecard:
        learnt = Learnt(
            "expert-prior", found.column, found.rows, found.cases, weight=self._start / _MOST_PULL
        )
        return attrs.evolve(self.card, learnt=learnt)

    def _belief(self, middle: float, spread: float) -> Belief:
        """What the card says of customers with the middle of the points, and of one spread."""
        firm = None if self.strength == "auto" else float(self.strength)
        odds = self.card.odds
        if not isinstance(odds, Odds):
            return Belief(strength=firm)
        start = log(odds.odds) + (middle - odds.at) / odds.factor
        return Belief(spread / odds.factor, firm, start)

    @property
    def _start(self) -> float:
        return USUAL if isinstance(self.strength, str) else float(self.strength)

    def _moved(
        self, table: Table[Any], found: Outcome, chosen: Choice, points: Floats
    ) -> Scorecard:
        middle, spread = standing(points)
        known, won = found.known, found.won[found.known]
        given = [_as_carded(field, self.card, table, known) for field in chosen.fields]
        parts = [common(field, field.at(table)[known], _WORDS) for field in given]
        fields, columns = [field for field, _ in parts], [at for _, at in parts]
        design = Design.of((points - middle) / spread, fields, columns, won)
        after = self._belief(middle, spread).after(design)
        each = after.weights[1] / spread
        starts = zip(fields, design.starts, design.sizes, strict=True)
        many = design.sums(design.rows)
        shifts = [
            Shift(f, after.weights[i : i + size] / each, many[i : i + size])
            for f, i, size in starts
        ]
        return attrs.evolve(
            self.card,
            factors=moved(self.card, shifts),
            odds=Odds(at=middle - float(after.weights[0]) / each, double=log(2) / each),
            learnt=_learnt(found, chosen, after),
        )


def _as_carded(field: Field, card: Scorecard, table: Table[Any], known: Bools) -> Field:
    """The column as the card reads it: numbers that it lists as words are words."""
    if field.edges is None or card.needs.get(field.column) != "text":
        return field
    codes = cast("Codes", table.read({field.column: "text"})[field.column])
    return Field(field.column, words=used(Codes(codes.at[known], codes.words)).words)


def _learnt(found: Outcome, chosen: Choice, after: Posterior) -> Learnt:
    """How it was learnt, and how many outcomes the points by hand still count for."""
    usual = found.cases / found.rows
    against = ("learnt_prior_against",) if after.against else ()
    return Learnt(
        "expert-prior",
        found.column,
        found.rows,
        found.cases,
        weight=after.strength / (usual * (1 - usual)),
        notes=(*against, *chosen.notes),
    )
