"""Files as lazy tables: the same columns as the reader of whole files gives, to the last value."""

import random

import pytest

from custseg import frames
from custseg.errors import ConfigError, DataError
from custseg.io import read_table, scan_table, write_table

pa = pytest.importorskip("pyarrow")
pytest.importorskip("duckdb")
pytest.importorskip("polars")

ODD = {
    "usual": "id,n,x,big\n00017,3,1.50,1234567890123456789\n18,,2,1\n",
    "both ends of lines": "a,b\r\n1,x\n2,y\r\n",
    "lone returns": "a,b\r1,x\r2,y\r",
    "blank lines": "a,b\n\n1,x\n  \n2,y\n\n",
    "one column": "a\n1\n\n2\n",
    "short lines": "a,b,c\n1,x\n2,y,z\n",
    "long lines": "a,b\n1,x\n2,y,z\n",
    "long first line": "a,b\n1,x,3\n2,y,z\n",
    "a separator at the end": "a,b\n1,x,\n2,y,\n",
    "quotes": 'a,b\n"1","x,y"\n2,"he said ""hi"""\n3,"x\ny"\n',
    "nothing in quotes": 'a,b\n1,""\n2,\n,\n',
    "a quote inside": 'a,b\n1,x"y\n2,z\n',
    "after a quote": 'a,b\n1,"x"y\n2,z\n',
    "blanks around quotes": 'a,b\n1, "x"\n2,"z" \n',
    "blanks": "a,b\n 1 ,  x \n2,y\n",
    "repeated names": "a,a,\n1,x,2\n",
    "names in quotes": 'a,"b""c"\n1,x\n',
    "a quoted name of two lines": '"a\nb",c\n1,x\n',
    "no rows": "a,b\n",
    "a blank line first": "\na,b\n1,x\n",
    "other digits": "a,b\n１２,1\n3,-0\n",
    "words for nothing": "a,b\nNA,1\nNone,NULL\n",
    "no line at the end": "a,b\n1,x\n2,y\n ",
}
ATOMS = [
    *("a", "1", "007", "-5", "1.50", "0", " ", "\t", '"', '""', ",", "\n", "\r\n", "\r", "北京"),
    *("#", "'", "\\", "", "1e5", "-0", "12345678901234567", "0.1234567890123", "NA", '"x,y"'),
]


def columns(table):
    """Each column as its type and its values."""
    if not isinstance(table, pa.Table):
        table = pa.Table.from_pandas(table, preserve_index=False)
    kinds = {"large_string": "string", "null": "string"}
    return {
        name: (kinds.get(str(column.type), str(column.type)), column.to_pylist())
        for name, column in zip(table.column_names, table.columns, strict=True)
    }


def answer(read, file):
    try:
        return repr(columns(read(file)))
    except DataError:
        return "refused"


def duck(file):
    return scan_table(file).to_arrow_table()


def polars(file):
    return scan_table(file, engine="polars").collect().to_arrow()


def same(file, written):
    file.write_bytes(written)
    whole = answer(read_table, file)
    # one separator more at the end of a line loses nothing: DuckDB forgives it
    too_many = whole == "refused" and b",\n" in written.replace(b"\r", b"")
    assert answer(duck, file) == whole or too_many, written
    assert answer(polars, file) == whole, written


@pytest.mark.parametrize("name", ODD)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_every_reader_of_a_csv_gives_the_same(tmp_path, name, encoding):
    same(tmp_path / "a.csv", ODD[name].encode(encoding))
    if name != "a separator at the end":
        same(tmp_path / "a.tsv", ODD[name].replace(",", "\t").encode(encoding))


def test_every_reader_gives_the_same_of_any_lines(tmp_path):
    chance = random.Random(20261122)
    for _ in range(60):
        names = ",".join(chance.choice(["a", "b", "x y", '"q"', "北京"]) for _ in range(3))
        lines = ["".join(chance.choices(ATOMS, k=chance.randint(0, 7))) for _ in range(4)]
        table = [",".join(chance.choices(ATOMS, k=3)) for _ in range(4)]
        chosen = chance.choice((lines, table))
        same(tmp_path / "a.csv", "\n".join([names, *chosen]).encode())


def test_the_readers_agree_because_engines_read_and_not_since_all_fall_back(tmp_path):
    file = tmp_path / "a.csv"
    file.write_text(ODD["usual"], encoding="utf-8")
    assert "READ_CSV" in scan_table(file).explain().upper()
    assert "Csv SCAN" in scan_table(file, engine="polars").explain()


def test_named_columns_stay_text(tmp_path):
    file = tmp_path / "a.csv"
    file.write_text("order,n\n5,3\n6,4\n", encoding="utf-8")
    for engine in ("duckdb", "polars"):
        held = frames.table(scan_table(file, engine=engine, text=["order"]))
        assert held.values("order").words == ("5", "6")
        assert held.values("n").words == (3, 4)


@pytest.mark.parametrize("engine", ["duckdb", "polars"])
def test_parquet_stays_in_the_engine(tmp_path, engine):
    file = write_table(pa.table({"id": [2**60 + 1, None], "n": [1.5, 2.5]}), tmp_path / "a.parquet")
    held = frames.table(scan_table(file, engine=engine))
    with frames.crossings() as account:
        assert (held.lazy, held.size, held.columns) == (True, 2, ("id", "n"))
    assert account == []
    assert held.values("id").words == (2**60 + 1,)


def test_a_dataset_of_parquet(tmp_path):
    file = write_table(pa.table({"id": [1, 2]}), tmp_path / "a.parquet")
    assert scan_table(file, engine="arrow").to_table().to_pydict() == {"id": [1, 2]}


def test_tables_on_one_connection_meet(tmp_path):
    duckdb = pytest.importorskip("duckdb")
    session = duckdb.connect()
    file = write_table(pa.table({"id": [1, 2]}), tmp_path / "a.parquet")
    one, two = (scan_table(file, connection=session) for _ in range(2))
    assert one.set_alias("a").join(two.set_alias("b"), "a.id = b.id").count("*").fetchall() == [
        (2,)
    ]


@pytest.mark.parametrize("engine", ["duckdb", "polars", "arrow"])
def test_files_that_cannot_be_read_say_why(tmp_path, engine):
    (tmp_path / "a.parquet").write_text("nonsense")
    with pytest.raises(DataError, match="no Parquet"):
        scan_table(tmp_path / "a.parquet", engine=engine)
    with pytest.raises(DataError, match="no file"):
        scan_table(tmp_path / "b.parquet", engine=engine)
    with pytest.raises(DataError, match="endings are"):
        scan_table(tmp_path / "b.json", engine=engine)


def test_an_engine_that_is_not_there_names_the_nearest(tmp_path):
    with pytest.raises(ConfigError, match="Did you mean 'duckdb'"):
        scan_table(tmp_path / "a.csv", engine="duckbd")
    (tmp_path / "a.csv").write_text("a,b\n1,2\n")
    with pytest.raises(ConfigError, match="reads Parquet"):
        scan_table(tmp_path / "a.csv", engine="arrow")
