"""Answers for a table that an engine holds: worked out there, batch by batch."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar, cast

import attrs

from custseg import frames
from custseg._typing import Floats, Needs
from custseg.frames import Table
from custseg.lifetime.history import History

P = ParamSpec("P")


class Asked(Protocol):
    """A fitted model that answers row by row."""

    @property
    def needs(self) -> Needs:
        """The columns that it reads."""
        ...


Model = TypeVar("Model", bound=Asked)


@attrs.frozen
class Question:
    """A question to a model, as it travels to where the rows are.

    Attributes:
        model: The model.
        method: What is asked; the answer is a column of that name.
        more: Arguments beside the summary.
        options: Arguments by name.
    """

    model: Any
    method: str
    more: tuple[Any, ...] = ()
    options: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    def __call__(self, rows: Table[Any]) -> object:
        """The answer for some rows."""
        found = getattr(self.model, self.method)(rows, *self.more, **self.options)
        return rows.build({self.method: found})


def in_engine(
    method: Callable[Concatenate[Model, object, P], Floats],
) -> Callable[Concatenate[Model, object, P], Floats]:
    """Let a method answer for lazy tables: with the table and a column of the method's name.

    Args:
        method: A method that answers with a number a row.
    """

    def answer(model: Model, summary: object, *more: P.args, **options: P.kwargs) -> Floats:
        if isinstance(summary, History):
            return method(model, summary, *more, **options)
        table = frames.table(summary)
        if not table.lazy:
            return method(model, table, *more, **options)
        asked = Question(model, method.__name__, more, options)
        return cast("Floats", frames.by_row(table, asked, needs=tuple(model.needs)))

    return wraps(method)(cast("Any", answer))
