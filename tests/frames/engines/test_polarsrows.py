"""Rows of a Polars lazy frame keep its order, however its threads run."""

import polars as pl

from custseg.frames.engines.polarsrows import collected, pulled

ROWS = {"id": ["b", "x", "a", "c"], "points": [5, 3, 7, 1]}


def test_the_same_rows_come_in_the_same_order_each_time():
    frame = pl.LazyFrame(ROWS).with_columns(cell=pl.col("id").hash() % 256)
    for _ in range(300):
        assert pl.concat(pulled(frame))["id"].to_list() == ROWS["id"]


def test_rows_that_are_worked_out_are_those_of_the_frame():
    frame = pl.LazyFrame(ROWS).filter(pl.col("points") > 3)
    assert collected(frame).to_dict(as_series=False) == {"id": ["b", "a"], "points": [5, 7]}
