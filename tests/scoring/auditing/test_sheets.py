from datetime import date

import numpy as np

from custseg.scoring.auditing.sheets import Sheet

SHEET = Sheet.of(
    "groups",
    ("attribute", "group", "rows", "selected", "small", "until", "csi"),
    [
        ("sex", "f", 1200, 0.25, False, date(2026, 1, 31), np.nan),
        ("sex", "m", 9, np.nan, True, None, None),
        ("age_band", "audit.other", 5, 0.5, False, None, None),
    ],
)


def test_what_is_not_known_is_none():
    assert SHEET.columns["selected"] == [0.25, None, 0.5]
    assert SHEET.records()[0]["until"] == "2026-01-31"


def test_cells_to_read():
    heads, cells = SHEET.shown("en")
    assert heads[2:5] == ["rows", "share chosen", "too small"]
    assert cells[0] == ["sex", "f", "1,200", "25.0 %", "", "2026-01-31", "-"]
    assert cells[1][3:5] == ["-", "yes"]
    assert cells[2][1] == "others"
    assert SHEET.shown("zh")[1][2][1] == "其他"


def test_columns_that_hold_nothing_are_left_out_if_asked():
    assert "csi" not in SHEET.but(("csi", "selected")).heads
    assert "selected" in SHEET.but(("csi", "selected")).heads


def test_the_first_rows_of_each():
    assert [row[1] for row in SHEET.first(1, "attribute").rows] == ["f", "audit.other"]
