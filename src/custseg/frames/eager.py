"""Eager frames: pandas, Polars, PyArrow, and what else narwhals knows."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, cast

import attrs
import narwhals.stable.v2 as nw
import numpy as np

from custseg._typing import Codes, Days, Index
from custseg.frames.cells import Cells
from custseg.frames.records import pushed
from custseg.frames.series import SeriesCells
from custseg.frames.table import Attachable, Table, dates, plain
from custseg.rules import Rule


@attrs.frozen(eq=False)
class EagerTable(Table[Any]):
    """A frame in memory.

    Attributes:
        frame: The narwhals frame.
    """

    frame: Any

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns."""
        return tuple(self.frame.columns)

    @property
    def size(self) -> int:
        """Number of rows."""
        return len(self.frame)

    @property
    def native(self) -> Any:
        """The caller's frame."""
        return self.frame.to_native()

    def cells(self, name: str) -> Cells:
        """One column."""
        return SeriesCells(self.frame[name])

    def attach(self, new: Mapping[str, Attachable]) -> Any:
        """Add columns; index, dtypes and order of the others stay as they are."""
        made = [self._series(name, column) for name, column in new.items()]
        return self.frame.with_columns(*made).to_native() if made else self.native

    def take(self, rows: Index) -> Any:
        """These rows; a pandas index comes along."""
        if self.frame.implementation.is_pandas_like():
            return self.native.iloc[rows]
        return self.frame[np.asarray(rows, dtype=np.int64)].to_native()

    def build(self, columns: Mapping[str, Attachable]) -> Any:
        """A new frame of the same library."""
        # Native columns: narwhals would read its own series value by value and lose their types.
        made = {name: self._series(name, column).to_native() for name, column in columns.items()}
        if not made:
            return self.frame.select([]).to_native()
        return nw.from_dict(made, backend=self.frame.implementation).to_native()

    def select(self, names: Iterable[str]) -> "EagerTable":
        """Only these columns."""
        self.require(names)
        return EagerTable(self.frame.select(*dict.fromkeys(names)))

    def push(self, rules: Mapping[str, Rule]) -> Any:
        """Evaluate with numpy: faster here than the frame's own expressions."""
        return self.attach(pushed(self, rules))

    def _series(self, name: str, column: Attachable) -> Any:
        if isinstance(column, nw.Series):
            return column.alias(name)
        library = self.frame.implementation
        if library.is_pandas_like():
            make: Callable[[Any], Any] = _pandas
        elif library.is_polars():
            make = _polars
        elif library.is_pyarrow():
            make = _arrow
        else:
            return nw.new_series(name, plain(column), backend=library)
        native = make(column)
        if library.is_pyarrow():
            native = _chunked(native)
        return nw.from_native(native, series_only=True).alias(name)


def _pandas(column: Attachable) -> Any:
    import pandas as pd  # noqa: PLC0415 - loaded only with a pandas frame

    if isinstance(column, Codes):
        if column.plain:
            values = np.array([*column.words, None], dtype=object)[column.at]
            return pd.Series(values, dtype=None if len(values) else object)
        labels = pd.Categorical.from_codes(column.at, cast("Any", list(column.words)), ordered=True)
        return pd.Series(labels)
    if isinstance(column, Days):
        return pd.Series(dates(column).astype("datetime64[s]"))
    return pd.Series(column)


def _polars(column: Attachable) -> Any:
    import polars as pl  # noqa: PLC0415 - loaded only with a Polars frame

    if isinstance(column, Codes):
        dtype = pl.String() if column.plain else pl.Enum(list(column.words))
        at = np.where(column.at < 0, len(column.words), column.at)
        return pl.Series([*column.words, None], dtype=dtype).gather(at)
    if isinstance(column, Days):
        return pl.Series(dates(column)).cast(pl.Date)
    if isinstance(column, np.ndarray):
        made = pl.Series(column)
        return made.fill_nan(None) if column.dtype.kind == "f" else made
    return pl.Series(list(column), strict=False)


def _arrow(column: Attachable) -> Any:
    import pyarrow as pa  # noqa: PLC0415 - loaded only with an Arrow table

    if isinstance(column, Codes):
        codes = pa.array(column.at.astype(np.int32), mask=np.asarray(column.at < 0))
        words = pa.array(list(column.words), type=pa.string())
        labels = pa.DictionaryArray.from_arrays(codes, words, ordered=not column.plain)
        return labels.dictionary_decode() if column.plain else labels
    if isinstance(column, Days):
        return pa.array(dates(column), type=pa.date32())
    if isinstance(column, np.ndarray) and column.dtype.kind == "f":
        return pa.array(column, from_pandas=True)
    return pa.array(column if isinstance(column, np.ndarray) else list(column))


def _chunked(array: Any) -> Any:
    import pyarrow as pa  # noqa: PLC0415 - loaded only with an Arrow table

    return array if isinstance(array, pa.ChunkedArray) else pa.chunked_array([array])


def eager_table(native: object) -> EagerTable:
    """Open an eager frame."""
    return EagerTable(nw.from_native(cast("Any", native), eager_only=True))
