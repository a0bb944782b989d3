"""True and False of a file: texts in a CSV, in every engine, and never a silent wrong answer."""

import pytest

from custseg import io
from custseg.classify import Membership
from custseg.errors import DataError
from custseg.rules import F, Ladder

ASKED = [F("vip") == True, F("vip") != True, F("vip").one_of(True)]  # noqa: E712 - a condition
READERS = {
    "pandas": io.read_table,
    "polars": lambda path: io.scan_table(path, engine="polars"),
    "duckdb": lambda path: io.scan_table(path, engine="duckdb"),
}


def grouped(rule, table):
    made = Membership("group", Ladder(((rule, "vip"),), "all")).fit(table).apply(table)
    if hasattr(made, "collect"):
        made = made.collect()
    return [str(word) for word in (made.df() if hasattr(made, "df") else made)["group"]]


@pytest.mark.parametrize("engine", READERS)
@pytest.mark.parametrize("spelled", ["True", "TRUE", "true"])
def test_flags_of_a_csv_are_compared_as_they_are_written(engine, spelled, tmp_path):
    if engine != "pandas":
        pytest.importorskip(engine)
        pytest.importorskip("pyarrow")
    file = tmp_path / "people.csv"
    other = {"True": "False", "TRUE": "FALSE", "true": "false"}[spelled]
    file.write_text(f"customer_id,vip\na,{spelled}\nb,{other}\nc,\n", encoding="utf-8")
    table = READERS[engine](file)
    assert grouped(F("vip") == spelled, table) == ["vip", "all", "all"]
    for rule in ASKED:
        with pytest.raises(DataError, match="vip"):
            grouped(rule, table)


def test_one_record_is_told_what_its_flag_is():
    with pytest.raises(DataError, match="true and false as texts, as a CSV does"):
        fitted([{"vip": "True"}])
    with pytest.raises(DataError, match="text where a number is needed"):
        fitted([{"vip": "sometimes"}])
    flags = [{"vip": True}, {"vip": False}]
    assert [row["group"] for row in fitted(flags).apply(flags)] == ["vip", "all"]
    with pytest.raises(DataError, match="true and false as texts, as a CSV does"):
        fitted(flags).one({"vip": "True"})


def fitted(people):
    model = Membership("group", Ladder(((ASKED[0], "vip"),), "all")).fit(people)
    model.apply(people)
    return model


def test_flags_are_texts_by_their_small_letters_where_a_text_is_asked_for():
    people = [{"vip": True}, {"vip": False}]
    model = Membership("group", Ladder(((F("vip") == "true", "vip"),), "all")).fit(people)
    assert [row["group"] for row in model.apply(people)] == ["vip", "all"]
