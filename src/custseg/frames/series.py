"""A column of a dataframe, through narwhals and numpy; the caller's library does the hashing."""

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any, cast

import attrs
import narwhals.stable.v2 as nw
import numpy as np

from custseg._typing import Bools, Floats, Ints
from custseg.errors import DataError
from custseg.frames.cells import Cells, Keys, ListCells, dense
from custseg.frames.decimals import money_of_decimals
from custseg.frames.letters import Letters, letters_of
from custseg.frames.moments import DAY_SECONDS, NO_MOMENTS, Moments, zone
from custseg.frames.money import Money, from_floats, from_ints, parsed_once
from custseg.frames.optional import arrow_there, optional

_FEW = 32  # categories that are looked for one by one: codes of one byte compare fast
_ARROW = "ArrowDtype"  # how pandas holds a column of Arrow
_PER_SECOND = {"s": 1, "ms": 1_000, "us": 1_000_000, "ns": 1_000_000_000}


@attrs.frozen(eq=False)
class SeriesCells(Cells):
    """A column of an eager frame.

    Attributes:
        series: The narwhals series.
    """

    series: Any

    @property
    def objects(self) -> ListCells:
        """The same column as Python values."""
        return ListCells(self.series.to_list())

    def number(self) -> Floats:
        """Cast to float; text is refused, objects are read one by one."""
        dtype = self.series.dtype
        if dtype.is_numeric() or dtype == nw.Boolean():
            return float_array(self.series)
        return self.objects.number()

    def day(self) -> Floats:
        """The civil day as written in the column."""
        dtype = self.series.dtype
        if dtype in {nw.Date, nw.Datetime}:
            moments = self.moments(str(getattr(dtype, "time_zone", None) or "UTC"))
            return np.where(moments.known, moments.day, np.nan)
        keys = self.keys()
        with naming_rows(keys):
            days = np.append(ListCells(keys.ids()).day(), np.nan)
        return cast("Floats", days[keys.at])

    def present(self) -> Bools:
        """Neither null, NaN nor empty text."""
        dtype = self.series.dtype
        if dtype.is_numeric():
            return ~np.isnan(float_array(self.series))
        if dtype == nw.Object():
            return self.objects.present()
        there = np.asarray(~self.series.is_null().to_numpy(), dtype=np.bool_)
        return there & (self.keys_of_text() if is_text(dtype) else True)

    def wordless(self) -> bool:
        """Whether the column holds numbers, flags or times."""
        dtype = self.series.dtype
        if dtype == nw.Object():
            return self.objects.wordless()
        return bool(dtype.is_numeric() or dtype.is_temporal() or dtype == nw.Boolean())

    def letters(self) -> Letters | None:
        """First and last letter of each text, from the bytes of Arrow."""
        if self.series.dtype != nw.String() or not arrow_there():
            return None
        return letters_of(self.series.to_arrow())

    def keys_of_text(self) -> Bools:
        """The rows whose text is not empty."""
        return np.asarray(self.text().at >= 0)

    def keys(self) -> Keys:
        """Hash in the caller's own library; ids keep their type."""
        s = self.series
        if s.dtype.is_integer() and not s.null_count():
            values = s.to_numpy()
            if values.dtype.kind == "i":
                return dense(cast("Ints", values))
        if s.dtype == nw.Object():
            return self._keys_of_objects()
        if s.implementation.is_pandas_like():
            return _factorized(s.to_native())
        if s.implementation.is_polars() and not arrow_there():
            return self.objects.keys()
        if s.dtype.is_nested():
            return self.objects.keys()
        return _known(_encoded(s.to_arrow()), floating=s.dtype.is_float())

    def _keys_of_objects(self) -> Keys:
        """Texts are hashed by pandas; other objects are told apart by type too."""
        if self.series.implementation.is_pandas_like() and _all_text(self.series.to_native()):
            return _factorized(self.series.to_native())
        return self.objects.keys()

    def money(self) -> Money:
        """Whole 1/10000 units; decimals and texts are read one distinct value at a time."""
        dtype = self.series.dtype
        if dtype.is_integer() and not self.series.null_count():
            return from_ints(self.series.to_numpy())
        if dtype.is_integer() or dtype.is_float():
            return from_floats(float_array(self.series))
        if isinstance(dtype, nw.Decimal) and arrow_there():
            exact = money_of_decimals(self.series.to_arrow())
            if exact is not None:
                return exact
        keys = self.keys()
        return parsed_once(keys.ids(), keys.at)

    def moments(self, tz: str) -> Moments:
        """Civil seconds: aware moments are converted to the zone, naive ones are local already."""
        s, dtype = self.series, self.series.dtype
        there = zone(tz)
        if dtype == nw.Date:
            s = s.cast(nw.Datetime("us"))
        elif dtype != nw.Datetime:
            return self._moments_of_values(tz)
        elif getattr(dtype, "time_zone", None):
            s = _own_clock(s).dt.convert_time_zone(there.key).dt.replace_time_zone(None)
        stamps = s.to_numpy()
        if stamps.dtype.kind != "M":
            stamps = stamps.astype("datetime64[us]")
        lost = np.isnat(stamps)
        unit = np.datetime_data(stamps.dtype)[0]
        if unit == "D":
            second = stamps.astype(np.int64) * DAY_SECONDS
        else:
            second = np.floor_divide(stamps.view(np.int64), _PER_SECOND[unit])
        if lost.any():
            second = np.where(lost, 0, second)
        return Moments(second, ~lost, np.zeros(len(second), dtype=np.bool_))

    def _moments_of_values(self, tz: str) -> Moments:
        if self.series.dtype.is_numeric():
            gone = np.isnan(float_array(self.series))
            if not gone.all():
                raise DataError(NO_MOMENTS, "", int(np.argmin(gone)))
        keys = self.keys()
        with naming_rows(keys):
            one = ListCells(keys.ids()).moments(tz)
        return Moments(
            np.append(one.second, 0)[keys.at],
            np.append(one.known, np.False_)[keys.at],
            np.append(one.unreadable, np.False_)[keys.at],
        )


@contextmanager
def naming_rows(keys: Keys) -> Generator[None]:
    """Errors that name a distinct value name the first row that holds it."""
    try:
        yield
    except DataError as error:
        if error.row is None:
            raise
        raise DataError(error.message, error.column, int(keys.first[error.row])) from error


def _own_clock(series: Any) -> Any:
    """An Arrow column of pandas 2.2 would lose its zone at UTC; Arrow itself keeps the clock."""
    dtype = getattr(series.to_native(), "dtype", None)
    if type(dtype).__name__ != _ARROW:
        return series
    array = series.to_arrow()
    if not hasattr(array, "num_chunks"):
        array = optional("pyarrow", extra="arrow").chunked_array([array])
    return nw.from_native(array, series_only=True)


def float_array(series: Any) -> Floats:
    """A numeric column as float64, NaN where null."""
    if isinstance(series.dtype, nw.Decimal):  # Arrow makes 639.3000000000001 of the decimal 639.30
        series = series.cast(nw.String())
    if series.dtype.is_integer() and _of_arrow(series):
        return _nearest(series)
    floats = series.cast(nw.Float64()).to_numpy()
    return np.asarray(floats, dtype=np.float64)


def _of_arrow(series: Any) -> bool:
    native = series.to_native()
    return hasattr(native, "num_chunks") or type(getattr(native, "dtype", None)).__name__ == _ARROW


def _nearest(series: Any) -> Floats:
    """Arrow refuses whole numbers beyond 2**53; everything else takes the nearest float."""
    held = series.to_arrow().cast("double", safe=False)
    options = {} if hasattr(held, "num_chunks") else {"zero_copy_only": False}
    return np.asarray(held.to_numpy(**options), dtype=np.float64)


def is_text(dtype: Any) -> bool:
    """Whether a column holds text or labels."""
    return any(dtype == text for text in (nw.String, nw.Categorical, nw.Enum))


def _all_text(native: Any) -> bool:
    from pandas.api.types import infer_dtype  # noqa: PLC0415 - loaded only with a pandas frame

    return infer_dtype(native, skipna=True) in {"string", "empty"}


def _factorized(native: Any) -> Keys:
    from pandas import factorize  # noqa: PLC0415 - pandas is loaded only with a pandas frame

    if hasattr(native, "cat") and hasattr(native.cat, "codes"):
        return _of_categories(native.cat)
    at, uniques = factorize(native, use_na_sentinel=True)
    return Keys(np.asarray(at, dtype=np.int32), uniques)


def _of_categories(labels: Any) -> Keys:
    """A categorical is codes already; categories that no row holds are no ids."""
    codes, known = labels.codes.to_numpy(), labels.categories
    if len(known) <= _FEW:
        used = np.array([(codes == place).any() for place in range(len(known))], dtype=np.bool_)
    else:
        used = np.bincount(codes[codes >= 0], minlength=len(known)) > 0
    at = codes.astype(np.int32)
    if used.all():
        return Keys(at, known)
    place = np.append(np.where(used, np.cumsum(used) - 1, -1), -1).astype(np.int32)
    return Keys(place[at], known[used])


def _encoded(array: Any) -> Keys:
    import pyarrow as pa  # noqa: PLC0415 - loaded only with an Arrow array

    array = array.combine_chunks() if hasattr(array, "combine_chunks") else array
    if isinstance(array, pa.ChunkedArray):
        array = array.chunk(0) if array.num_chunks else pa.array([], array.type)
    if isinstance(array, pa.ExtensionArray):  # a UUID is sixteen bytes underneath
        stored = _encoded(array.storage)
        return Keys(stored.at, pa.ExtensionArray.from_storage(array.type, stored.uniques))
    if isinstance(array, pa.DictionaryArray):
        return _told_apart(array)
    if pa.types.is_null(array.type):  # its dictionary would hold the null itself
        return Keys(np.full(len(array), -1, dtype=np.int32), pa.array([], array.type))
    encoded = array.dictionary_encode()
    at = encoded.indices.cast("int32").fill_null(-1).to_numpy(zero_copy_only=False)
    return Keys(at, encoded.dictionary)


def _told_apart(array: Any) -> Keys:
    """A dictionary may hold a word twice, no row of it, or null: tell its words apart again."""
    words = _encoded(array.dictionary)
    at = array.indices.cast("int32").fill_null(-1).to_numpy(zero_copy_only=False)
    at = np.append(words.at, np.int32(-1))[at]
    used = np.bincount(at[at >= 0], minlength=len(words.uniques)) > 0
    return Keys(at, words.uniques) if used.all() else _only(Keys(at, words.uniques), used)


def _only(keys: Keys, kept: Bools) -> Keys:
    place = np.append(np.where(kept, np.cumsum(kept) - 1, -1), -1).astype(np.int32)
    return Keys(place[keys.at], keys.uniques.filter(kept))


def _known(keys: Keys, *, floating: bool) -> Keys:
    """NaN is no id."""
    if not floating:
        return keys
    values = np.asarray(keys.uniques.to_numpy(zero_copy_only=False), dtype=np.float64)
    nan = np.isnan(values)
    return _only(keys, ~nan) if nan.any() else keys
