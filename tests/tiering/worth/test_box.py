import json
from itertools import product

import attrs
import pytest

import custseg as cs
from custseg.errors import ConfigError
from custseg.tiering import Cell, NineBox, ServicePolicy, Thresholds, TierPlan
from custseg.tiering.worth.cells import PRESETS

BOXES = [NineBox.preset(name) for name in PRESETS]


@pytest.mark.parametrize("box", BOXES)
def test_more_value_or_potential_is_never_a_lower_tier_nor_a_later_rank(box):
    wide, deep = range(len(box.value_levels)), range(len(box.potential_levels))
    for i, j in product(wide, deep):
        for k, m in product(wide[i:], deep[j:]):
            low, high = box.cell(i, j), box.cell(k, m)
            assert box.tiers.index(low.tier) <= box.tiers.index(high.tier)
            assert low.rank >= high.rank


@pytest.mark.parametrize("box", BOXES)
def test_a_box_by_itself_reads_the_words_of_its_levels(box):
    single = len(box.potential_levels) == 1
    for (i, value), (j, potential) in product(
        [*enumerate(box.value_levels)], [*enumerate(box.potential_levels)]
    ):
        row = {"value_level": value, "potential_level": potential}
        told = box.one(row)
        cell = box.cell(i, j)
        assert (told["tier"], told["tier_rank"]) == (cell.tier, cell.rank)
        assert told["service"] == cell.service
        if not single:
            alone = box.one({**row, "value_level": None})
            assert alone["tier"] == box.cell(None, j).tier
    assert cs.load(json.dumps(cs.dump(box))) == box


def test_the_usual_box_serves_the_high_and_develops_who_can_grow():
    box = NineBox()
    said = {
        (v, p): box.one({"value_level": v, "potential_level": p})["service"]
        for v, p in product(box.value_levels, box.potential_levels)
    }
    assert {said["high", p] for p in box.potential_levels} == {"vip_service"}
    assert said["low", "high"] == said["medium", "high"] == "development_plan"
    assert said["medium", "low"] == "maintain"
    assert said["low", "low"] == "digital_only"


def test_a_potential_that_is_not_known_earns_nothing():
    box = NineBox()
    for value in box.value_levels:
        unknown = box.one({"value_level": value, "potential_level": None})
        lowest = box.one({"value_level": value, "potential_level": "low"})
        assert (unknown["tier"], unknown["tier_rank"]) == (lowest["tier"], lowest["tier_rank"])
    nothing = box.one({"value_level": None, "potential_level": None})
    assert (nothing["tier"], nothing["tier_rank"]) == ("low", 9)


def test_targets_are_the_next_better_tier():
    box = NineBox()
    found = [[box.target(i, j) for j in (0, 1, 2, None)] for i in range(3)]
    assert found == [[1, 1, 2, 1], [2, 2, 2, 2], [None, None, None, None]]


def test_any_number_of_levels_will_do():
    mail = ServicePolicy("mail")
    box = NineBox(
        cells=tuple((Cell("all", 9 - i, "mail"),) * 2 for i in range(5)),
        prospects=(),
        tiers=("all",),
        value_levels=tuple("abcde"),
        potential_levels=("no", "yes"),
        services=(mail,),
    )
    assert box.one({"value_level": "e", "potential_level": "no"})["tier_rank"] == 5
    assert box.one({"value_level": None, "potential_level": "yes"})["tier_rank"] == 9


def test_impossible_boxes_are_refused():
    usual = NineBox()
    with pytest.raises(ConfigError, match="3 levels of value and 3 of potential needs"):
        attrs.evolve(usual, cells=usual.cells[:2])
    with pytest.raises(ConfigError, match="prospects need 3 cells"):
        attrs.evolve(usual, prospects=usual.prospects[:1])
    with pytest.raises(ConfigError, match="no tier 'low'"):
        attrs.evolve(usual, tiers=("medium", "high"))
    with pytest.raises(ConfigError, match="no service 'digital_only'"):
        attrs.evolve(usual, services=(ServicePolicy("vip_service"),))
    with pytest.raises(ConfigError, match="must not be a lower tier or later"):
        attrs.evolve(usual, cells=usual.cells[::-1])
    with pytest.raises(ConfigError, match="Did you mean 'marcus'"):
        NineBox.preset("markus")


def test_a_cell_reads_in_both_languages_and_hides_strange_words():
    box = NineBox()
    why = box.explain({"value_level": "medium", "potential_level": "hush-hush"})
    assert "hush" not in why.text()
    assert why.text("zh").splitlines()[1] == "  - 价值 中，潜力未知，不予加分：维持，第 7 优先"


def test_a_box_that_asks_for_no_potential_does_not_speak_of_one():
    plan = TierPlan.preset("importance_by_value", Thresholds((100.0, 1000.0)))
    model = plan.fit([])
    rows = [{"revenue": r, "frequency": n} for r, n in ((5000, 2), (0, 0), (None, 1))]
    told = [model.one(row)["tier_reason"] for row in rows]
    assert told == ["box_value_alone", "box_prospect_alone", "value_unknown"]
    assert [row["tier_reason"] for row in model.apply(rows)] == told
    assert "潜力" not in model.explain(rows[0]).text("zh")
    assert "potential" not in model.explain(rows[0]).text()


def test_a_box_says_what_is_not_known():
    box = NineBox()
    asked = {
        ("low", "high"): "box_cell",
        ("low", None): "box_value",
        (None, "high"): "box_prospect",
        (None, None): "value_unknown",
    }
    for (value, potential), code in asked.items():
        why = box.explain({"value_level": value, "potential_level": potential})
        assert why.reasons[0].code == code
        assert "-" not in why.text("zh").splitlines()[1].removeprefix("  - ")
