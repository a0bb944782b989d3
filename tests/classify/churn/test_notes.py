from types import SimpleNamespace

import numpy as np
import pytest

from custseg.classify.churn.notes import verdict
from custseg.measures import Area

UNKNOWN = Area(np.nan, np.nan, np.nan, np.nan)


def figures(auc=0.8, gain=(0.1, 0.05, 0.15), brier=0.1):
    area = UNKNOWN if auc is None else Area(auc, auc - 0.1, min(auc + 0.1, 1.0), 0.05)
    calibrated = None if brier is None else SimpleNamespace(brier=brier, error=0.02)
    return SimpleNamespace(auc=area, gain=Area(*gain, 0.02), calibrated=calibrated)


def held_against(one):
    held = {"mine": one, "recency": figures(0.7, (0.0, 0.0, 0.0), 0.2)}
    return SimpleNamespace(
        of=lambda name="recency": held[name], dates=(1, 2, 3), alike=SimpleNamespace(brier=0.25)
    )


def codes(*given, **more):
    return [why.code for why in verdict(*given, **more)]


@pytest.mark.parametrize(
    ("gain", "code"),
    [
        ((0.1, 0.01, 0.2), "churn.better"),
        ((-0.1, -0.2, -0.01), "churn.worse"),
        ((0.1, -0.01, 0.2), "churn.alike"),
        ((0.0, 0.0, 0.0), "churn.alike"),
    ],
)
def test_a_signal_is_better_or_worse_only_beyond_chance(gain, code):
    assert codes(held_against(figures(gain=gain)), "mine", calibrated=True) == [code, "churn.brier"]


def test_the_baseline_is_held_against_nothing():
    assert codes(held_against(figures()), "recency", calibrated=True)[0] == "churn.is_baseline"


def test_where_nothing_can_be_put_in_order_nothing_is_judged():
    assert codes(held_against(figures(auc=None)), "mine", calibrated=True)[0] == "churn.unjudged"


def test_what_nobody_tried_or_calibrated_is_said():
    assert codes(None, "no_purchase", calibrated=False) == ["churn.untested", "churn.uncalibrated"]
    assert codes(None, None, calibrated=False) == ["churn.untested", "churn.no_chance"]
    plain = held_against(figures(brier=None))
    assert codes(plain, "mine", calibrated=False) == ["churn.better", "churn.uncalibrated"]
    assert codes(plain, None, calibrated=False) == ["churn.no_chance"]


@pytest.mark.parametrize("locale", ["en", "zh"])
def test_notes_tell_their_figures_in_words(locale):
    said = [why.text(locale) for why in verdict(held_against(figures()), "mine", calibrated=True)]
    assert "0.8" in said[0]
    assert "0.7" in said[0]
    assert all(figure in said[1] for figure in ("0.1", "0.2", "0.25"))
    assert not [text for text in said if "{" in text or "…" in text]
