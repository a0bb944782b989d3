"""A column of a dataframe, through narwhals and numpy; the caller's library does the hashing."""

from typing import Any, cast

import attrs
import narwhals.stable.v2 as nw
import numpy as np

from custseg._typing import Bools, Floats, Ints
from custseg.errors import DataError
from custseg.frames.cells import Cells, Keys, ListCells, dense
from custseg.frames.moments import DAY_SECONDS, Moments, zone
from custseg.frames.money import Money, from_floats, from_ints

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
        if is_text(dtype):
            return ListCells(_few(self.series)).number()
        return self.objects.number()

    def day(self) -> Floats:
        """The civil day as written in the column."""
        dtype = self.series.dtype
        if dtype in {nw.Date, nw.Datetime}:
            moments = self.moments(str(getattr(dtype, "time_zone", None) or "UTC"))
            return np.where(moments.known, moments.day, np.nan)
        keys = self.keys()
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
        if s.implementation.is_pandas_like():
            return _factorized(s.to_native())
        if s.implementation.is_polars() and not _arrow_there():
            return ListCells(s.to_list()).keys()
        return _encoded(s.to_arrow())

    def money(self) -> Money:
        """Whole 1/10000 units; decimals and texts are read one distinct value at a time."""
        dtype = self.series.dtype
        if dtype.is_integer() and not self.series.null_count():
            return from_ints(self.series.to_numpy().astype(np.int64))
        if dtype.is_integer() or dtype.is_float():
            return from_floats(float_array(self.series))
        keys = self.keys()
        by_value = ListCells(keys.ids()).money()
        units = np.append(by_value.units, 0)[keys.at]
        known = np.append(by_value.known, np.False_)[keys.at]
        unreadable = np.append(by_value.unreadable, np.False_)[keys.at]
        return Money(units, known, unreadable, by_value.rounded)

    def moments(self, tz: str) -> Moments:
        """Civil seconds: aware moments are converted to the zone, naive ones are local already."""
        s, dtype = self.series, self.series.dtype
        if dtype == nw.Date:
            s = s.cast(nw.Datetime("us"))
        elif dtype != nw.Datetime:
            return self._moments_of_values(tz)
        elif getattr(dtype, "time_zone", None):
            s = s.dt.convert_time_zone(zone(tz).key).dt.replace_time_zone(None)
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
            msg = "holds numbers where moments are needed; convert them to datetimes first"
            raise DataError(msg)
        keys = self.keys()
        one = ListCells(keys.ids()).moments(tz)
        return Moments(
            np.append(one.second, 0)[keys.at],
            np.append(one.known, np.False_)[keys.at],
            np.append(one.unreadable, np.False_)[keys.at],
        )


def float_array(series: Any) -> Floats:
    """A numeric column as float64, NaN where null."""
    floats = series.cast(nw.Float64()).to_numpy()
    return np.asarray(floats, dtype=np.float64)


def is_text(dtype: object) -> bool:
    """Whether a column holds text or labels."""
    return dtype in {nw.String, nw.Categorical} or isinstance(dtype, nw.Enum) or dtype == nw.Enum


def _few(series: Any) -> list[object]:
    return cast("list[object]", series.to_list())


def _arrow_there() -> bool:
    try:
        import pyarrow  # noqa: F401, ICN001, PLC0415 - only to ask whether it is installed
    except ImportError:
        return False
    return True


def _factorized(native: Any) -> Keys:
    from pandas import factorize  # noqa: PLC0415 - pandas is loaded only with a pandas frame

    at, uniques = factorize(native, use_na_sentinel=True)
    return Keys(np.asarray(at, dtype=np.int32), uniques)


def _encoded(array: Any) -> Keys:
    if hasattr(array, "combine_chunks"):
        array = array.combine_chunks()
        array = array.chunk(0) if hasattr(array, "num_chunks") and array.num_chunks else array
    encoded = array if hasattr(array, "dictionary") else array.dictionary_encode()
    if hasattr(encoded, "num_chunks"):
        return Keys(np.empty(0, dtype=np.int32), [])
    at = encoded.indices.cast("int32").fill_null(-1).to_numpy(zero_copy_only=False)
    return Keys(at, encoded.dictionary)
