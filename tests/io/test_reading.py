import json

import pytest

from custseg.errors import DataError
from custseg.io import read_table


def write(folder, name, text, encoding="utf-8"):
    file = folder / name
    file.write_bytes(text.encode(encoding))
    return file


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_chinese_csv_in_the_usual_encodings(tmp_path, encoding):
    file = write(tmp_path, "a.csv", "买家昵称,实付金额\n李伟,12.50\n", encoding)
    assert read_table(file).to_dict("records") == [{"买家昵称": "李伟", "实付金额": 12.5}]


def test_ids_keep_their_zeros_and_named_ones_stay_text(tmp_path):
    file = write(tmp_path, "a.csv", "id,order,n,big\n00017,5,3,1234567890123456789\n,6,,1\n")
    frame = read_table(file, text=["order"])
    assert frame["id"].tolist()[0] == "00017"
    assert frame["order"].tolist() == ["5", "6"]
    assert frame["n"].tolist()[0] == 3
    assert frame["big"].tolist()[0] == "1234567890123456789"


def test_words_for_nothing_stay_words(tmp_path):
    frame = read_table(write(tmp_path, "a.csv", "x,y\nNA,1\nNone,2\n"))
    assert frame["x"].tolist() == ["NA", "None"]


def test_tsv_json_and_json_lines(tmp_path):
    rows = [{"id": "1", "n": 2}]
    assert read_table(write(tmp_path, "a.tsv", "id\tn\n01\t2\n"))["id"].tolist() == ["01"]
    assert read_table(write(tmp_path, "a.json", json.dumps(rows))) == rows
    assert read_table(write(tmp_path, "a.jsonl", '{"id": "1", "n": 2}\n\n')) == rows


def test_parquet_keeps_types(tmp_path):
    pa = pytest.importorskip("pyarrow")
    import pyarrow.parquet as pq

    table = pa.table({"id": pa.array([2**60 + 1, None])})
    pq.write_table(table, tmp_path / "a.parquet")
    assert read_table(tmp_path / "a.parquet").equals(table)


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("a.csv", "", "empty"),
        ("a.json", "{", "no JSON"),
        ("a.json", "{}", "list of records"),
        ("a.jsonl", "{}\n{", "row 1"),
        ("a.parquet", "nonsense", "no Parquet"),
        ("a.xls", "", "endings are"),
    ],
)
def test_files_that_cannot_be_read_say_why(tmp_path, name, text, says):
    with pytest.raises(DataError, match=says):
        read_table(write(tmp_path, name, text))


def test_a_missing_file_names_its_neighbour(tmp_path):
    write(tmp_path, "orders.csv", "a\n1\n")
    with pytest.raises(DataError, match=r"Did you mean 'orders.csv'"):
        read_table(tmp_path / "order.csv")


def test_a_header_alone_is_a_table_of_no_rows(tmp_path):
    assert len(read_table(write(tmp_path, "a.csv", "customer_id,amount\n"))) == 0
