import numpy as np
import pytest

from custseg.frames import table
from custseg.measures import Tally
from custseg.scoring import ChanceCurve, Factor, Odds, Ramp, Scorecard, audit
from custseg.scoring.auditing.chances import believed, best_scale, chances
from custseg.scoring.auditing.counting import Counted
from custseg.scoring.auditing.subject import Subject


def logistic(z):
    return 1 / (1 + np.exp(-z))


def sample(rows=4000, seed=0, way=logistic):
    """Points and what came of them: even odds at 50 points, e times as much every 10 points."""
    chance = np.random.default_rng(seed)
    points = np.round(np.clip(chance.normal(45, 20, rows), 0, 100), 2)
    return points, chance.random(rows) < way((points - 50) / 10)


def judged(odds, rows=4000, **how):
    points, won = sample(rows, **how)
    card = Scorecard((Factor("x", worth=100, curve=Ramp(0, 100)),), odds=odds)
    subject = Subject.of(card, table([{"x": x} for x in points.tolist()]))
    counts = Counted.of(subject, won, np.ones(rows, dtype=bool))
    found = chances(counts, 0.95, logits=False)
    return found, [(one.severity, one.reason.code) for one in believed(found, 0.95)]


TRUE = Odds(at=50, odds=1, double=10 * np.log(2))


def test_right_probabilities_are_left_alone():
    found, codes = judged(TRUE)
    assert found.best == "as_is"
    assert codes == [("fine", "audit.chances_right"), ("fine", "audit.scale_none")]
    assert found.line.slope.holds(1.0)
    assert found.said == pytest.approx(found.came, abs=0.02)


def test_too_sure_is_found_and_a_line_advised():
    found, codes = judged(Odds(at=50, odds=1, double=4 * np.log(2)))
    assert found.best == "platt"
    assert ("watch", "audit.too_sure") in codes
    assert ("watch", "audit.scale_better") in codes
    assert found.trial("platt").error < 0.02 < found.trial("as_is").error
    assert found.trial("platt").gain.low > 0


def test_too_much_is_an_alarm():
    _, codes = judged(Odds(at=30, odds=1, double=10 * np.log(2)))
    assert codes[0] == ("alarm", "audit.chances_off")


def test_a_shape_that_no_line_has_asks_for_isotonic():
    found, codes = judged(TRUE, rows=20_000, way=lambda z: np.where(z > 1, 0.6, 0.1))
    assert found.best == "isotonic"
    assert codes[-1] == ("watch", "audit.scale_better")


def test_few_rows_make_no_claim():
    found, codes = judged(TRUE, rows=20)
    assert found.best is None
    assert codes == [("unknown", "audit.chances_few"), ("unknown", "audit.scale_unknown")]


def test_a_card_without_odds_is_offered_some():
    found, codes = judged(None)
    assert found.best == "platt"
    assert not found.given
    assert codes == [("watch", "audit.offer")]
    assert found.table.error < 0.03
    assert np.isnan(found.brier)


def test_a_useless_score_is_offered_nothing():
    found, codes = judged(None, way=lambda z: np.full(len(z), 0.3))
    assert found.best == "alike"
    assert codes == [("watch", "audit.offer_useless")]
    found, codes = judged(None, rows=12)
    assert codes == [("unknown", "audit.offer_unknown")]


def test_figures_of_the_whole_score_are_those_of_scikit_learn():
    metrics = pytest.importorskip("sklearn.metrics")
    found, _ = judged(ChanceCurve(((0, 0.05), (60, 0.5), (100, 0.9))))
    points, won = sample()
    said = np.interp(points, (0, 60, 100), (0.05, 0.5, 0.9))
    assert found.brier == pytest.approx(metrics.brier_score_loss(won, said), abs=1e-6)
    alike = metrics.brier_score_loss(won, np.full(len(won), won.mean()))
    assert found.skill == pytest.approx(1 - found.brier / alike)


def test_probabilities_of_a_column_are_put_on_a_line_of_log_odds():
    points, won = sample()
    said = logistic((points - 50) / 4)
    subject = Subject.of("p", table([{"p": p} for p in said.tolist()]))
    counts = Counted.of(subject, won, np.ones(len(won), dtype=bool))
    found = chances(counts, 0.95, logits=True)
    assert found.best == "platt"
    assert found.trial("platt").error < 0.02


def test_the_best_scale_of_scores():
    points, won = sample()
    assert best_scale(Tally.of(points, won)) == "platt"
    assert best_scale(Tally.of(points[:12], won[:12])) is None


def test_a_score_that_is_the_same_for_all_is_offered_nothing():
    rows = [{"x": 3.0, "won": n % 9 < 4} for n in range(600)]
    found = audit("x", rows, "won")
    assert found.chances.best == "alike"
    assert "audit.offer_useless" in {one.reason.code for one in found.findings}
