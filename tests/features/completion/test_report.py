import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg import F
from custseg.features import Completeness
from everykind import KINDS, as_records, as_table

PEOPLE = [
    {"kind": "a", "name": "Li", "email": "li@shop.cn", "uscc": None},
    {"kind": "b", "name": "n/a", "email": "li@", "uscc": None},
    {"kind": "b", "name": "Wu", "email": None, "uscc": None},
    {"kind": None, "name": "Xu", "email": "xu@shop.cn", "uscc": None},
]
CARD = Completeness({"name": 1, "email": 2, "uscc": 1}, applies={"uscc": F("kind") == "a"})


@pytest.mark.parametrize("kind", KINDS)
def test_shares_are_of_those_to_whom_a_field_applies(kind):
    report = CARD.report(as_table(kind, PEOPLE, dict.fromkeys(PEOPLE[0], "text")))
    name, email, uscc = report.fields
    assert (name.applies, name.filled, name.valid, uscc.applies) == (4, 3, 3, 1)
    assert (email.filled, email.valid, email.valid_share, uscc.filled_share) == (3, 2, 0.5, 0)
    assert report.completeness == pytest.approx((3 / 4 + 0 + 1 / 3 + 1) / 4)
    assert math.isnan(uscc.fresh_share)
    assert [row["field"] for row in as_records(report.table)] == ["name", "email", "uscc"]


def test_the_gain_of_a_field_is_what_the_mean_would_gain():
    report = CARD.report(PEOPLE)
    filled = [{**person, "email": "li@shop.cn"} for person in PEOPLE]
    assert report.field("email").gain == pytest.approx(
        CARD.report(filled).completeness - report.completeness
    )
    assert sum(each.gain for each in report.fields) == pytest.approx(1 - report.completeness)


@given(st.permutations(PEOPLE))
def test_the_order_of_rows_does_not_matter(people):
    assert CARD.report(people).as_dict() == CARD.report(PEOPLE).as_dict()


def test_freshness_is_the_mean_of_what_is_valid():
    card = Completeness({"city": 1}, half_lives={"city": 10})
    days = ["2026-01-31", "2026-01-21", "2026-01-21"]
    people = pd.DataFrame({"city": ["Ulm", "Ulm", None], "city_updated_at": days})
    report = card.report(people, as_of="2026-01-31")
    assert (report.fields[0].fresh_share, report.completeness) == (0.75, 0.5)


def test_a_report_is_read_in_both_languages():
    report = CARD.report(PEOPLE)
    english, chinese = report.text(), report.text("zh")
    assert "completeness: 52.1 %" in english
    assert english.splitlines()[3].startswith("email")
    assert "信息完整度: 52.1 %" in chinese
    assert "<td>email</td>" in report._repr_html_()
    assert report.as_dict()["fields"][2]["fresh_share"] is None
    with pytest.raises(KeyError):
        report.field("fax")


@pytest.mark.parametrize("size", [0, 1])
def test_reports_of_nobody_and_of_one(size):
    report = CARD.report(PEOPLE[:size])
    assert report.customers == size
    assert math.isnan(report.completeness) == (size == 0)
    assert str(size) in report.text()
    assert Completeness().report([]).as_dict()["fields"] == []
