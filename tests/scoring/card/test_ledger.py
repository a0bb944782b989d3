from hypothesis import given

import anycard
from custseg.scoring import Factor, Group, Ramp, Scorecard


@given(anycard.scorecards(), anycard.records)
def test_contributions_add_up_to_the_score_exactly(card, record):
    why, found = card.explain(record), card.one(record)
    assert sum(part.hundredths for part in why.parts) / 100 == why.score == found["score"]
    assert why.decision == {name: found[name] for name in card.gives}


@given(anycard.scorecards(), anycard.records)
def test_every_factor_has_one_line_and_none_is_above_its_best(card, record):
    lines = [part for part in card.explain(record).parts if part.line == "factor"]
    assert sorted(part.factor for part in lines) == sorted(f.name for f in card.factors)
    assert all(part.points <= part.best for part in lines)
    sizes = [abs(part.hundredths) for part in lines]
    assert sizes == sorted(sizes, reverse=True)


def test_each_line_has_its_reason():
    card = Scorecard(
        [
            Factor("full", worth=10, curve=Ramp(0, 10)),
            Factor("part", worth=10, curve=Ramp(0, 10)),
            Factor("none", worth=10, curve=Ramp(0, 10)),
            Factor("unknown", worth=10, curve=Ramp(0, 10)),
            Factor("kept", worth=-10, curve=Ramp(0, 10)),
            Factor("lost", worth=-10, curve=Ramp(0, 10)),
        ],
        base=5,
    )
    row = {"full": 12, "part": 5, "none": 0, "unknown": None, "kept": 0, "lost": 1}
    codes = {part.factor: part.reason.code for part in card.explain(row).parts}
    assert codes == {
        "full": "score_full",
        "part": "score_part",
        "none": "score_none",
        "unknown": "score_missing",
        "kept": "score_kept",
        "lost": "score_lost",
        "score_base": "score_base",
    }


def test_a_cap_is_a_line_of_its_own():
    card = Scorecard(
        [
            Factor("visits", worth=30, curve=Ramp(0, 10), group="engagement"),
            Factor("calls", worth=30, curve=Ramp(0, 10), group="engagement"),
            Factor("revenue", worth=80, curve=Ramp(0, 10)),
        ],
        groups=[Group("engagement", high=40)],
    )
    lines = card.explain({"visits": 10, "calls": 10, "revenue": 10}).parts
    assert [(p.factor, p.points, p.line) for p in lines] == [
        ("revenue", 80.0, "factor"),
        ("visits", 30.0, "factor"),
        ("calls", 30.0, "factor"),
        ("engagement", -20.0, "limit"),
        ("score", -20.0, "limit"),
    ]
    assert lines[3].text() == "engagement -20: held at the most of 40"
    floored = Scorecard([Factor("complaints", worth=-30, curve=Ramp(0, 3))], base=10)
    last = floored.explain({"complaints": 3}).parts[-1]
    assert (last.points, last.reason.code) == (20.0, "score_floored")
    assert last.text("zh") == "评分 +20：以 0 分保底"
