"""Cards that optbinning 1.0.0 made (`benchmarks/optbinning_cards.py`) score here as there."""

import json
from pathlib import Path

import pandas as pd
import pytest

import custseg as cs
from custseg.errors import ConfigError, DataError, MissingColumnError
from custseg.scoring import Odds, optbinning_card

HELD = json.loads((Path(__file__).parent / "cards.json").read_text(encoding="utf-8"))
ROWS, CARDS = HELD["rows"], {one["name"]: one for one in HELD["cards"]}
EXACT = CARDS["points to double the odds"]
ROUNDED = CARDS["rounded, from an intercept"]
ODDS = Odds(at=600, odds=50, double=20)
KNOWN = {"fair", "ad", "web, shop", "O'Neil", 'say "hi"', "王牌", "x y", "rare", None}


def made(one, **settings):
    return optbinning_card(one["table"], one["variables"], base=one["base"], **settings)


@pytest.mark.parametrize("one", CARDS.values(), ids=CARDS)
def test_scores_are_the_same_to_half_a_hundredth_a_factor(one):
    card = made(one)
    apart = [abs(r["score"] - s) for r, s in zip(card.apply(ROWS), one["scores"], strict=True)]
    assert len(apart) == 68
    assert max(apart) <= 0.005 * len(card.factors)


def test_a_rounded_card_is_the_same_exactly():
    assert [row["score"] for row in made(ROUNDED).apply(ROWS)] == ROUNDED["scores"]


def test_its_chance_is_that_of_no_event():
    rows = made(EXACT, odds=ODDS).apply(ROWS)
    seen = [(r, p) for r, p in zip(rows, EXACT["no_event"], strict=True) if r["source"] in KNOWN]
    assert len(seen) == 64
    assert max(abs(row["probability"] - chance) for row, chance in seen) < 0.0003


def test_the_card_is_one_of_ours():
    card = made(EXACT, odds=ODDS)
    assert cs.load(cs.dump(card)) == card
    assert "optbinning from 1200 outcomes" in card.explain(ROWS[0]).text()
    assert "SELECT" in card.to_sql()
    frame = pd.DataFrame(ROWS)
    assert card.apply(frame)["score"].tolist() == [row["score"] for row in card.apply(ROWS)]
    assert {row["grade"] for row in card.apply(ROWS)} >= {"B", "C"}


def test_documents_may_be_text_and_the_table_a_frame_in_any_order():
    documents = [json.dumps(one) for one in reversed(EXACT["variables"])]
    table = pd.DataFrame(EXACT["table"]).sample(frac=1, random_state=1)
    card = optbinning_card(table, documents)
    assert {f.name: f for f in card.factors} == {f.name: f for f in made(EXACT).factors}


def test_a_summary_is_enough():
    table = [{k: one[k] for k in ("Variable", "Points")} for one in EXACT["table"]]
    card = optbinning_card(table, EXACT["variables"])
    assert [row["score"] for row in card.apply(ROWS)] == [
        row["score"] for row in made(EXACT).apply(ROWS)
    ]


def test_what_does_not_fit_together_is_refused():
    with pytest.raises(DataError, match=r"\['visits'\] are in the table"):
        optbinning_card(EXACT["table"], EXACT["variables"][1:])
    with pytest.raises(DataError, match="they are of two fits"):
        optbinning_card(EXACT["table"][1:], EXACT["variables"])
    with pytest.raises(DataError, match="totals"):
        optbinning_card([*EXACT["table"], {"Variable": None, "Points": 3}], EXACT["variables"])
    with pytest.raises(MissingColumnError, match="Points"):
        optbinning_card([{"Variable": "visits"}], EXACT["variables"])
    with pytest.raises(ConfigError, match="at least one line"):
        optbinning_card(pd.DataFrame({"Variable": [], "Points": []}), [])
