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
