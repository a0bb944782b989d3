import numpy as np
import pytest

import custseg as cs
from custseg.errors import ConfigError, NotEnoughDataError
from custseg.scoring import ChanceCurve, Factor, Group, Odds, Ramp, Scorecard, audit, calibrate

CARD = Scorecard(
    (Factor("x", worth=80, curve=Ramp(0, 100)), Factor("y", worth=-20, curve=Ramp(0, 1))), high=50
)


def sample(rows=4000, seed=1, *, steep=8):
    chance = np.random.default_rng(seed)
    x, y = chance.integers(0, 101, rows), chance.integers(0, 2, rows)
    points = 0.8 * x - 20 * y
    won = chance.random(rows) < 1 / (1 + np.exp((30 - points) / steep))
    names = ("x", "y", "won")
    return [
        dict(zip(names, row, strict=True))
        for row in zip(*map(np.ndarray.tolist, (x, y, won)), strict=True)
    ]


@pytest.mark.parametrize("method", ["platt", "isotonic", "best"])
def test_a_card_by_hand_gets_probabilities_that_are_right_on_new_rows(method):
    card = calibrate(CARD, sample(), "won", method)
    assert card.odds is not None
    assert (card.factors, card.grades, card.high) == (CARD.factors, CARD.grades, CARD.high)
    found = audit(card, sample(seed=2), "won")
    assert found.chances.table.error < 0.03
    assert found.chances.line.slope.holds(1.0) or method == "isotonic"
    assert cs.load(cs.dump(card)) == card


def test_the_line_is_the_one_that_made_the_rows():
    card = calibrate(CARD, sample(40_000), "won", "platt")
    assert isinstance(card.odds, Odds)
    assert card.odds.at == pytest.approx(30, abs=0.5)
    assert card.odds.double == pytest.approx(8 * np.log(2), rel=0.05)


def test_the_most_of_the_score_hides_no_difference():
    """The card holds its score at 50; probabilities are of the points before that."""
    card = calibrate(CARD, sample(), "won", "platt")
    some = [card.one({"x": x, "y": 0}) for x in (70, 100)]
    assert some[0]["score"] == some[1]["score"] == 50
    assert some[0]["probability"] < some[1]["probability"]


def test_best_leaves_a_right_scale_alone_and_mends_a_wrong_one():
    right = calibrate(CARD, sample(), "won", "platt")
    assert calibrate(right, sample(seed=3), "won") == right
    wrong = Scorecard(CARD.factors, high=50, odds=Odds(at=45, double=3))
    assert isinstance(calibrate(wrong, sample(seed=3), "won").odds, Odds)
    assert calibrate(wrong, sample(seed=3), "won").odds != wrong.odds


def test_isotonic_follows_any_shape():
    rows = sample(20_000)
    for row in rows:
        row["won"] = row["x"] > 60 and row["won"]
    card = calibrate(CARD, rows, "won", "best")
    assert isinstance(card.odds, ChanceCurve)
    steps = np.diff([chance for _, chance in card.odds.knots])
    assert (steps >= 0).all()


def test_few_rows_get_the_plain_line():
    rows = sample(12)
    assert isinstance(calibrate(CARD, rows, "won").odds, Odds)


def test_shuffled_rows_give_the_same_card():
    rows = sample(500)
    for method in ("platt", "isotonic", "best"):
        assert calibrate(CARD, rows, "won", method) == calibrate(CARD, rows[::-1], "won", method)


def test_limits_of_groups_count():
    card = Scorecard(
        (Factor("x", worth=80, curve=Ramp(0, 100), group="g"),), groups=(Group("g", high=40),)
    )
    found = calibrate(card, sample(), "won", "isotonic")
    assert max(points for points, _ in found.odds.knots) <= 40


def test_what_cannot_be_scaled_is_refused():
    rows = sample(200)
    with pytest.raises(ConfigError, match=r"no method 'plat'.*Did you mean 'platt'"):
        calibrate(CARD, rows, "won", "plat")
    upside_down = [{**row, "won": not row["won"]} for row in rows]
    with pytest.raises(NotEnoughDataError, match="more points do not go with more"):
        calibrate(CARD, upside_down, "won", "platt")
    with pytest.raises(NotEnoughDataError, match=r"(won|lost) in all"):
        calibrate(CARD, [{**row, "won": True} for row in rows], "won")
    assert calibrate(CARD, upside_down, "won", "platt", positive=False).odds is not None
