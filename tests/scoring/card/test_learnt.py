import pytest

from custseg.errors import ConfigError
from custseg.scoring import Learnt


def test_a_learnt_card_says_how_it_was_learnt_in_both_languages():
    learnt = Learnt("expert-prior", "won", 60, 20, weight=300)
    assert learnt.text() == (
        "learnt by expert prior from 60 outcomes of won, 20 cases among them\n"
        "points set by hand count as much as 300 outcomes"
    )
    assert "专家先验" in learnt.text("zh")


def test_a_surrogate_says_that_it_is_one_and_how_faithful():
    said = Learnt("surrogate", "won", 60, 20, fidelity=0.934, notes=("my note",)).text()
    assert "a surrogate: it stands for another model and tells 93.4% of it" in said
    assert said.endswith("my note")


def test_a_method_of_ones_own_is_named_as_it_is():
    assert "learnt by coin toss from" in Learnt("coin toss", "won", 1, 0).text()


@pytest.mark.parametrize(("rows", "cases"), [(1, 2), (1, -1), (-1, 0)])
def test_counts_that_cannot_be_are_refused(rows, cases):
    with pytest.raises(ConfigError, match="cases are from 0 to rows"):
        Learnt("naive-bayes", "won", rows, cases)


def test_a_note_is_written_as_its_language_is():
    notes = ("learnt_weak: 城市", "Mine: so", "learnt_few")
    learnt = Learnt("naive-bayes", "won", 60, 20, notes=notes)
    english, chinese = (learnt.text(locale).splitlines()[1:] for locale in ("en", "zh"))
    assert english[0] == "left out, as they tell next to nothing of the outcome: 城市"
    assert chinese[0] == "未采用（与结果几乎无关）：城市"
    assert english[1] == chinese[1] == "Mine: so"
    assert "learnt_few" not in (english[2], chinese[2])
