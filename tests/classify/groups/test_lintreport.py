import json
import re

import pytest

from custseg.classify import GroupReport, Membership, lint
from custseg.labels import table
from custseg.reasons import Reason
from custseg.rules import F, Ladder

RULE = Ladder(((F("area") == "<b>", "north"), (F("age") < 18, "young")), "unknown")
PEOPLE = [{"area": "<bb>", "age": 17}, {"area": None, "age": None}]


@pytest.mark.parametrize("locale", ["en", "zh"])
def test_a_report_reads_in_both_languages(locale):
    said = lint(Membership("g", RULE), PEOPLE).text(locale)
    assert said.splitlines()[0].startswith("g")
    assert "50.0%" in said
    assert not re.search(r"[{}]|lint\.", said)


def test_a_report_is_plain_data():
    report = lint(Membership("g", RULE), PEOPLE)
    plain = json.loads(json.dumps(report.as_dict()))
    assert plain["coverage"] == 0.5
    assert plain["findings"][0] == {"code": "lint.without_group", "settings": {"rows": 1}}
    assert "values" in str(report.as_dict(values=True))


def test_a_report_escapes_what_it_shows():
    shown = lint(Membership("g", RULE), PEOPLE)._repr_html_()
    assert "<b>" not in shown
    assert "&lt;b&gt;" in shown


def test_every_finding_has_its_sentence_in_both_languages():
    codes = [code for code in table("en") if code.startswith("reason.lint.")]
    assert len(codes) == 14
    for code in codes:
        assert re.search(r"[\u4e00-\u9fff]", table("zh")[code])


def test_a_clean_report_has_no_findings():
    assert GroupReport("g").clean
    assert not GroupReport("g", findings=(Reason("lint.undecided"),)).clean


def test_an_overlap_is_a_note_where_the_first_rule_decides():
    rule = Ladder(((F("age") < 30, "young"), (F("age") < 60, "middle")), "old")
    people = [{"age": 20}, {"age": 40}, {"age": 80}]
    for report, name in (
        (lint(Membership("g", rule)), "can_overlap"),
        (lint(Membership("g", rule), people, unknown=()), "overlap"),
    ):
        assert report.clean
        assert [why.code for why in report.notes] == [f"lint.{name}"]
        assert report.found(name) == report.notes
        assert report.as_dict()["notes"][0]["settings"]["one"] == "young"
        assert "rules 1 (young) and 2 (middle)" in report.text()
        assert "<li>rules 1 (young) and 2 (middle)" in report._repr_html_()


def test_an_overlap_is_a_finding_where_all_rules_count():
    rule = Ladder(((F("age") < 30, "young"), (F("age") < 60, "middle")))
    report = lint(Membership("g", rule, match="all"))
    assert not report.clean
    assert [why.code for why in report.findings] == ["lint.can_overlap"]
    assert report.notes == ()
