"""Cleaning, matching and merging inside Spark and Dask: as in memory, and no record fetched."""

import pytest

from anymatches import FEW, cleaned_alike, dirty, matched_alike, merged_alike

ROWS = dirty(90)


def test_in_spark(spark):
    cleaned_alike("spark", ROWS[:60])
    matched_alike("spark", FEW, ROWS)
    merged_alike("spark", ROWS[:60])


@pytest.mark.filterwarnings("ignore::FutureWarning")
def test_in_dask():
    cleaned_alike("dask", ROWS[:60])
    matched_alike("dask", FEW, ROWS)
    merged_alike("dask", ROWS[:60])
