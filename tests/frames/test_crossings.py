import polars as pl

from custseg.frames import Crossing, Share, by_customer, crossings, table
from partwork import summed

LAZY = pl.LazyFrame({"a": [1, 2], "b": [3, 4]})


def test_an_account_holds_what_crossed_inside_the_block_and_no_more():
    table(LAZY).keys("a")
    with crossings() as account:
        table(LAZY).select(["a"]).keys("a")
    table(LAZY).keys("b")
    assert account == [Crossing("polars", 2, ("a",))]


def test_accounts_nest():
    with crossings() as outer:
        with crossings() as inner:
            table(LAZY).keys("a")
        table(LAZY).select(["b"])
    assert [one.columns for one in inner] == [("a", "b")]
    assert [one.columns for one in outer] == [("b",)]


def test_eager_tables_cross_nothing():
    with crossings() as account:
        table(LAZY.collect()).keys("a")
    assert account == []


def test_rows_that_an_engine_pulls_in_its_own_threads_are_told_too():
    frame = pl.LazyFrame({"id": range(1000), "v": 1.0})
    made = by_customer({"rows": Share(table(frame), "id", ("v",))}, summed, like="rows")
    with crossings() as account:
        made.join(made, on="id").collect()
    assert {*account} == {Crossing("polars", 1000, ("id", "v"), streamed=True)}
    many = len(account)
    made.collect()
    assert len(account) == many
