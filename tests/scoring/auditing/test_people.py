"""Figures of fairness, all of them counted by hand on twelve kinds of rows."""

import numpy as np
import pytest

from custseg._typing import Codes
from custseg.frames import table
from custseg.scoring import Factor, Ramp, Scorecard
from custseg.scoring.auditing.choosing import chosen
from custseg.scoring.auditing.classes import Values
from custseg.scoring.auditing.fairness import unfair
from custseg.scoring.auditing.people import People
from custseg.scoring.auditing.subject import Subject

# group, x, won, rows: who has x of 8 or more has 80 points and is chosen
KINDS = [
    ("a", 9, True, 60), ("a", 9, False, 20), ("a", 2, True, 40), ("a", 2, False, 80),
    ("b", 9, True, 15), ("b", 9, False, 5), ("b", 2, True, 35), ("b", 2, False, 45),
    ("c", 9, True, 4), ("c", 2, False, 6),
    (None, 9, True, 10), (None, 2, False, 10),
]  # fmt: skip
ROWS = [{"g": g, "x": x, "won": won} for g, x, won, many in KINDS for _ in range(many)]
CARD = Scorecard((Factor("x", worth=100, curve=Ramp(0, 10)),))


def people(rows=ROWS, card=CARD, select="A"):
    subject = Subject.of(card, table(rows))
    won = np.array([row["won"] for row in rows])
    known = np.ones(len(rows), dtype=bool)
    return People.of(subject, (won, known), chosen(subject, select), 0.95)


def found(name="g", rows=ROWS, **how):
    return people(rows, **how).fairness(Values.of(table(rows), name))


def codes(one):
    return [(f.severity, f.reason.code) for f in unfair([one], [])]


def test_groups_are_counted_as_by_hand():
    one = found()
    shown = {g.group: g for g in one.groups}
    assert [g.group for g in one.groups] == ["a", "b", "c", "audit.missing"]
    a, b, c = (shown[name] for name in "abc")
    assert (a.rows, a.chosen, a.cases, a.others, a.true, a.false) == (200, 80, 100, 100, 60, 20)
    assert (a.selected, a.true_rate, a.false_rate, a.rate) == (0.4, 0.6, 0.2, 0.5)
    assert (b.selected, b.true_rate, b.false_rate, b.rate) == (0.2, 0.3, 0.1, 0.5)
    assert a.score == pytest.approx((80 * 90 + 120 * 20) / 200)
    assert (c.rows, c.small, a.small, b.small) == (10, True, False, False)


def test_the_ratio_is_of_groups_that_are_not_small_and_known():
    """c (40 % of 10) and those without a group are left out: b 0.2 of a 0.4."""
    one = found()
    assert (one.lowest, one.highest) == ("b", "a")
    assert one.ratio.value == pytest.approx(0.5)
    assert one.ratio.low < 0.5 < one.ratio.high < 0.8
    assert one.true_gap.value == pytest.approx(0.3)
    assert one.false_gap.value == pytest.approx(0.1)


def test_what_is_said_of_it():
    assert codes(found()) == [
        ("alarm", "audit.selection_apart"),
        ("watch", "audit.true_rates_apart"),
    ]


def test_few_rows_make_no_claim():
    few = [row for i, row in enumerate(ROWS) if i % 9 == 0]
    assert codes(found(rows=few))[0][0] == "unknown"
    some = [row for i, row in enumerate(ROWS) if i % 3 == 0]
    assert codes(found(rows=some))[0] == ("watch", "audit.selection_maybe")


def test_groups_that_are_alike():
    rows = [{**row, "g": "ab"[i % 2]} for i, row in enumerate(ROWS * 20)]
    assert codes(found(rows=rows)) == [("fine", "audit.selection_alike")]
    rows = [{**row, "g": "ab"[i % 2]} for i, row in enumerate(ROWS)]
    assert codes(found(rows=rows)) == [("unknown", "audit.selection_unsure")]


def test_the_attribute_itself_in_the_card_and_what_leaving_it_out_does():
    card = Scorecard(
        (
            Factor("sex", worth=50, curve=Ramp(0, 1)),
            Factor("x", worth=50, curve=Ramp(0, 9)),
        )
    )
    rows = [{"sex": i % 2, "x": i % 10, "won": i % 3 == 0} for i in range(900)]
    one = found("sex", rows, card=card, select=0.2)
    assert one.used == ("sex",)
    assert one.ratio.value == 0.0  # only the upper half of 1 is chosen
    assert one.without == 1.0  # x of 8 and 9 are chosen: 8 is always of sex 0, 9 of sex 1
    assert ("watch", "audit.attribute_effect") in codes(one)


def test_a_stand_in_is_found_and_the_effect_of_leaving_it_out():
    chance = np.random.default_rng(7)
    card = Scorecard(
        (Factor("job", worth=60, curve=Ramp(0, 3)), Factor("x", worth=40, curve=Ramp(0, 100)))
    )
    rows = []
    for _ in range(3000):
        sex = int(chance.integers(0, 2))
        job = int(np.clip(chance.integers(0, 3) + sex, 0, 3))
        rows.append({"sex": "mf"[sex], "job": job, "x": int(chance.integers(0, 101))})
        rows[-1]["won"] = bool(chance.random() < 0.3)
    one = found("sex", rows, card=card, select=0.2)
    job, x = one.proxies
    assert (job.factor, job.strong, x.factor, x.strong) == ("job", True, "x", False)
    assert job.auc == pytest.approx(0.5 + 0.5 * (1 - 2 / 9 * 2 + 0) * 0.5, abs=0.25)
    assert one.ratio.value < 0.3
    assert job.ratio > 0.8
    assert one.stripped == job.ratio
    assert not one.used
    said = codes(one)
    assert ("watch", "audit.proxy") in said
    assert ("watch", "audit.stripped_enough") in said


def test_chance_makes_no_stand_in():
    chance = np.random.default_rng(8)
    rows = [
        {"sex": "mf"[chance.integers(0, 2)], "x": float(chance.random()), "won": n % 3 == 0}
        for n in range(60)
    ]
    one = found("sex", rows, card=Scorecard((Factor("x", worth=9, curve=Ramp(0, 1)),)), select=0.3)
    assert not one.proxies[0].strong


def test_ages_are_put_into_bands_in_their_order():
    rows = [{**row, "age": 20 + n % 50} for n, row in enumerate(ROWS)]
    names = [g.group for g in found("age", rows).groups]
    assert names[0].startswith("< ")
    assert names[-1].startswith(">= ")
    assert len(names) == 6


def test_probabilities_that_are_wrong_in_one_group():
    rows = [{"p": 0.3, "g": "ab"[n % 2], "won": n % 20 < 2 + 6 * (n % 2)} for n in range(2000)]
    subject = Subject.of("p", table(rows))
    won = np.array([row["won"] for row in rows])
    every = np.ones(len(rows), dtype=bool)
    one = People.of(subject, (won, every), every, 0.95).fairness(
        Values("g", Codes(np.arange(2000) % 2, ("a", "b")))
    )
    said = [f.reason.settings for f in unfair([one], []) if f.reason.code == "audit.group_off"]
    assert {s["group"]: round(s["came"], 2) for s in said} == {"a": 0.1, "b": 0.4}


def test_attributes_that_were_not_named_or_are_not_there():
    asked = [(f.severity, f.reason.code) for f in unfair([], [])]
    assert asked == [("unknown", "audit.fairness_unasked")]
    absent = [(f.severity, f.reason.code, f.about) for f in unfair([], ["gender"])]
    assert absent == [("unknown", "audit.attribute_absent", "gender")]
