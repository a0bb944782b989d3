"""What a table of bins says, in two languages and for machines."""

import json

import numpy as np
import pytest

from custseg.scoring import Bin, Binning, BinningTable, binned
from custseg.scoring.binning.evidence import Base

PEOPLE = [
    {"x": x, "won": won}
    for x, won in [(1, 0)] * 30 + [(1, 1)] * 10 + [(5, 1)] * 20 + [(-9, 0)] * 4 + [(None, 1)] * 6
]
TABLE = binned(PEOPLE, "x", "won", settings=Binning(edges=(2.5,), special=(-9,)))


def test_lines_to_read():
    lines = TABLE.text().splitlines()
    assert lines[0].startswith("x: 70 customers, 51.4 % of them cases, information value 1.")
    assert [line.split()[0] for line in lines[2:]] == ["<", "≥", "code", "missing"]
    assert [line.split()[0] for line in TABLE.text("zh").splitlines()[2:]] == [
        "<",
        "≥",
        "代码",
        "缺失",
    ]


def test_names_of_all_kinds_of_bins():
    kinds = (
        Bin("band", 1, 0),
        Bin("band", 1, 0, None, 2.0),
        Bin("band", 1, 0, 2.0, 1e7),
        Bin("band", 1, 0, 0.1),
        Bin("words", 1, 0, words=("a", "b")),
        Bin("other", 1, 0),
        Bin("special", 1, 0, None, -9.0),
        Bin("missing", 1, 0),
    )
    names = [
        "all values",
        "< 2",
        "2 to < 10000000",
        "≥ 0.1",
        "a, b",
        "other words",
        "code -9",
        "missing",
    ]
    assert [each.name() for each in kinds] == names
    assert len({each.name("zh") for each in kinds}) == 8


def test_records_and_plain_data():
    rows = TABLE.table()
    assert [row["rows"] for row in rows] == [40, 20, 4, 6]
    assert sum(row["share"] for row in rows) == pytest.approx(1)
    assert sum(row["iv"] for row in rows) == pytest.approx(TABLE.iv)
    assert all(row["rate_low"] <= row["rate"] <= row["rate_high"] for row in rows)
    assert json.loads(json.dumps(TABLE.as_dict()))["edges"] == [2.5]


def test_a_page_shows_markup_as_text():
    table = BinningTable("<b>", (Bin("words", 4, 1, words=("<i>",)),), Base(1.0, 3.0))
    page = table._repr_html_()
    assert "<i>" not in page
    assert "&lt;i&gt;" in page


def test_the_area_is_the_share_of_pairs_in_order():
    pairs = [
        (a.cases * (b.rows - b.cases), 0.5 * ((a.rate > b.rate) + (a.rate >= b.rate)))
        for a in TABLE.bins
        for b in TABLE.bins
    ]
    shares, right = (np.array(part) for part in zip(*pairs, strict=True))
    assert TABLE.area == pytest.approx((shares * right).sum() / shares.sum())
    perfect = (Bin("band", 3, 3, None, 1.0), Bin("band", 2, 0, 1.0))
    assert BinningTable("x", perfect, Base(3.0, 2.0)).area == 1.0


def test_one_band_takes_no_course():
    assert (
        BinningTable("x", (Bin("band", 3, 1), Bin("missing", 2, 1)), Base(2.0, 3.0)).course is None
    )
