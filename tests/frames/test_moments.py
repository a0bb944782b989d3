"""The civil day decides, in the zone of the company; what is no moment is counted."""

from datetime import UTC, date, datetime, timedelta, timezone

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from custseg.errors import ConfigError, DataError
from custseg.frames import civil_seconds, parse_moment, table, zone

LATE = datetime(2026, 1, 1, 23, 30, tzinfo=UTC)
CIVIL = LATE.replace(tzinfo=None)
NEXT = date(2026, 1, 2).toordinal() - date(1970, 1, 1).toordinal()
SHANGHAI = "Asia/Shanghai"
UNITS = ("s", "ms", "us", "ns")


def pandas(values, dtype):
    # pandas 2 makes the text "None" of None when a column is cast to text
    made = pd.Series(values, dtype="str") if dtype == "str" else pd.Series(values).astype(dtype)
    return pd.DataFrame({"a": made})


def arrow(values, dtype):
    return pa.table({"a": pa.array(values, dtype)})


NAIVE = {
    **{f"pandas {u}": pandas([CIVIL, None], f"datetime64[{u}]") for u in UNITS},
    **{f"pandas arrow {u}": pandas([CIVIL, None], pd.ArrowDtype(pa.timestamp(u))) for u in UNITS},
    **{f"arrow {u}": arrow([CIVIL, None], pa.timestamp(u)) for u in UNITS},
    **{
        f"polars {u}": pl.DataFrame({"a": pl.Series([CIVIL, None], dtype=pl.Datetime(u))})
        for u in UNITS[1:]
    },
    **{
        f"duckdb {t}": duckdb.sql(f"SELECT '{CIVIL}'::{t} a UNION ALL SELECT NULL")
        for t in ("TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS")
    },
    "pandas object": pandas([CIVIL, None], object),
    "pandas text": pandas(["2026-01-01 23:30:00", None], "str"),
    "records": [{"a": CIVIL}, {"a": None}],
    "records of pandas": [{"a": pd.Timestamp(CIVIL)}, {"a": pd.NaT}],
    "records of numpy": [{"a": np.datetime64(CIVIL)}, {"a": np.datetime64("NaT", "D")}],
    "records of text": [{"a": "2026/1/1 23:30"}, {"a": ""}],
}
AWARE = {
    **{
        f"pandas {u}": pd.DataFrame({"a": pd.Series([LATE, None], dtype=f"datetime64[{u}, UTC]")})
        for u in UNITS
    },
    **{f"arrow {u}": arrow([LATE, None], pa.timestamp(u, "UTC")) for u in UNITS},
    "arrow elsewhere": arrow([LATE, None], pa.timestamp("us", "America/New_York")),
    "arrow offset": arrow([LATE, None], pa.timestamp("us", "+02:00")),
    "pandas arrow": pandas([LATE, None], pd.ArrowDtype(pa.timestamp("us", "UTC"))),
    "polars": pl.DataFrame({"a": [LATE, None]}),
    "polars elsewhere": pl.DataFrame(
        {"a": pl.Series([LATE, None]).dt.convert_time_zone("America/New_York")}
    ),
    "records": [{"a": LATE.astimezone(timezone(timedelta(hours=-5)))}, {"a": None}],
    "records of text": [{"a": "2026-01-01T23:30:00Z"}, {"a": None}],
    "pandas text": pandas(["2026-01-01T18:30:00-05:00", None], "str"),
}
DATES = {
    "pandas arrow": pandas([date(2026, 1, 1), None], pd.ArrowDtype(pa.date32())),
    "pandas object": pandas([date(2026, 1, 1), None], object),
    "polars": pl.DataFrame({"a": [date(2026, 1, 1), None]}),
    "arrow 32": arrow([date(2026, 1, 1), None], pa.date32()),
    "arrow 64": arrow([date(2026, 1, 1), None], pa.date64()),
    "duckdb": duckdb.sql("SELECT DATE '2026-01-01' a UNION ALL SELECT NULL"),
    "records": [{"a": date(2026, 1, 1)}, {"a": None}],
    "text": pandas(["2026-01-01", None], "str"),
    "category": pandas(["2026-01-01", None], "category"),
}


@pytest.mark.parametrize("data", NAIVE.values(), ids=NAIVE)
def test_naive_moments_are_local_already(data):
    moments = table(data).moments("a", SHANGHAI)
    assert moments.known.tolist() == [True, False]
    assert moments.day.tolist() == [NEXT - 1, 0]
    assert moments.second[0] % 86_400 == 23.5 * 3600
    assert not moments.unreadable.any()


@pytest.mark.parametrize("data", AWARE.values(), ids=AWARE)
def test_aware_moments_fall_on_the_civil_day_of_the_zone(data):
    moments = table(data).moments("a", SHANGHAI)
    assert moments.known.tolist() == [True, False]
    assert moments.day.tolist() == [NEXT, 0]
    assert moments.second[0] % 86_400 == 7.5 * 3600
    assert table(data).moments("a", "UTC").day.tolist() == [NEXT - 1, 0]


@pytest.mark.parametrize("data", DATES.values(), ids=DATES)
def test_dates_are_days_in_every_zone(data):
    for tz in (SHANGHAI, "America/New_York"):
        moments = table(data).moments("a", tz)
        assert moments.day.tolist() == [NEXT - 1, 0]
        assert moments.second[0] % 86_400 == 0


def test_seconds_before_1970_are_floored():
    early = datetime(1969, 12, 31, 23, 59, 59, 500_000, tzinfo=UTC).replace(tzinfo=None)
    for data in ([{"a": early}], pandas([early], "datetime64[us]"), pl.DataFrame({"a": [early]})):
        assert table(data).moments("a", "UTC").second.tolist() == [-1]


MIXED = ["2026-01-01"] * 3 + ["2026-01-01T10:00:00Z", "2026-01-01T10:00:00"]


@pytest.mark.parametrize(
    "data",
    [
        [{"a": text} for text in MIXED],
        pandas(MIXED, "str"),
        pl.DataFrame({"a": MIXED}),
        arrow(MIXED, pa.string()),
    ],
    ids=["records", "pandas", "polars", "arrow"],
)
def test_moments_with_and_without_a_zone_are_refused_with_the_row(data):
    with pytest.raises(DataError, match=r"column 'a', row 3: has a time zone here and no") as told:
        table(data).moments("a", SHANGHAI)
    assert told.value.row == 3
    assert "2026" not in str(told.value)


@pytest.mark.parametrize(
    "data",
    [
        [{"a": 45_000}],
        pandas([45_000], "int64"),
        pandas([4.5], "float64"),
        pl.DataFrame({"a": [1]}),
    ],
    ids=["records", "pandas", "pandas float", "polars"],
)
def test_a_column_of_numbers_holds_no_moments(data):
    with pytest.raises(DataError, match="column 'a', row 0: holds numbers where moments"):
        table(data).moments("a", "UTC")


def test_a_few_odd_values_among_moments_are_counted():
    values = [CIVIL, 45_000, "soon", [], None, datetime.max.replace(tzinfo=UTC)]
    with pytest.raises(DataError):
        civil_seconds(values, SHANGHAI)
    moments = civil_seconds(values[:-1], SHANGHAI)
    assert moments.unreadable.tolist() == [False, True, True, True, False]


def test_the_last_day_of_the_calendar_has_no_tomorrow_elsewhere():
    moments = civil_seconds([datetime.max.replace(tzinfo=UTC)], SHANGHAI)
    assert moments.unreadable.tolist() == [True]


@pytest.mark.parametrize(
    "data", [NAIVE["records"], NAIVE["pandas us"], NAIVE["polars us"]], ids=range(3)
)
@pytest.mark.parametrize("tz", ["Mars/Olympus", "../etc", ""])
def test_a_zone_that_is_none_is_refused_even_where_it_is_not_needed(data, tz):
    with pytest.raises(
        ConfigError, match=r"no time zone .* use an IANA name such as Asia/Shanghai"
    ):
        table(data).moments("a", tz)


def test_a_zone_keeps_its_name():
    assert zone(SHANGHAI).key == SHANGHAI


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-06-30", (2026, 6, 30)),
        ("2026/6/3", (2026, 6, 3)),
        ("2026.6.3", (2026, 6, 3)),
        ("2026年6月3日", (2026, 6, 3)),
        (" 2026-6-3 9:05 ", (2026, 6, 3, 9, 5)),
    ],
)
def test_dates_as_people_write_them_year_first(text, expected):
    assert parse_moment(text) == datetime(*expected, tzinfo=UTC).replace(tzinfo=None)


@pytest.mark.parametrize(
    "text", ["30.06.26", "6/30/2026", "2026-13-01", "20", "soon", "2026-02-30"]
)
def test_a_date_that_is_unclear_is_none(text):
    assert parse_moment(text) is None


def test_days_that_cannot_be_read_are_named_by_their_row():
    values = ["2026-01-01", "2026-01-01", "soon"]
    for data in ([{"a": v} for v in values], pandas(values, "str"), arrow(values, pa.string())):
        with pytest.raises(DataError, match=r"row 2: holds a date that cannot be read") as told:
            table(data).read({"a": "day"})
        assert "soon" not in str(told.value)


def test_a_number_is_no_day():
    for data in ([{"a": 5}], pandas([5], "int64")):
        with pytest.raises(DataError, match="row 0: holds int where a day is needed"):
            table(data).read({"a": "day"})


@pytest.mark.parametrize(
    "odd",
    [
        "2026-02-30",
        "2026-1-02",
        "2026-01-02Z",
        "x026-01-02",
        "",
        "0000-01-01",
        "2026-01-020",
        "２026-01-02",
    ],
)
def test_many_texts_at_once_are_read_as_one_by_one(odd):
    texts = [f"20{y:02}-0{m}-1{d}" for y in range(10, 15) for m in range(1, 5) for d in range(5)]
    stamps = [f"{text}{sep}23:59:0{i % 10}" for i, text in enumerate(texts) for sep in " T"]
    for many in (texts, stamps, [*texts, odd], [odd, *texts], [*texts, None]):
        at_once, singly = civil_seconds(many, "UTC"), [civil_seconds([v], "UTC") for v in many]
        assert at_once.second.tolist() == [int(one.second[0]) for one in singly]
        assert at_once.known.tolist() == [bool(one.known[0]) for one in singly]
        assert at_once.unreadable.tolist() == [bool(one.unreadable[0]) for one in singly]
