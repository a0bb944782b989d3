"""Texts that are numbers or dates: the smallest is not the first by letters."""

import numpy as np
import pytest

from custseg.match import Longest, MaxValue, Merge, MinValue
from custseg.match.merging.worth import worth
from everykind import KINDS, as_records, as_table

CASES = (
    (("9", "10"), "9", "10"),
    (("1,200", "300", " "), "300", "1,200"),
    (("１２", "3"), "3", "１２"),
    (("2/1/2026", "31/12/2025", None), "31/12/2025", "2/1/2026"),
    (("2026年6月1日", "2025/12/31", "unbekannt"), "2025/12/31", "2026年6月1日"),
    (("2026-06-01 08:00", "2026-06-01T07:00"), "2026-06-01T07:00", "2026-06-01 08:00"),
    (("Li", "Han"), "Han", "Li"),
)


@pytest.mark.parametrize(("values", "least", "most"), CASES)
@pytest.mark.parametrize("kind", KINDS)
def test_the_smallest_and_the_largest_of_texts(kind, values, least, most):
    rows = [{"id": f"{at}", "entity_id": "0", "x": value} for at, value in enumerate(values)]
    table = as_table(kind, rows, {"id": "text", "entity_id": "text", "x": "text"})
    for how, wanted in ((MinValue(), least), (MaxValue(), most)):
        assert as_records(Merge({"x": how}).golden(table).table)[0]["x"] == wanted


def test_a_column_that_is_mostly_words_compares_letters():
    assert worth(["9", "ten", "eleven"]) is None
    assert worth([]) is None
    assert worth([1, "2"]) is None
    assert np.isnan(worth(["inf", "1", "2"])[0])


def test_columns_are_called_in_reports_as_the_table_calls_them():
    rows = [{"id": at, "entity_id": 1, "contact": name} for at, name in enumerate(("Li", "Han"))]
    golden = Merge({"contact": Longest()}).golden(rows)
    assert "contact: " in golden.report.text("zh")
    assert "contact: " in golden.provenance.text("zh")
    assert "许可" not in golden.report.text("zh") + golden.provenance.text("zh")
