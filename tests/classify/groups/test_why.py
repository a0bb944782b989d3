import json

import pytest
from hypothesis import given

import anyrule
from custseg.classify import Membership
from custseg.labels import table
from custseg.rules import Bands, Choice, F, Ladder, merged

STEPS = (
    ((F("frequency") >= 12) & (F("region") == "north"), "devoted"),
    (F("frequency") >= 12, "frequent"),
    (F("frequency") == 1, "one_off"),
)
RULE = Ladder(STEPS, "occasional")


@pytest.mark.parametrize(
    ("record", "lines"),
    [
        (
            {"frequency": 14, "region": "north"},
            [
                "behaviour: devoted",
                "  - purchase days is 12 or more",
                "  - region is north",
                "  - rule 1 of 3, the first that holds",
            ],
        ),
        (
            {"frequency": 14, "region": "south"},
            [
                "behaviour: frequent",
                "  - purchase days is 12 or more",
                "  - rule 2 of 3, the first that holds",
            ],
        ),
        (
            {"frequency": 5, "region": None},
            ["behaviour: occasional", "  - none of the rules holds", "  - region is not known"],
        ),
    ],
)
def test_the_conditions_that_decide(record, lines):
    said = Membership("behaviour", RULE).fit([]).explain(record)
    assert said.text().splitlines() == lines
    assert len(said.text("zh").splitlines()) == len(lines)


def test_bands_and_choices_are_explained_by_their_own_conditions():
    bands = Membership("ages", Bands("age", (18.0, 60.0), ("minor", "adult", "senior"))).fit([])
    assert (
        bands.explain({"age": 30}).text()
        == "ages: adult\n  - age is 18 or more\n  - age is below 60"
    )
    choice = Membership("side", Choice("region", (("n", "north"), ("up", "north")), "?", "?"))
    said = choice.fit([]).explain({"region": "up"})
    assert said.text() == "side: north\n  - region is one of: n, up"


def test_how_texts_were_read():
    model = Membership.preset("gender", column="性别").fit([])
    said = model.explain({"性别": "女士"})
    assert "女士" not in said.text() + str(said.as_dict()) + said._repr_html_()
    assert said.text("zh").splitlines()[-1] == "  - 性别已识别"
    assert "[性别 = 女士；读作 = female]" in said.text("zh", values=True)
    codes = {
        "女": "read.known",
        "男/女": "read.unlisted",
        None: "read.missing",
        "无": "read.missing",
        "qq": "read.unlisted",
    }
    trade = Membership.preset("industry").fit([])
    assert trade.explain({"industry": "IT/金融"}).reasons[-1].code == "read.doubtful"
    assert {t: model.explain({"性别": t}).reasons[-1].code for t in codes} == codes


def test_every_group_of_many_is_explained():
    rule = Ladder(((F("a") > 1, "one"), (F("b") > 1, "two"), (F("c") > 1, "three")))
    model = Membership("is", rule, match="all").fit([])
    said = model.explain({"a": 2, "b": 0, "c": 2})
    assert said.decision == {"is": "one, three", "is_one": 1.0, "is_two": 0.0, "is_three": 1.0}
    assert [why.code for why in said.reasons] == [
        "group.within",
        "test.above",
        "group.within",
        "test.above",
    ]
    nobody = model.explain({"a": 0, "b": None, "c": 0})
    assert nobody.decision["is"] is None
    assert [why.code for why in nobody.reasons] == ["otherwise", "test.missing"]


@given(anyrule.wordy, anyrule.records)
def test_any_rule_can_explain_any_record(rule, record):
    try:
        merged([rule.needs])
        model = Membership("group", rule).fit([])
    except ValueError:
        return
    said = model.explain({**record, "group": "replaced"})
    assert said.reasons
    assert said.decision["group"] == model.one(record)["group"]
    json.dumps(said.as_dict())
    for why in said.reasons:
        assert {f"reason.{why.code}"} <= {*table("en")} & {*table("zh")}
