import attrs
import pytest
from hypothesis import given

import anycard
from custseg.scoring import Ask, Factor, GradeMatrix, Grades, Group, Ramp, Scorecard, Steps


@given(anycard.scorecards(), anycard.records)
def test_what_would_raise_a_score_is_enough_and_none_of_it_to_spare(card, record):
    why, raising = card.explain(record), card._ledger.raising
    raises, tally = why.raises, raising.tally
    if raises is None:
        assert why.vetoes or why.grade == card.grades.names[0] or not leads_up(card, why)
        return
    best = dict(zip([f.name for f in card.factors], raising.best, strict=True))
    earned = {p.factor: p.hundredths for p in why.parts if p.line == "factor"}
    points = {f.name: earned[f.name] for f in card.factors}

    def kept(names):
        sums = tally.add(list({**points, **{n: best[n] for n in names}}.values()))
        return dict(zip(tally.names, sums[1], strict=True))

    (step,) = [s for s in card.grades.steps(kept([])) if s.within == raises.within]
    chosen = [name for name, _ in raises.by]
    assert (step.grade, step.least) == (raises.grade, step.least)
    assert kept([])[raises.within] + round(100 * raises.points) == step.least
    if chosen:
        assert kept(chosen)[raises.within] >= step.least
    for spare in chosen:
        assert kept([n for n in chosen if n != spare])[raises.within] < step.least


def leads_up(card, why):
    """Whether a better grade than this one is a step away: cells may share their grade."""
    return not isinstance(card.grades, GradeMatrix)


@given(anycard.scorecards(), anycard.records)
def test_what_to_ask_for_is_unknown_could_add_something_and_the_most_promising_is_first(
    card, record
):
    why = card.explain(record)
    unknown = {f.name for f in card.factors if record[f.field] is None}
    assert {ask.factor for ask in why.asks} <= unknown
    assert all(ask.most > 0 for ask in why.asks)
    assert why.ask == (why.asks[0].factor if why.asks else None)
    promise = [(ask.expected, ask.most) for ask in why.asks]
    assert promise == sorted(promise, reverse=True)
    tally, score = card._ledger.raising.tally, why.score
    earned = {p.factor: p.hundredths for p in why.parts if p.line == "factor"}
    for ask in why.asks:
        best = {f.name: f.best_points for f in card.factors if f.name == ask.factor}
        points = [best.get(f.name, earned[f.name]) for f in card.factors]
        assert tally.add(points)[1][-1] / 100 == pytest.approx(score + ask.most)


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


def test_what_nobody_can_change_does_not_raise():
    card = Scorecard(
        [
            Factor("age", worth=60, curve=Ramp(0, 1), actionable=False),
            Factor("visits", worth=30, curve=Ramp(0, 1)),
            Factor("calls", worth=10, curve=Ramp(0, 1)),
        ]
    )
    raises = card.explain({"age": 0.5, "visits": 0, "calls": 0}).raises
    assert raises.by == (("visits", 30.0),)
    assert card.explain({"age": 0, "visits": 0, "calls": 0}).raises.by == (
        ("visits", 30.0),
        ("calls", 10.0),
    )
    out_of_reach = attrs.evolve(card, grades=Grades((50,), ("call", "wait")))
    assert out_of_reach.explain({"age": 0, "visits": 0, "calls": 0}).raises.by == ()


def test_what_is_neutral_is_asked_for_last():
    card = Scorecard(
        [
            Factor("calls", worth=5, curve=Ramp(0, 1)),
            Factor("content", worth=50, curve=Ramp(0, 1), missing="neutral"),
            Factor("usual", worth=20, curve=Ramp(0, 1), usual=15),
            Factor("hidden", worth=30, curve=Ramp(0, 1), missing=1),
        ]
    )
    assert card.explain(dict.fromkeys(card.needs)).asks == (
        Ask("usual", 15.0, 20.0),
        Ask("calls", 2.5, 5.0),
        Ask("content", 0.0, 25.0),
    )


MATRIX = Scorecard(
    [
        Factor("industry_fit", worth=50, curve=Ramp(0, 1), group="fit"),
        Factor("visits", worth=30, curve=Ramp(0, 1), group="engagement"),
        Factor("calls", worth=20, curve=Ramp(0, 1), group="engagement"),
    ],
    groups=[Group("fit"), Group("engagement")],
    grades=GradeMatrix(),
)


def test_in_a_matrix_the_nearer_way_up_is_said():
    why = MATRIX.explain({"industry_fit": 0.5, "visits": 0.4, "calls": 0})
    assert why.grade == "B3"
    assert (why.raises.grade, why.raises.within, why.raises.points) == ("B2", "engagement", 3.0)
    assert why.raises.by == (("calls", 20.0),)
    assert "3 points of engagement short of grade B2; enough for it: calls +20" in why.text()
    assert "互动热度距 B2 级还差 3 分" in why.text("zh")


def test_in_a_matrix_a_way_within_reach_comes_before_a_nearer_one():
    card = Scorecard(
        [
            Factor("industry_fit", worth=19, curve=Ramp(0, 1), group="fit"),
            Factor("visits", worth=50, curve=Ramp(0, 1), group="engagement"),
        ],
        groups=[Group("fit"), Group("engagement")],
        grades=GradeMatrix(),
    )
    raises = card.explain({"industry_fit": 1, "visits": 0}).raises
    assert (raises.grade, raises.points) == ("C2", 15.0)
    assert MATRIX.explain({"industry_fit": 1, "visits": 1, "calls": 1}).raises is None
