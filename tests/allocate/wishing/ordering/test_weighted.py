"""One column of a priority."""

import numpy as np
import pytest

from custseg._typing import Codes
from custseg.allocate import PriorityTerm, Urgency
from custseg.errors import ConfigError, DataError
from custseg.labels import LOCALES

NAN = np.nan


def parts(term, values):
    return (term.parts({term.column: np.array(values, dtype=float)}) / 10_000).tolist()


def test_more_is_more_without_an_end():
    term = PriorityTerm("revenue", 30, half=10)
    assert parts(term, [0, 10, 30, np.inf, -5]) == [0, 15, 22.5, 30, 0]
    assert parts(term, [1e6])[0] < 30


def test_full_is_the_most():
    assert parts(PriorityTerm("p", 10, full=1), [0, 0.25, 1, 7]) == [0, 2.5, 10, 10]


def test_the_fewer_the_more():
    assert parts(PriorityTerm("days", 20, half=14, smallest=True), [0, 14]) == [20, 10]


def test_words_by_their_place():
    term = PriorityTerm("tier", 10, words=("low", "medium", "high"))
    tier = {"tier": Codes(np.array([2, 1, -1]), ("low", "medium", "high"))}
    assert (term.parts(tier) / 10_000).tolist() == [10, 5, 5]
    with pytest.raises(DataError, match="tier"):
        term.parts({"tier": Codes(np.array([0]), ("gold",))})


def test_what_is_not_known_is_the_middle_unless_stated():
    assert parts(PriorityTerm("revenue", 30, half=10), [NAN]) == [15]
    assert parts(PriorityTerm("complaints", 30, half=1, unknown=0), [NAN]) == [0]


@pytest.mark.parametrize(
    "settings",
    [
        {"weight": 1},
        {"weight": 1, "half": 1, "full": 1},
        {"weight": -1, "half": 1},
        {"weight": 1, "half": 0},
        {"weight": NAN, "half": 1},
        {"weight": 1, "words": ("a",)},
        {"weight": 1, "half": 1, "unknown": 2},
    ],
)
def test_what_gives_no_points_is_refused(settings):
    with pytest.raises(ConfigError, match="urgency"):
        PriorityTerm("x", **settings)


def test_an_explanation_shows_points_and_reasons_in_html():
    why = Urgency([PriorityTerm("<b>", 30, half=10)]).explain({"<b>": 30.0})
    assert "+22.5" in why._repr_html_()
    assert "<b>" not in why._repr_html_()


def test_no_entry_is_said_as_a_person_would():
    complaints = Urgency.preset("customer").terms[3]
    said = [
        complaints.reason(known=known).text(lang) for known in (True, False) for lang in LOCALES
    ]
    assert said == [
        "open complaints: the more, the more urgent (up to 25 points)",
        "未解决投诉数：越多越紧急（最多 25 分）",
        "open complaints: none on record (up to 25 points)",
        "未解决投诉数：无记录，不加分（最多 25 分）",
    ]
    missing = PriorityTerm("revenue", 30, half=10).reason(known=False)
    assert missing.text() == "revenue: not known, so 50% of 30 points"
    assert missing.text("zh") == "消费金额：未知，按 30 分的 50% 计"
