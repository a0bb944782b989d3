import json
from datetime import date

import pytest

from custseg.errors import ConfigError
from custseg.frames import table
from custseg.io import read_table, write_table

ROWS = [{"id": "00017", "名": "李伟", "n": 1.5, "day": date(2026, 6, 30)}, {"id": "2", "n": None}]


def tables():
    pd, pl, pa = (pytest.importorskip(n) for n in ("pandas", "polars", "pyarrow"))
    arrow = pa.Table.from_pylist(ROWS, schema=None)
    return {
        "records": ROWS,
        "pandas": pd.DataFrame(ROWS),
        "polars": pl.from_arrow(arrow),
        "lazy": pl.from_arrow(arrow).lazy(),
        "arrow": arrow,
    }


@pytest.mark.parametrize("kind", ["records", "pandas", "polars", "lazy", "arrow"])
@pytest.mark.parametrize("form", ["csv", "json", "parquet"])
def test_every_kind_in_every_form(tmp_path, kind, form):
    file = write_table(tables()[kind], tmp_path / f"a.{form}")
    back = read_table(file)
    rows = back if isinstance(back, list) else None
    if form == "csv":
        assert file.read_bytes().startswith(b"\xef\xbb\xbf")
        rows = back.to_dict("records")
    if form == "parquet":
        rows = back.to_pylist()
    assert [row["id"] for row in rows] == ["00017", "2"]
    assert rows[0]["名"] == "李伟"
    assert str(rows[0]["day"])[:10] == "2026-06-30"


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_the_index_of_chosen_rows_is_no_column(tmp_path, form):
    file = write_table(tables()["pandas"].iloc[[1]], tmp_path / f"a.{form}")
    assert list(table(read_table(file)).columns) == list(ROWS[0])


def test_json_is_one_record_a_line(tmp_path):
    text = write_table(ROWS, tmp_path / "a.json").read_text(encoding="utf-8")
    assert len(text.splitlines()) == 2 + len(ROWS)
    assert json.loads(text)[1]["n"] is None


def test_an_unknown_form_is_refused(tmp_path):
    with pytest.raises(ConfigError, match="Did you mean 'parquet'"):
        write_table(ROWS, tmp_path / "a.parque")
