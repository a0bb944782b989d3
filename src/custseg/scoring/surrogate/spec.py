"""A card that stands for a model: any classifier, explained as far as a sum of points can."""

from collections.abc import Sequence
from math import fsum
from typing import Any, Final, Protocol

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Bools, Floats, Index, words
from custseg.errors import ConfigError
from custseg.frames import Table
from custseg.measures.logistic import log_odds
from custseg.scoring.card.learnt import Learnt
from custseg.scoring.card.odds import Odds
from custseg.scoring.card.scorecard import Scorecard
from custseg.scoring.effects.choosing import choice
from custseg.scoring.effects.dealing import Effect, dealt
from custseg.scoring.effects.field import Field, common
from custseg.scoring.prior.cells import Design
from custseg.scoring.prior.posterior import additive
from custseg.scoring.surrogate.fidelity import EDGE, Fidelity, checked, measured, probabilities

_WORDS: Final = 100


class Classifier(Protocol):
    """A fitted classifier of scikit-learn, or whatever speaks like one."""

    @property
    def classes_(self) -> Any:  # noqa: ANN401 - an array
        """The classes, in the order of the probabilities."""
        ...

    def predict_proba(self, rows: Any, /) -> Any:  # noqa: ANN401 - frames and arrays
        """One row of probabilities for each row."""
        ...


@attrs.frozen
class Surrogate:
    """Explain a classifier by a card that comes as near to it as a sum of points can.

    The card is fitted to the log-odds of the classifier's own probabilities, not to outcomes. How
    near it comes is measured on customers that it was not fitted to, and the card says so wherever
    it is shown: what it cannot tell (columns that work together) it does not hide.

    Attributes:
        probability: The column of the classifier's probabilities; ``None`` where ``fit`` is given
            the classifier.
        positive: The class of a classifier whose probability it is; by default the second of two.
        columns: The columns to explain by; none: those that the classifier names, or all that can
            be used.
        exclude: Columns to leave out.
        protect: Columns never to use.
        bands: Into how many bands of equally many customers a number is cut.
        ridge: Holds what values add towards 0, and neighbouring bands to one another; in rows.
        held_out: One row in so many is kept to measure on.
        scale: What points stand for; by default 0 to 100 from the least to the most likely.

    Source: Craven and Shavlik 1996, "Extracting tree-structured representations of trained
    networks", for explaining a model by another fitted to its answers and its fidelity.

    >>> seen = [{"visits": i % 9, "source": ("ad", "fair")[i % 2]} for i in range(360)]
    >>> seen = [{**row, "p": 0.1 + 0.08 * row["visits"]} for row in seen]
    >>> card = Surrogate().fit(seen, probability="p")
    >>> card.learnt.method, card.learnt.fidelity > 0.99
    ('surrogate', True)
    """

    probability: str | None = None
    positive: str | float | bool | None = None
    columns: tuple[str, ...] = attrs.field(default=(), converter=words, kw_only=True)
    exclude: tuple[str, ...] = attrs.field(default=(), converter=words, kw_only=True)
    protect: tuple[str, ...] = attrs.field(default=(), converter=words, kw_only=True)
    bands: int = attrs.field(default=20, kw_only=True)
    ridge: float = attrs.field(default=1.0, converter=float, kw_only=True)
    held_out: int = attrs.field(default=4, kw_only=True)
    scale: Odds | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Check the settings."""
        if self.bands < 1 or not self.ridge > 0 or self.held_out < 2:  # noqa: PLR2004 - one of two
            msg = "bands is at least 1, ridge above 0 and held_out at least 2, "
            msg += f"got {self.bands}, {self.ridge} and {self.held_out}"
            raise ConfigError(msg)

    def fit(
        self,
        data: object,
        /,
        *,
        probability: str | None = None,
        classifier: Classifier | None = None,
        positive: str | float | bool | None = None,
    ) -> Scorecard:
        """Make the card.

        Args:
            data: Customers, one a row: records or a frame, as the classifier knows them.
            probability: The column of the classifier's probabilities; by default that of the
                settings.
            classifier: A fitted classifier to ask in its place.
            positive: The class whose probability it is; by default that of the settings.

        Raises:
            ConfigError: There is neither a column nor a classifier, or both; or it is not fitted.
            MissingColumnError: A column is missing.
            DataError: A probability is outside 0 to 1.
            NotEnoughDataError: The model says the same of all customers, or no column can be used.

        >>> class Guess:
        ...     classes_ = ("no", "yes")
        ...
        ...     def predict_proba(self, rows):
        ...         return np.column_stack((1 - rows[:, 0] / 10, rows[:, 0] / 10))
        >>> rows = [{"visits": i % 10, "noise": i % 7} for i in range(140)]
        >>> card = Surrogate(columns=("visits", "noise")).fit(rows, classifier=Guess())
        >>> max(card.factors, key=lambda factor: factor.worth).name
        'visits'
        """
        column = self.probability if probability is None else probability
        if (column is None) == (classifier is None):
            msg = "give the column of a model's probabilities or a fitted classifier, one of them"
            raise ConfigError(msg, "probability")
        table = frames.table(data)
        if classifier is None:
            name = str(column)
            return self._fitted(table, probabilities(table, name), name, self.columns)
        columns = self.columns or _names(classifier)
        wanted = self.positive if positive is None else positive
        asked = predicted(classifier, table, columns, wanted)
        return self._fitted(table, asked, _called(classifier), columns)

    def _fitted(
        self, table: Table[Any], given: Floats, name: str, columns: Sequence[str]
    ) -> Scorecard:
        known = ~np.isnan(given)
        barred = (name, *self.exclude, *self.protect)
        chosen = choice(table, known, columns, barred, bands=self.bands).needed()
        cells = [field.at(table) for field in chosen.fields]
        kept = _kept(cells, given, known, self.held_out)
        train = known & ~kept
        parts = [
            common(field, at[train], _WORDS) for field, at in zip(chosen.fields, cells, strict=True)
        ]
        told, start = self._told(parts, given[train])
        said = given[train].tolist()
        learnt = Learnt("surrogate", name, len(said), round(fsum(said)))
        card = dealt(told, start, scale=self.scale, learnt=learnt)
        found = measured(card, table, given, kept)
        notes = (*_notes(found), *chosen.notes)
        return attrs.evolve(
            card, learnt=attrs.evolve(learnt, fidelity=found.explained, notes=notes)
        )

    def _told(
        self, parts: Sequence[tuple[Field, Index]], given: Floats
    ) -> tuple[list[Effect], float]:
        fields, at = [field for field, _ in parts], [at for _, at in parts]
        order = np.lexsort((given, *at))
        truth = log_odds(given[order], EDGE)
        rows, columns = np.ones(len(truth)), np.stack([one[order] for one in at])
        sizes = tuple(field.cells for field in fields)
        ordered = tuple(field.edges is not None for field in fields)
        design = Design(np.zeros(len(truth)), columns, sizes, ordered, rows, truth)
        weights = additive(design, self.ridge)
        effects = [
            Effect(
                field,
                weights[start : start + field.size + 1],
                np.bincount(column, minlength=field.cells)[: field.size + 1].astype(np.float64),
                0.0 if field.edges is not None else float(weights[start + field.size + 1]),
            )
            for field, start, column in zip(fields, design.starts, columns, strict=True)
        ]
        return effects, float(weights[0])


def predicted(
    classifier: Classifier,
    table: Table[Any],
    columns: Sequence[str] = (),
    positive: str | float | bool | None = None,  # noqa: FBT001 - a value
) -> Floats:
    """Ask a fitted classifier for the probability of each row.

    A classifier that was fitted on a frame gets one, with the columns that it names: of pandas
    for records and PyArrow tables; others get numbers.

    Raises:
        ConfigError: It is not fitted, has no such class, or its columns are not known.
        MissingColumnError: A column is missing.
        DataError: What it answers is outside 0 to 1.
    """
    classes: tuple[object, ...] = tuple(getattr(classifier, "classes_", ()))
    if not classes:
        msg = f"{type(classifier).__name__} is not fitted, or no classifier; fit it first"
        raise ConfigError(msg, "classifier")
    own = _names(classifier)
    asked = own or tuple(columns)
    if not asked:
        msg = f"{type(classifier).__name__} does not name its columns; say columns=... in its order"
        raise ConfigError(msg, "columns")
    rows: Any
    if own:
        table.require(own)
        rows = _framed(table.select(own).native, own)
    else:
        read = table.read(dict.fromkeys(asked, "number"))
        rows = np.column_stack([np.asarray(read[name]) for name in asked])
    answers = np.asarray(classifier.predict_proba(rows), dtype=np.float64)
    return checked(answers[:, _class(classes, positive)], "")


def _framed(rows: Any, own: Sequence[str]) -> Any:  # noqa: ANN401 - frames of any library
    """Rows as a frame: classifiers know the columns of pandas and Polars by name, and no others."""
    if isinstance(rows, list):
        return frames.optional("pandas").DataFrame(rows, columns=list(own))
    return rows.to_pandas() if hasattr(rows, "to_pydict") else rows


def _called(classifier: Classifier) -> str:
    """The class of the classifier; of a pipeline that of its last step."""
    steps: Any = getattr(classifier, "steps", None)
    return type(steps[-1][1] if steps else classifier).__name__


def _names(classifier: Classifier) -> tuple[str, ...]:
    return tuple(map(str, getattr(classifier, "feature_names_in_", ())))


def _class(classes: Sequence[object], positive: object) -> int:
    if positive is None and len(classes) == 2:  # noqa: PLR2004 - won and lost
        return 1
    if positive not in classes:
        msg = f"positive is one of the {len(classes)} classes, got {positive!r}"
        raise ConfigError(msg, "positive")
    return classes.index(positive)


def _kept(cells: Sequence[Index], given: Floats, known: Bools, every: int) -> Bools:
    """One known row in so many, in the order of what they hold: the order of rows plays no part."""
    order = np.lexsort((*cells, given))
    order = order[known[order]]
    kept = np.zeros(len(given), dtype=np.bool_)
    kept[order[every // 2 :: every]] = True
    return kept


def _notes(found: Fidelity) -> tuple[str, ...]:
    return (
        f"surrogate_agreement: {100 * found.agreement:.1f}%",
        f"surrogate_gap: {found.mean_gap:.3f}, {found.max_gap:.3f}",
        f"surrogate_rows: {found.rows}",
    )
