import pytest

from custseg.plot import score_waterfall
from custseg.scoring import Factor, Group, Ramp, Scorecard

CARD = Scorecard(
    (
        Factor("orders", worth=60, curve=Ramp(0, 10)),
        Factor("visits", worth=30, curve=Ramp(0, 10), group="web"),
        Factor("clicks", worth=30, curve=Ramp(0, 10), group="web"),
        Factor("complaints", worth=-20, curve=Ramp(0, 2)),
        Factor("never", worth=10, curve=Ramp(0, 1)),
    ),
    groups=(Group("web", high=40),),
    base=5,
)
RECORD = {"orders": 5, "visits": 10, "clicks": 9, "complaints": 1, "never": 0}


def bars(ax):
    names = [tick.get_text() for tick in ax.get_yticklabels()]
    return {
        name: (bar.get_x(), bar.get_width()) for name, bar in zip(names, ax.patches, strict=True)
    }


def test_each_bar_begins_where_the_last_ended_and_the_last_is_the_score():
    why = CARD.explain(RECORD)
    found = bars(score_waterfall(why))
    reached = 0.0
    for name, (left, width) in list(found.items())[:-1]:
        assert left == pytest.approx(reached), name
        reached += width
    assert found["score"] == (0.0, pytest.approx(reached))
    assert reached == why.score == 5 + 30 + 40 - 10


def test_what_counts_for_and_against_and_what_limits_change():
    found = bars(score_waterfall(CARD.explain(RECORD)))
    assert list(found) == ["start", "orders", "visits", "clicks", "complaints", "web", "score"]
    assert found["complaints"][1] == -10
    assert found["web"][1] == -17
    assert "never" not in found


def test_numbers_carry_their_sign_and_no_value_is_shown():
    texts = [text.get_text() for text in score_waterfall(CARD.explain(RECORD)).texts]
    assert "+30" in texts
    assert "−10" in texts
    assert not [text for text in texts if "orders = " in text]


def test_in_chinese():
    ax = score_waterfall(CARD.explain(RECORD), locale="zh")
    assert ax.get_title(loc="left") == "分数从哪里来"
