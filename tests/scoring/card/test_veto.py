import pytest

from custseg.errors import ConfigError
from custseg.rules import F
from custseg.scoring import Factor, GradeMatrix, Group, Odds, Ramp, Scorecard, Veto

FACTORS = (Factor("orders", worth=100, curve=Ramp(0, 10)),)
VETOES = (Veto("competitor", "is_competitor"), Veto("tiny", F("staff") < 3, title="too small"))


def test_who_is_ruled_out_keeps_the_score_and_has_the_last_grade():
    card = Scorecard(FACTORS, vetoes=VETOES, odds=Odds(at=50, double=10))
    free = Scorecard(FACTORS, odds=Odds(at=50, double=10))
    for row, veto in (
        ({"orders": 9, "is_competitor": 1, "staff": 1}, "competitor"),
        ({"orders": 9, "is_competitor": 0, "staff": 1}, "tiny"),
        ({"orders": 9, "is_competitor": None, "staff": None}, None),
    ):
        said = card.one(row)
        assert said["veto"] == veto
        assert said["grade"] == ("D" if veto else "A")
        plain = free.one(row)
        assert (said["score"], said["probability"]) == (plain["score"], plain["probability"])


def test_every_reason_is_shown_and_nothing_would_raise_the_grade():
    card = Scorecard(FACTORS, vetoes=VETOES)
    why = card.explain({"orders": 3, "is_competitor": True, "staff": 1})
    assert [veto.code for veto in why.vetoes] == ["competitor", "too small"]
    assert why.raises is None
    assert "ruled out: a competitor\nruled out: too small" in why.text()
    assert "一票否决：竞争对手" in why.text("zh")
    assert why.decision["veto"] == "competitor"
    assert why.as_dict()["vetoes"][0] == {"code": "competitor", "settings": {}}


def test_a_veto_rules_out_of_a_matrix_too():
    card = Scorecard(
        (
            Factor("staff", worth=60, curve=Ramp(0, 60), group="fit"),
            Factor("visits", worth=60, curve=Ramp(0, 60), group="engagement"),
        ),
        groups=(Group("fit"), Group("engagement")),
        grades=GradeMatrix(),
        vetoes=(Veto("blacklisted", F("visits") > 50),),
    )
    assert card.one({"staff": 60, "visits": 50})["grade"] == "A1"
    assert card.one({"staff": 60, "visits": 51})["grade"] == "C3"


def test_a_veto_needs_a_code():
    with pytest.raises(ConfigError, match="a veto needs a code"):
        Veto("", "x")
