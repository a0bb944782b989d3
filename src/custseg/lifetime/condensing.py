"""Learning from a summary that an engine holds: from its distinct rows, counted there."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final, Protocol, TypeVar, cast

import attrs

from custseg import frames
from custseg._typing import Floats, Needs
from custseg.errors import DataError
from custseg.frames import Table

_COUNT: Final = "n"


class Weighed(Protocol):
    """What is learned from some columns, each row of which may stand for many customers."""

    @property
    def weight(self) -> str | None:
        """Column that says how many customers a row stands for."""
        ...

    @property
    def needs(self) -> Needs:
        """The columns that are learned from."""
        ...


Spec = TypeVar("Spec", bound=Weighed)
Model = TypeVar("Model")


def condensed(spec: Spec, summary: object) -> tuple[Spec, Table[Any]]:
    """What to learn from: of a lazy table its distinct rows, with the customers of each.

    All likelihoods are sums over customers, and equal customers add equal terms: so nothing is
    lost. A million customers on a grid of days are a few hundred thousand distinct rows, in weeks
    a tenth of that.

    Args:
        spec: What is learned.
        summary: The customers.

    Returns:
        The spec and the table; of a lazy table with a weight.

    >>> import custseg as cs
    >>> condensed(cs.lifetime.BGNBD(), [{"frequency": 0, "recency": 0, "T": 3}])[0].weight is None
    True
    """
    table = frames.table(summary)
    if not table.lazy:
        return spec, table
    asked = () if spec.weight is None else (spec.weight,)
    by = tuple(dict.fromkeys((*spec.needs, *asked)))
    if _COUNT in by:  # the number of rows has no other name
        return spec, table.select(by)
    held = table.counted(by)
    if spec.weight is None:
        weighed: Any = spec
        return cast("Spec", attrs.evolve(weighed, weight=_COUNT)), held
    cols = held.read({spec.weight: "number", _COUNT: "number"})
    each, many = (cast("Floats", cols[name]) for name in (spec.weight, _COUNT))
    return spec, frames.table(held.attach({spec.weight: each * many}))


def condensing(fit: Callable[[Spec, object], Model]) -> Callable[[Spec, object], Model]:
    """Let a fit learn from the distinct rows of a lazy table.

    Args:
        fit: A method that learns from a table.
    """

    @wraps(fit)
    def learn(spec: Spec, summary: object) -> Model:
        table = frames.table(summary)
        if not table.lazy:
            return fit(spec, table)
        try:
            return fit(*condensed(spec, table))
        except DataError as error:  # the number of a distinct row is that of no row
            raise DataError(error.message, error.column) from error

    return learn
