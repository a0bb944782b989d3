import pytest
from hypothesis import given

import anycard
from custseg.scoring import Factor, Grades, Group, Ramp, Scorecard, Steps


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


@given(anycard.scorecards(), anycard.records)
def test_what_would_raise_a_score_is_enough_and_none_of_it_to_spare(card, record):
    raises = card.explain(record).raises
    now = card.one(record)["score"]
    if raises is None:
        assert card.grades.of(now) == card.grades.names[0]
        return
    ledger = card._ledger
    points = {p.factor: p.hundredths for p in card.explain(record).parts if p.line == "factor"}

    def reached(names):
        total = ledger.layout.settle({**points, **{n: ledger.best[n] for n in names}})[0] / 100
        order = card.grades.names
        return order.index(card.grades.of(total)) <= order.index(raises.grade)

    chosen = [name for name, _ in raises.by]
    assert reached(chosen) if chosen else not reached(points)
    assert not any(reached([n for n in chosen if n != spare]) for spare in chosen)
    assert now + raises.points == pytest.approx(
        card.grades.edges[card.grades.names.index(raises.grade)], abs=0.01
    )


@given(anycard.scorecards(), anycard.records)
def test_what_to_ask_for_is_unknown_and_could_add_most(card, record):
    why = card.explain(record)
    unknown = {f.name for f in card.factors if record[f.field] is None}
    gains = {
        p.factor: p.best - p.points
        for p in why.parts
        if p.line == "factor" and p.factor in unknown and p.best > p.points
    }
    assert why.ask in gains if gains else why.ask is None
    if gains:
        assert gains[why.ask] == max(gains.values())


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


def test_the_fewest_factors_raise_a_score():
    card = Scorecard(
        [
            Factor(name, worth=w, curve=Ramp(0, 1))
            for name, w in zip("abcd", (5, 30, 15, 10), strict=True)
        ],
        grades=Grades((40,), ("good", "poor")),
    )
    raises = card.explain(dict.fromkeys("abcd", 0)).raises
    assert (raises.grade, raises.points) == ("good", 40.0)
    assert raises.by == (("b", 30.0), ("c", 15.0))


def test_limits_of_groups_leave_useless_factors_out():
    card = Scorecard(
        [
            Factor("visits", worth=30, curve=Ramp(0, 1), group="engagement"),
            Factor("calls", worth=25, curve=Ramp(0, 1), group="engagement"),
            Factor("revenue", worth=20, curve=Ramp(0, 1)),
        ],
        groups=[Group("engagement", high=30)],
        grades=Grades((45,), ("good", "poor")),
    )
    raises = card.explain({"visits": 0, "calls": 0, "revenue": 0}).raises
    assert raises.by == (("visits", 30.0), ("revenue", 20.0))


def test_a_grade_out_of_reach_is_said_to_be():
    card = Scorecard([Factor("x", worth=10, curve=Ramp(0, 1))])
    why = card.explain({"x": 0})
    assert why.raises.by == ()
    assert "40 points short of grade C; out of reach of this card" in why.text()


def test_a_grade_between_hundredths_needs_the_next_hundredth():
    card = Scorecard(
        [Factor("x", worth=50, curve=Ramp(0, 50))], grades=Grades((33.333,), ("in", "out"))
    )
    assert card.explain({"x": 33.33}).raises.points == 0.01
    assert card.explain({"x": 33.34}).raises is None


def test_the_best_grade_has_nothing_above_it_and_nothing_to_ask():
    card = Scorecard([Factor("x", worth=100, curve=Steps((1,), (0, 1)))])
    why = card.explain({"x": 1})
    assert (why.raises, why.ask) == (None, None)
