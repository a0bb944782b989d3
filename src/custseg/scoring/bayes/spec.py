"""Naive Bayes: every value speaks for itself, counted one closed customer at a time."""

from collections.abc import Sequence
from typing import Any, Final

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Bools, Index, words
from custseg.errors import ConfigError
from custseg.frames import Table
from custseg.measures.logistic import logistic_map
from custseg.measures.tally import Tally
from custseg.scoring.bayes.carding import effects
from custseg.scoring.bayes.counts import SHRINK, OutcomeCounts
from custseg.scoring.bayes.folding import FOLDS, out_of_fold
from custseg.scoring.card.learnt import Learnt
from custseg.scoring.card.odds import Odds
from custseg.scoring.card.scorecard import Scorecard
from custseg.scoring.effects.choosing import Choice, choice
from custseg.scoring.effects.dealing import dealt
from custseg.scoring.effects.field import Cells
from custseg.scoring.outcome import Outcome, read_outcome

_STEEPEST: Final = 2.0
_FLATTEST: Final = 0.05


@attrs.frozen
class NaiveBayes:
    """A card from counts alone, as CRMs learn to score leads: each value by its won and lost.

    Counts are learnt from in one pass, add up over shards and take one closed customer at a time
    (``count`` gives them). What they say of each column is added up as if columns did not know of
    each other: the less that is true, the surer of itself the sum is. Unless ``calibrated`` is
    off, how much to believe it is learnt, too, from customers that the counts had not seen.

    Attributes:
        outcome: The column that says how it ended.
        positive: The value that counts as won; see ``read_outcome``.
        columns: The columns to learn from; none: all that can be used.
        exclude: Columns to leave out.
        protect: Columns never to use, such as gender: kept for the audit.
        by: The column of the team, to count teams apart.
        stage: The column of the stage of a sale.
        stages: All stages in order.
        exact: Whether to count as Odoo does: 0.1 more won and lost of each value, missing values
            left out, nothing calibrated.
        shrink: By how many customers of the usual rate each value is drawn to it.
        bands: Into how many bands of equally many customers a number is cut.
        calibrated: Whether to learn how far the sum is to be believed.
        scale: What points stand for; by default 0 to 100 from the least to the most likely.

    Source: the naive Bayes rule; shares drawn to the usual one as in Cestnik 1990, "Estimating
    probabilities: a crucial task in machine learning" (m = 10 is custseg's own choice).

    >>> from custseg import datasets
    >>> card = NaiveBayes(outcome="outcome").fit(datasets.leads(400).closed)
    >>> card.learnt.method, "probability" in card.gives
    ('naive-bayes', True)
    """

    outcome: str | None = None
    positive: str | float | bool | None = None
    columns: tuple[str, ...] = attrs.field(default=(), converter=words, kw_only=True)
    exclude: tuple[str, ...] = attrs.field(default=(), converter=words, kw_only=True)
    protect: tuple[str, ...] = attrs.field(default=(), converter=words, kw_only=True)
    by: str | None = attrs.field(default=None, kw_only=True)
    stage: str | None = attrs.field(default=None, kw_only=True)
    stages: tuple[str, ...] = attrs.field(default=(), converter=words, kw_only=True)
    exact: bool = attrs.field(default=False, kw_only=True)
    shrink: float = attrs.field(default=SHRINK, converter=float, kw_only=True)
    bands: int = attrs.field(default=20, kw_only=True)
    calibrated: bool = attrs.field(default=True, kw_only=True)
    scale: Odds | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Check the settings."""
        if not self.shrink > 0 or self.bands < 1:
            msg = f"shrink is above 0 and bands at least 1, got {self.shrink} and {self.bands}"
            raise ConfigError(msg)

    def count(
        self,
        data: object,
        /,
        *,
        outcome: str | None = None,
        positive: str | float | bool | None = None,
    ) -> OutcomeCounts:
        """Count the closed customers of a table, to go on counting live.

        Args:
            data: One row a customer: records or a frame.
            outcome: The column that says how it ended; by default that of the settings.
            positive: The value that counts as won.

        Raises:
            ConfigError: No outcome is named, or it cannot be read.
            MissingColumnError: A named column is not there.
            NotEnoughDataError: Nobody is won, nobody is lost, or no column is left.

        >>> closed = [{"source": ("fair", "talk")[i % 2], "won": i % 3 == 0} for i in range(30)]
        >>> counts = NaiveBayes(columns=("source",)).count(closed, outcome="won")
        >>> counts.update(won={"source": "fair"}).pairs("source")
        {'fair': (6, 10), 'talk': (5, 10)}
        """
        table = frames.table(data)
        found = self._read(table, outcome, positive)
        return self._counted(table, found, self._chosen(table, found))

    def fit(
        self,
        data: object,
        /,
        *,
        outcome: str | None = None,
        positive: str | float | bool | None = None,
    ) -> Scorecard:
        """Learn a card from the closed customers of a table, teams together.

        Args:
            data: One row a customer: records or a frame.
            outcome: The column that says how it ended; by default that of the settings.
            positive: The value that counts as won.

        Raises:
            ConfigError: No outcome is named, or it cannot be read.
            MissingColumnError: A named column is not there.
            NotEnoughDataError: Nobody is won, nobody is lost, or no column is left.

        >>> closed = [{"source": "fair" if i % 3 else "talk", "won": i % 4 > 1} for i in range(90)]
        >>> NaiveBayes().fit(closed, outcome="won").factors[0].name
        'source'
        """
        table = frames.table(data)
        if table.lazy:  # fetched once: won and lost are looked at apart
            table = table.select(name for name in table.columns if name not in self.exclude)
        found = self._read(table, outcome, positive)
        chosen = self._chosen(table, found)
        counts = self._counted(table, found, chosen)
        said = counts.evidence(exact=self.exact, shrink=self.shrink)
        if self.calibrated and not self.exact:
            known = found.known
            cells = [Cells(field.at(table)[known], len(field.names)) for field in chosen.fields]
            said = said.believed(*_belief(cells, found.won[known], self.shrink))
        learnt = Learnt("naive-bayes", found.column, found.rows, found.cases, notes=chosen.notes)
        told = effects(counts.layout, said, counts.team())
        return dealt(told, said.prior, scale=self.scale, learnt=learnt)

    def _read(
        self,
        table: Table[Any],
        outcome: str | None,
        positive: str | float | bool | None,  # noqa: FBT001 - a value
    ) -> Outcome:
        column = outcome or self.outcome
        if column is None:
            msg = "name the column that says how it ended: outcome=..."
            raise ConfigError(msg, "outcome")
        return read_outcome(table, column, self.positive if positive is None else positive)

    def _chosen(self, table: Table[Any], found: Outcome) -> Choice:
        barred = (found.column, *self.exclude, *self.protect, self.by, self.stage)
        return choice(table, found.known, self.columns, barred, bands=self.bands).needed()

    def _counted(self, table: Table[Any], found: Outcome, chosen: Choice) -> OutcomeCounts:
        fields = chosen.fields
        empty = OutcomeCounts(
            tuple(field.column for field in fields),
            by=self.by,
            stage=self.stage,
            stages=self.stages,
            unset=() if self.exact else tuple(field.column for field in fields),
            edges={field.column: field.edges for field in fields if field.edges is not None},
            outcome=found.column,
        )
        won, lost = _rows(found.known & found.won), _rows(found.known & ~found.won)
        return empty.update(won=table.take(won), lost=table.take(lost))


def _belief(cells: Sequence[Cells], won: Bools, shrink: float) -> tuple[float, float]:
    """Where log-odds start and how far they are to be believed, by customers that were not seen."""
    cases = int(np.count_nonzero(won))
    if min(cases, len(won) - cases) < FOLDS:
        return 0.0, 1.0
    line = logistic_map(Tally.of(out_of_fold(cells, won, shrink), won))
    return line.intercept, min(max(line.slope, _FLATTEST), _STEEPEST)


def _rows(mask: Bools) -> Index:
    return np.flatnonzero(mask)
