import json

import attrs
import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import custseg as cs
import everykind
from custseg.errors import ConfigError, DataError, MissingColumnError, NotEnoughDataError
from custseg.rules import F
from custseg.scoring import Factor, Ramp, Scorecard, Veto, WeightOfEvidence, audit, calibrate
from custseg.scoring.auditing.report import SHEETS

CARD = Scorecard(
    (Factor("x", worth=70, curve=Ramp(0, 100)), Factor("y", worth=30, curve=Ramp(0, 1)))
)
KINDS = {"x": "number", "y": "number", "won": "text", "sex": "text", "day": "text", "tag": "text"}


def sample(rows=600, seed=0):
    chance = np.random.default_rng(seed)
    made = []
    for _ in range(rows):
        x, y = int(chance.integers(0, 101)), int(chance.integers(0, 2))
        won = chance.random() < 1 / (1 + np.exp((60 - 0.7 * x - 30 * y) / 10))
        made.append(
            {
                "x": x if chance.random() > 0.1 else None,
                "y": y,
                "won": "yes" if won else "no",
                "sex": "mf"[int(chance.integers(0, 2))],
                "day": f"2026-0{1 + int(chance.integers(0, 6))}-15",
                "tag": "closed" if won else None,
            }
        )
    return made


ROWS = sample()
ASKED = {"protected": ["sex", "gender"], "at": "day", "factors": ["tag"]}


def figures(found):
    return json.dumps(found.as_dict(), sort_keys=True, allow_nan=False)


@pytest.fixture(scope="module")
def found():
    return audit(CARD, ROWS, "won", **ASKED)


def test_it_says_what_matters_first(found):
    weights = [one.severity for one in found.findings]
    order = ["alarm", "watch", "unknown", "fine"]
    assert weights == sorted(weights, key=order.index)
    assert ("leaks", "tag") in [(one.section, one.about) for one in found.of("alarm")]
    assert ("fairness", "gender") in [(one.section, one.about) for one in found.of("unknown")]


def test_every_order_of_rows_gives_the_same_figures(found):
    for seed in range(3):
        mixed = [ROWS[i] for i in np.random.default_rng(seed).permutation(len(ROWS))]
        again = audit(calibrate(CARD, mixed, "won"), mixed, "won", **ASKED)
        first = audit(calibrate(CARD, ROWS, "won"), ROWS, "won", **ASKED)
        assert figures(again) == figures(first)


@pytest.mark.parametrize("kind", everykind.KINDS)
def test_every_kind_of_table_gives_the_same_figures(kind, found):
    data = everykind.as_table(kind, ROWS, KINDS)
    assert figures(audit(CARD, data, "won", **ASKED)) == figures(found)


def test_tables_are_of_the_kind_that_was_given():
    found = audit(CARD, pl.DataFrame(ROWS), "won", **ASKED)
    for name in SHEETS:
        assert isinstance(found.table(name), pl.DataFrame)
        assert found.table(name).height == len(found.sheet(name).rows)
    with pytest.raises(ConfigError, match=r"no table 'group'.*Did you mean 'groups'"):
        found.table("group")


@pytest.mark.parametrize("locale", ["en", "zh"])
def test_texts_have_words_for_everything(found, locale):
    made = [found, audit(CARD, ROWS[:40], "won", **ASKED), audit("x", ROWS, "won", factors=["tag"])]
    made.append(audit(CARD, ROWS, "won", reference=sample(seed=1)))
    for one in made:
        text = one.text(locale)
        assert "audit." not in text
        assert "…" not in text
        assert "nan" not in text
        for name in SHEETS:
            heads, cells = one.sheet(name, locale).shown(locale)
            assert not [head for head in heads if head.startswith("audit.")]
            odd = ("audit.", "scale.", "trend.", "shift.")
            assert not [cell for row in cells for cell in row if cell.startswith(odd)]
    assert "<table>" in found._repr_html_()


def test_the_language_changes_all_sentences(found):
    latin, han = found.text("en", figures=False), found.text("zh", figures=False)
    assert not set("：，。") & set(latin)
    assert len(latin.splitlines()) == len(han.splitlines())


def test_json_holds_no_numbers_of_numpy(found):
    assert json.loads(figures(found))["known"] == 600


def test_rows_without_an_outcome_are_counted_and_left_out():
    rows = [{**row, "won": None if i % 10 == 0 else row["won"]} for i, row in enumerate(ROWS)]
    found = audit(CARD, rows, "won")
    rest = audit(CARD, [row for row in rows if row["won"]], "won")
    assert (found.rows, found.known, found.unknown) == (600, 540, 60)
    assert found.telling.auc == rest.telling.auc
    assert "audit.outcome_unknown" in [one.reason.code for one in found.findings]


def test_rows_without_a_score_are_counted_and_left_out():
    found = audit("x", ROWS, "won")
    lacking = sum(row["x"] is None for row in ROWS)
    assert (found.unscored, found.known) == (lacking, 600 - lacking)
    assert found.of("watch")[0].reason.code == "audit.unscored"


def test_a_card_is_not_to_be_audited_on_its_own_rows():
    card = WeightOfEvidence(outcome="won", columns=("x", "y")).fit(ROWS)
    codes = [one.reason.code for one in audit(card, ROWS, "won").findings]
    assert codes.count("audit.own_rows") == 1
    fresh = [one.reason.code for one in audit(card, sample(seed=1), "won").findings]
    assert "audit.own_rows" not in fresh


def test_columns_of_probabilities_are_taken_as_such():
    rows = [{"p": (n % 10 + 0.5) / 10, "won": n * 7 % 100 < 10 * (n % 10)} for n in range(1000)]
    assert audit("p", rows, "won").chances.given
    assert not audit("s", [{"s": 9 * r["p"], "won": r["won"]} for r in rows], "won").chances.given


def test_what_was_filled_in_later_is_an_alarm():
    rows = [{**row, "end": "2026-07-01", "tag_at": "2026-07-05"} for row in ROWS]
    found = audit(CARD, rows, "won", filled={"tag": "tag_at"}, decided="end")
    said = [one.reason.code for one in found.of("alarm") if one.about == "tag"]
    assert said == ["audit.leak_late"]
    with pytest.raises(ConfigError, match="say after which day"):
        audit(CARD, rows, "won", filled={"tag": "tag_at"})


def test_drift_against_a_reference():
    moved = [{**row, "x": None if row["x"] is None else row["x"] / 3} for row in sample(seed=1)]
    found = audit(CARD, moved, "won", reference=[{"x": r["x"], "y": r["y"]} for r in ROWS])
    assert found.drift.score.stability.shift == "moved"
    assert ("drift", "x") in [(one.section, one.about) for one in found.findings]


def test_a_lazy_table_is_fetched_once_and_only_what_is_needed():
    lazy = pl.DataFrame(ROWS).with_columns(unused=pl.lit("secret")).lazy()
    with cs.frames.crossings() as crossed:
        audit(CARD, lazy, "won", protected=["sex"])
    assert len([one for one in crossed if one.rows]) == 1


@given(st.lists(st.tuples(st.integers(0, 5), st.booleans()), min_size=2, max_size=30))
def test_small_tables_are_answered_or_refused_but_never_fail(rows):
    held = [{"x": 20 * x, "y": x % 2, "won": won, "sex": "mf"[x % 2]} for x, won in rows]
    if len({won for _, won in rows}) < 2:
        with pytest.raises(NotEnoughDataError):
            audit(CARD, held, "won", protected=["sex"])
        return
    found = audit(CARD, held, "won", protected=["sex"])
    assert not [one for one in found.of("alarm") if one.section != "telling"]
    json.dumps(found.as_dict())
    assert "audit.few" in [one.reason.code for one in found.findings]


def test_what_cannot_be_audited_is_refused():
    with pytest.raises(MissingColumnError, match="won"):
        audit(CARD, [{"x": 1, "y": 1}], "won")
    with pytest.raises(ConfigError, match="read by the card itself"):
        audit(CARD, ROWS, "x")
    with pytest.raises(ConfigError, match="level"):
        audit(CARD, ROWS, "won", level=95)
    with pytest.raises(ConfigError, match="select"):
        audit(CARD, ROWS, "won", select=20)
    with pytest.raises(TypeError, match="protcted"):
        audit(CARD, ROWS, "won", protcted=["sex"])
    with pytest.raises(NotEnoughDataError, match="have a score"):
        audit("x", [{"x": None, "won": "yes"}, {"x": 1, "won": "no"}], "won")


def test_a_card_that_rules_customers_out_is_audited_with_the_columns_of_its_conditions():
    card = attrs.evolve(CARD, vetoes=(Veto("competitor", F("sex") == "m"),))
    found = audit(card, pl.DataFrame(ROWS), "won")
    assert found.telling.auc == audit(CARD, ROWS, "won").telling.auc
    strange = attrs.evolve(CARD, vetoes=(Veto("sold", F("won") == "yes"),))
    with pytest.raises(ConfigError, match="'won' is read by the card itself"):
        audit(strange, ROWS, "won")


def test_nothing_that_is_not_known_gets_into_json():
    rows = [{**row, "x": 100 if row["won"] == "yes" else 0} for row in ROWS]
    figures(audit(CARD, rows, "won", **ASKED))


def test_words_are_not_counted_as_numbers():
    earlier = [{**row, "sex": 1} for row in ROWS]
    with pytest.raises(DataError, match=r"'sex'.*words in one table and numbers in the other"):
        audit(CARD, ROWS, "won", factors=["sex"], reference=earlier)
    nothing = [{**row, "sex": None} for row in ROWS]
    for now, then in ((ROWS, nothing), (nothing, ROWS)):
        found = audit(CARD, now, "won", factors=["sex"], reference=then)
        assert found.drift.factors[-1].stability.shift == "moved"
