"""What else than purchases tells how a customer buys and leaves: covariates, as data."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, Literal, cast

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Bools, Codes, Columns, Floats, Needs
from custseg.errors import ConfigError, DataError, NotEnoughDataError
from custseg.lifetime.history import numbers, refuse
from custseg.lifetime.patterns import dot

Parameter = Literal["alpha", "a", "b"]

_SIGN: Final = {"alpha": -1.0, "a": 1.0, "b": 1.0}
_MOST: Final = 300.0  # in logarithms: what a wild covariate may do to a parameter
_ALIKE: Final = 1e-8
_PAIR: Final = 2


@attrs.frozen
class Effect:
    """How a covariate changes a parameter: its logarithm, in proportion.

    Attributes:
        parameter: ``alpha``, which goes down (so that buying goes up) by the coefficient, or ``a``
            or ``b``, which go up.
        column: The covariate.
        coefficient: Change of the logarithm for one unit of the column, or for being of the level.
        level: Category that it is about; ``None`` where the column is of numbers.
        centre: Value of the column at which the parameter is what the model says.

    Source: Fader and Hardie 2007, "Incorporating Time-Invariant Covariates into the Pareto/NBD and
    BG/NBD Models", note 019 (there the centre is 0).

    >>> Effect("alpha", "channel", 0.4, "online").name
    'alpha.channel=online'
    """

    parameter: Parameter
    column: str
    coefficient: float
    level: str | None = None
    centre: float = 0.0

    @property
    def name(self) -> str:
        """What the coefficient is called among the parameters."""
        level = "" if self.level is None else f"={self.level}"
        return f"{self.parameter}.{self.column}{level}"


def own(
    effects: Sequence[Effect],
    levels: Mapping[str, tuple[str, ...]],
    params: Mapping[str, float],
    cols: Columns,
) -> tuple[dict[str, Floats], Bools]:
    """Parameters of each customer, and whose covariates are known.

    Args:
        effects: What changes the parameters.
        levels: Categories of each column of text.
        params: The parameters where all covariates are at their centres.
        cols: The covariates.

    >>> age = Effect("alpha", "age", 0.1, centre=40.0)
    >>> found, known = own([age], {}, {"alpha": 5.0}, {"age": np.array([40.0, 50.0, np.nan])})
    >>> found["alpha"].round(3), known
    (array([5.   , 1.839, 5.   ]), array([ True,  True, False]))
    """
    known, shift = np.ones(1, dtype=np.bool_), dict[str, Any]()
    for effect in effects:
        value, there = _read(effect, levels, cols)
        known = known & there
        part = effect.coefficient * np.where(there, value - effect.centre, 0.0)
        shift[effect.parameter] = shift.get(effect.parameter, 0.0) + part
    found = {
        name: params[name] * np.exp(np.clip(_SIGN[name] * total, -_MOST, _MOST))
        for name, total in shift.items()
    }
    return found, known


def _read(
    effect: Effect, levels: Mapping[str, tuple[str, ...]], cols: Columns
) -> tuple[Floats, Bools]:
    if effect.level is None:
        value = cast("Floats", cols[effect.column])
        return value, np.isfinite(value)
    words = levels[effect.column]
    at = cast("Codes", cols[effect.column]).recode(words)
    return (at == words.index(effect.level)).astype(np.float64), at >= 0


@attrs.frozen(eq=False)
class Trait:
    """One covariate as numbers: a column, or whether a column is of a category.

    Attributes:
        column: The column.
        level: The category, if it is one.
        values: Centred and of spread 1.
        centre: What was taken off.
        spread: What they were divided by.
    """

    column: str
    level: str | None
    values: Floats
    centre: float
    spread: float

    @classmethod
    def of(cls, name: tuple[str, str | None], values: Floats, weight: Floats) -> "Trait":
        """Centre and scale; what is only 0 or 1 keeps its 0.

        Raises:
            NotEnoughDataError: It is the same for all customers.
        """
        many = float(weight.sum())
        mean = dot(weight, values) / many
        spread = float(np.sqrt(dot(weight, (values - mean) ** 2) / many))
        if not spread > _ALIKE * abs(mean):
            msg = f"{name[0]!r} is the same for all customers, so it tells nothing; leave it out"
            raise NotEnoughDataError(msg)
        flag = bool(((values == 0) | (values == 1)).all())
        centre = 0.0 if flag else mean
        return cls(*name, np.ascontiguousarray((values - centre) / spread), centre, spread)

    def effect(self, parameter: Parameter, coefficient: float) -> Effect:
        """The effect of a coefficient in units of the spread."""
        return Effect(parameter, self.column, coefficient / self.spread, self.level, self.centre)


@attrs.frozen(eq=False)
class Traits:
    """All covariates of the customers to learn from.

    Attributes:
        traits: The covariates as numbers.
        levels: Categories of each column of text, the one to compare with first.
    """

    traits: tuple[Trait, ...]
    levels: dict[str, tuple[str, ...]]

    @classmethod
    def read(
        cls,
        table: object,
        columns: Sequence[str],
        baseline: Mapping[str, str],
        weight: Floats,
    ) -> "Traits":
        """Read covariates strictly.

        Args:
            table: The customers.
            columns: The covariates.
            baseline: The category to compare with, of each column of text.
            weight: Customers of each row.

        Raises:
            MissingColumnError: A column is missing.
            DataError: A covariate is missing, or is text without a baseline.
            ConfigError: There is no customer of a baseline.
            NotEnoughDataError: A covariate is the same for all, or follows from the others.
        """
        opened, found, levels = frames.table(table), list[Trait](), dict[str, tuple[str, ...]]()
        for column in dict.fromkeys(columns):
            if column not in baseline:
                found.append(Trait.of((column, None), _number(opened, column), weight))
                continue
            codes = _text(opened, column)
            levels[column] = _levels(column, codes, baseline[column])
            at = codes.recode(levels[column])
            for n, level in enumerate(levels[column][1:], 1):
                there = (at == n).astype(np.float64)
                found.append(Trait.of((column, level), there, weight))
        _refuse_alike(found, weight)
        return cls(tuple(found), levels)

    def among(self, columns: Sequence[str]) -> Iterator[Trait]:
        """The traits of some columns."""
        return (trait for trait in self.traits if trait.column in columns)


def _number(opened: object, column: str) -> Floats:
    needs: Needs = {column: "number"}
    try:
        return numbers(opened, needs)[column]
    except DataError as error:
        msg = (
            "a covariate must be a number in every row; for a column of text name the category to "
            f"compare with: baseline={{{column!r}: ...}}; leave out rows where it is missing"
        )
        raise DataError(msg, column, error.row) from error


def _text(opened: "frames.Table[Any]", column: str) -> Codes:
    needs: Needs = {column: "text"}
    codes = cast("Codes", opened.read(needs)[column])
    refuse(column, codes.at < 0, "is missing; leave such rows out or give them a category")
    return codes


def _levels(column: str, codes: Codes, baseline: str) -> tuple[str, ...]:
    present: list[int] = np.unique(codes.at).tolist()
    there = sorted(codes.words[i] for i in present)
    if baseline not in there:
        msg = f"no customer is of the category {baseline!r}; there are {len(there)} others"
        raise ConfigError(msg, f"baseline.{column}")
    return (baseline, *(word for word in there if word != baseline))


def _refuse_alike(traits: Sequence[Trait], weight: Floats) -> None:
    """Refuse covariates that follow from others: nothing tells their effects apart."""
    if len(traits) < _PAIR:
        return
    many = float(weight.sum())
    centred = [trait.values - dot(weight, trait.values) / many for trait in traits]
    shared = np.array([[dot(weight * one, other) / many for other in centred] for one in centred])
    values, vectors = np.linalg.eigh(shared)
    if values[0] < _ALIKE:
        involved = np.abs(vectors[:, 0]) > np.sqrt(_ALIKE)
        names = sorted({t.column for t, here in zip(traits, involved, strict=True) if here})
        msg = f"covariates {names} follow from one another; leave one of them out"
        raise NotEnoughDataError(msg)
