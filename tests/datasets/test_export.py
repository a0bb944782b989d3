import pytest

import custseg as cs
from custseg.datasets.export import records
from custseg.datasets.schema import SCHEMA
from custseg.errors import ConfigError

MADE = cs.datasets.crm(120)


def test_pandas_tables_have_the_right_types() -> None:
    pytest.importorskip("pandas")
    tables = MADE.tables("pandas")
    kinds = {str(kind) for name in tables for kind in tables[name].dtypes}
    wanted = {"str", "object", "float64", "int64", "Int64", "bool", "boolean", "datetime64[us]"}
    assert kinds <= wanted
    assert str(tables["transactions"]["paid_at"].dtype) == "datetime64[us]"
    assert tables["customers"]["customer_id"].tolist()[0] == "C0000001"


def test_polars_tables_are_the_records() -> None:
    pytest.importorskip("polars")
    for name, frame in MADE.tables("polars").items():
        assert frame.to_dicts() == getattr(MADE, name)


def test_arrow_tables_are_the_records() -> None:
    pytest.importorskip("pyarrow")
    for name, table in MADE.tables("arrow").items():
        assert table.to_pylist() == getattr(MADE, name)


@pytest.mark.parametrize("kind", ["pandas", "polars", "arrow"])
def test_empty_tables_keep_their_types(kind: str) -> None:
    pytest.importorskip("pyarrow" if kind == "arrow" else kind)
    full, empty = MADE.tables(kind), cs.datasets.crm(0).tables(kind)
    for name in ("transactions", "visits"):
        columns = {"pandas": "dtypes", "polars": "schema", "arrow": "schema"}[kind]
        assert str(getattr(full[name], columns)) == str(getattr(empty[name], columns))


@pytest.mark.parametrize("kind", ["records", "pandas", "polars", "arrow"])
def test_the_truth_comes_in_every_kind(kind: str) -> None:
    if kind != "records":
        pytest.importorskip("pyarrow" if kind == "arrow" else kind)
    assert len(MADE.truth_as(kind)) == 120


def test_an_unknown_kind_is_refused_with_a_hint() -> None:
    with pytest.raises(ConfigError, match="Did you mean 'polars'"):
        MADE.tables("polar")


def test_records_of_nothing_are_none() -> None:
    assert records({name: [] for name in SCHEMA["visits"]}) == []
