"""One customer, as the steps of a ladder read it: in plain Python, without the cost of arrays."""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import numpy as np

from custseg._typing import Codes, Column
from custseg.classify.clocks import DaysSince, FrozenDays
from custseg.classify.ladder import Signal, StateLadder
from custseg.frames.scalar import compiled, reader
from custseg.frames.table import plain
from custseg.model import RowModel

Row: TypeAlias = dict[str, Any]


def placing(ladder: StateLadder) -> Callable[[Mapping[str, Any]], int]:
    """A function from one record to the step that decides it, as ``StateLadder.place`` says.

    Args:
        ladder: The steps.
    """
    read, place = reader(ladder.needs), compiled(ladder.by_place())
    tell = [_telling(signal) for signal in ladder.signals]
    thaw = _thawing(ladder)

    def run(record: Mapping[str, Any]) -> int:
        row = read(record)
        for add in tell:
            add(row)
        thaw(row)
        return int(place(row))

    return run


def _telling(signal: Signal) -> Callable[[Row], None]:
    """Add the columns of a signal to a row."""
    if isinstance(signal, DaysSince):
        name, day = signal.name, signal.day

        def count(row: Row) -> None:
            row[name] = row["as_of"] - row[day]

        return count
    quick = signal.shortcut() if isinstance(signal, RowModel) else None
    tell = quick or of_arrays(signal)
    numbers = {name for name, kind in signal.gives.items() if kind == "number"}

    def add(row: Row) -> None:
        for name, value in tell(row).items():
            row[name] = np.nan if value is None and name in numbers else value

    return add


def of_arrays(signal: Signal) -> Callable[[Mapping[str, Any]], Row]:
    """A function of one read row by the arrays of a signal.

    Args:
        signal: A fitted model.

    >>> of_arrays(DaysSince("past", "end"))({"as_of": 9.0, "end": 7.0})
    {'past': 2.0}
    """
    needs, kernel = signal.needs, signal.kernel

    def run(row: Mapping[str, Any]) -> Row:
        found = kernel({name: _column(row[name], kind) for name, kind in needs.items()})
        return {name: plain(column)[0] for name, column in found.items()}

    return run


def _thawing(ladder: StateLadder) -> Callable[[Row], None]:
    """Take frozen days out of the silence of a row."""
    frozen, thaws = FrozenDays.of(ladder.frozen), ladder.thaws

    def thaw(row: Row) -> None:
        if thaws:
            last, now = np.array([row["last_purchase"]]), np.array([row["as_of"]])
            row["recency_days"] -= float(frozen.between(last, now)[0])

    return thaw


def _column(value: Any, kind: str) -> Column:  # noqa: ANN401 - a value as it was read
    if kind == "text":
        return Codes(np.array([-1 if value is None else 0]), () if value is None else (value,))
    return np.array([value])
