"""Eager frames: pandas, Polars, PyArrow, and what else narwhals knows."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, cast
from uuid import UUID

import attrs
import narwhals.stable.v2 as nw
import numpy as np

from custseg._typing import Codes, Days, Index, words
from custseg.errors import DataError
from custseg.frames.cells import Cells
from custseg.frames.gather import gathered
from custseg.frames.matching import Alike, found, listed
from custseg.frames.records import pushed
from custseg.frames.series import SeriesCells
from custseg.frames.table import Attachable, Table, dates, plain, sized
from custseg.rules import Rule

_COPIES_ON_WRITE: Final = 3
"""The version of pandas from which frames that share a column copy it when it is written to."""


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
        return self._beside(new, _pandas)

    def _beside(self, new: Mapping[str, Attachable], in_pandas: Callable[[Any], Any]) -> Any:
        sized(new, self.size)
        made = [self._series(name, column, in_pandas) for name, column in new.items()]
        return _own(self.frame).with_columns(*made).to_native() if made else self.native

    def take(self, rows: Index) -> Any:
        """These rows; a pandas index comes along."""
        if self.frame.implementation.is_pandas_like():
            return self.native.iloc[rows]
        return self.frame[np.asarray(rows, dtype=np.int64)].to_native()

    def build(self, columns: Mapping[str, Attachable]) -> Any:
        """A new frame of the same library."""
        sized(columns)
        made = {name: self._series(name, column) for name, column in columns.items()}
        library = self.frame.implementation
        if not made:
            return self.frame.select([]).to_native()
        if library.is_pandas() or library.is_polars() or library.is_pyarrow():
            # narwhals builds from the names alone: labels would lose their order
            return _frame(library, {name: one.to_native() for name, one in made.items()})
        return nw.from_dict(made, backend=library).to_native()

    def select(self, names: Iterable[str]) -> "EagerTable":
        """Only these columns."""
        self.require(names)
        return EagerTable(self.frame.select(*dict.fromkeys(names)))

    def renamed(self, names: Iterable[str]) -> "EagerTable":
        """The same columns under other names."""
        return EagerTable(self.frame.rename(dict(zip(self.columns, names, strict=True))))

    def empty(self, names: Iterable[str] | None = None) -> "EagerTable":
        """No rows, of the same library."""
        chosen = self if names is None else self.select(names)
        return EagerTable(chosen.frame.head(0))

    def counted(self, by: Iterable[str] | str) -> "EagerTable":
        """Count the rows; the columns keep their types."""
        names = words(by)
        chosen = self.select(names)
        alike = Alike.of(self, names)
        if not names:
            return EagerTable(nw.from_native(self.build({"n": alike.count}), eager_only=True))
        held = EagerTable(nw.from_native(chosen.take(alike.first), eager_only=True))
        return EagerTable(nw.from_native(held.attach({"n": alike.count}), eager_only=True))

    def push(self, rules: Mapping[str, Rule]) -> Any:
        """Evaluate with numpy: faster here than the frame's own expressions."""
        return self._beside(pushed(self, rules), _pandas_of_new)

    def _joined(self, other: Table[Any], on: Mapping[str, str], names: tuple[str, ...]) -> Any:
        """Look each row up; a lazy table is fetched; columns of one library keep types."""
        held = other.select((*on.values(), *names))
        rows = found(self, on, held)
        alike = (
            isinstance(held, EagerTable) and held.frame.implementation is self.frame.implementation
        )
        take = gathered if alike else listed
        return self.attach({name: take(held, name, rows) for name in names})

    def _series(
        self, name: str, column: Attachable, in_pandas: Callable[[Any], Any] | None = None
    ) -> Any:
        if isinstance(column, nw.Series):
            return column.alias(name)
        library = self.frame.implementation
        if library.is_pandas_like():
            make = _pandas if in_pandas is None else in_pandas
        elif library.is_polars():
            make = _polars
        elif library.is_pyarrow():
            make = _arrow
        else:
            return nw.new_series(name, plain(column), backend=library)
        return nw.from_native(make(column), series_only=True).alias(name)


def _own(frame: Any) -> Any:
    """A frame whose columns may be written to: before version 3 pandas would share them."""
    if not frame.implementation.is_pandas():
        return frame
    import pandas as pd  # noqa: PLC0415 - loaded only with a pandas frame

    if int(pd.__version__.partition(".")[0]) >= _COPIES_ON_WRITE:
        return frame
    shared = pd.get_option("mode.copy_on_write") is not True
    return nw.from_native(frame.to_native().copy()) if shared else frame


def _frame(library: Any, columns: dict[str, Any]) -> Any:
    if library.is_pyarrow():
        import pyarrow as pa  # noqa: PLC0415 - loaded only with an Arrow table

        return pa.table(columns)
    if library.is_polars():
        import polars as pl  # noqa: PLC0415 - loaded only with a Polars frame

        return pl.DataFrame(columns)
    import pandas as pd  # noqa: PLC0415 - loaded only with a pandas frame

    return pd.DataFrame({name: one.reset_index(drop=True) for name, one in columns.items()})


def _pandas(column: Attachable) -> Any:
    import pandas as pd  # noqa: PLC0415 - loaded only with a pandas frame

    if isinstance(column, Codes):
        words: Any = list(column.words)
        if column.plain:
            text = pd.Series(["word"]).dtype  # `str` in pandas 3, `object` before
            return pd.Series(np.array([*words, None], dtype=object)[column.at], dtype=text)
        return pd.Series(pd.Categorical.from_codes(column.at, words, ordered=True))
    if isinstance(column, Days):
        return pd.Series(dates(column).astype("datetime64[s]"))
    if isinstance(column, np.ndarray):
        return pd.Series(column, copy=True)
    values: Any = list(column)
    whole = {type(value) for value in values} == {int, type(None)}
    return pd.Series(values, dtype="Int64" if whole else None)  # floats would lose large ids


def _pandas_of_new(column: Attachable) -> Any:
    """A column of what nobody else holds is not copied."""
    if not isinstance(column, np.ndarray):
        return _pandas(column)
    import pandas as pd  # noqa: PLC0415 - loaded only with a pandas frame

    return pd.Series(column, copy=False)


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
    values = list(column)
    try:
        return pl.Series(values)
    except TypeError:
        texts = any(isinstance(value, str) for value in values)
        return pl.Series(values, dtype=pl.Object() if texts else None, strict=False)


def _arrow(column: Attachable) -> Any:
    import pyarrow as pa  # noqa: PLC0415 - loaded only with an Arrow table

    if isinstance(column, Codes):
        codes = pa.array(column.at.astype(np.int32), mask=np.asarray(column.at < 0))
        words = pa.array(list(column.words), type=pa.string())
        labels = pa.DictionaryArray.from_arrays(codes, words, ordered=not column.plain)
        return _chunked(labels.dictionary_decode() if column.plain else labels)
    if isinstance(column, Days):
        return _chunked(pa.array(dates(column), type=pa.date32()))
    if isinstance(column, np.ndarray):
        return _chunked(pa.array(column, from_pandas=column.dtype.kind == "f"))
    values = list(column)
    try:
        return _chunked(pa.array(values))
    except pa.ArrowException as error:
        known = [value for value in values if value is not None]
        if all(isinstance(value, UUID) for value in known):  # older PyArrow does not infer them
            return _chunked(pa.array([_sixteen(value) for value in values], pa.uuid()))
        msg = "holds values of several types, which a column of PyArrow cannot; use one type"
        raise DataError(msg) from error


def _sixteen(value: Any) -> bytes | None:
    return None if value is None else value.bytes


def _chunked(array: Any) -> Any:
    import pyarrow as pa  # noqa: PLC0415 - loaded only with an Arrow table

    return array if isinstance(array, pa.ChunkedArray) else pa.chunked_array([array])


def eager_table(native: object) -> EagerTable:
    """Open an eager frame."""
    return EagerTable(nw.from_native(cast("Any", native), eager_only=True))
