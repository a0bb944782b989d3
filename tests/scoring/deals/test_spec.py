from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from custseg.errors import ConfigError, DataError, MissingColumnError
from custseg.measures import Tally, calibration
from custseg.scoring import DealNames, Deals

DAY = "2026-06-30"


def generated(rows=6000, seed=11):
    """Deals whose chance is known: by source and fit; the amount and the owner tell nothing."""
    rng = np.random.default_rng(seed)
    source = rng.integers(0, 3, rows)
    fit = rng.normal(size=rows)
    z = np.array([-1.0, 0.0, 0.8])[source] + 0.9 * fit - 0.4
    chance = 1 / (1 + np.exp(-z))
    won = rng.random(rows) < chance
    opened = np.datetime64("2025-01-01") + rng.integers(0, 400, rows).astype("timedelta64[D]")
    return pl.DataFrame(
        {
            "deal_id": np.arange(rows),
            "stage": np.where(won, "won", "lost"),
            "amount": rng.gamma(2.0, 500.0, rows),
            "opened_at": opened,
            "closed_at": opened + rng.integers(1, 90, rows).astype("timedelta64[D]"),
            "source": np.array(["list", "fair", "friend"])[source],
            "fit": fit,
            "owner": np.array([f"rep {i}" for i in rng.integers(0, 40, rows)]),
            "chance": chance,
            "won": won,
        }
    )


def asked(table):
    blank = pl.lit(None)
    return table.with_columns(
        stage=pl.lit("offer"), closed_at=blank.cast(pl.Date), opened_at=pl.lit("2026-06-29")
    )


def test_chances_are_near_the_true_ones_and_calibrated():
    every = generated()
    model = Deals(columns=("source", "fit", "owner")).fit(every[:4000], as_of=DAY)
    rest = every[4000:]
    said = model.apply(asked(rest))["win_probability"].to_numpy()
    won = rest["won"].to_numpy()
    tally, best = Tally.of(said, won), Tally.of(rest["chance"].to_numpy(), won)
    assert tally.auc > best.auc - 0.02
    assert calibration(tally).error < 0.04
    assert np.abs(said - rest["chance"].to_numpy()).mean() < 0.07


def test_what_tells_nothing_is_left_out():
    model = Deals(columns=("source", "fit", "owner")).fit(generated(), as_of=DAY)
    named = {factor.name for factor in model.card.factors}
    assert {"source", "fit"} <= named
    assert not {"owner", "amount"} & named


def test_order_of_rows_and_kind_of_table_are_all_the_same():
    spec = Deals(columns=("source", "fit", "owner"))
    table = generated(800)
    model = spec.fit(table, as_of=DAY)
    assert spec.fit(table.reverse(), as_of=DAY) == model
    assert spec.fit(table.to_dicts(), as_of=DAY) == model
    assert spec.fit(table.to_pandas(), as_of=DAY) == model


def test_nothing_after_the_day_matters():
    table = generated(800)
    then = table.filter(pl.col("closed_at") <= pl.date(2025, 9, 30))
    still = table.filter(
        (pl.col("closed_at") > pl.date(2025, 9, 30)) & (pl.col("opened_at") <= pl.date(2025, 9, 30))
    ).with_columns(stage=pl.lit("offer"), closed_at=pl.lit(None).cast(pl.Date))
    spec = Deals(columns="source")
    known = pl.concat([then, still], how="vertical_relaxed")
    assert spec.fit(table, as_of="2025-09-30") == spec.fit(known, as_of="2025-09-30")


def test_open_deals_count_as_far_as_they_go():
    """Quick losses and slow wins: among closed deals alone everything looks lost."""
    day = date(2026, 6, 30)
    rows = []
    for i in range(900):
        win = i % 3 > 0
        opened = day - timedelta(1 + i % 100)
        closes = opened + timedelta(60 if win else 5)
        over = closes <= day
        rows.append(
            {
                "stage": ("won" if win else "lost") if over else "offer",
                "opened_at": opened,
                "closed_at": closes if over else None,
                "amount": 1.0,
            }
        )
    model = Deals().fit(rows, as_of=DAY)
    fresh = model.one({**rows[0], "stage": "offer", "opened_at": "2026-06-29", "closed_at": None})
    older = model.one({**rows[0], "stage": "offer", "opened_at": "2026-06-01", "closed_at": None})
    shut = [row["stage"] for row in rows]
    assert shut.count("won") / (shut.count("won") + shut.count("lost")) < 0.5
    assert fresh["win_probability"] > 0.55
    assert older["win_probability"] > 0.85


def staged(counts):
    """Closed deals by the last stage that they reached."""
    return [
        {"stage": stage, "outcome": end, "amount": 10.0}
        for (stage, end), count in counts.items()
        for _ in range(count)
    ]


def test_a_lost_deal_has_been_in_all_stages_up_to_its_own():
    rows = staged(
        {
            ("lead", "lost"): 600,
            ("offer", "lost"): 200,
            ("contract", "lost"): 40,
            ("contract", "won"): 160,
        }
    )
    spec = Deals(
        stages={"lead": 0.2, "offer": 0.4, "contract": 0.8},
        names=DealNames(outcome="outcome"),
        prior_deals=1,
    )
    model = spec.fit(rows, as_of=DAY)
    said = {
        stage: model.one({"stage": stage, "outcome": None, "amount": 1})["win_probability"]
        for stage in spec.stages
    }
    assert said["lead"] == pytest.approx(0.16, abs=0.005)
    assert said["offer"] == pytest.approx(0.40, abs=0.01)
    assert said["contract"] == pytest.approx(0.80, abs=0.01)


def test_without_an_order_each_stage_counts_for_itself():
    rows = staged({("a", "lost"): 100, ("a", "won"): 10, ("b", "lost"): 10, ("b", "won"): 100})
    model = Deals(names=DealNames(outcome="outcome"), prior=0.5).fit(rows, as_of=DAY)
    low, high = (
        model.one({"stage": s, "outcome": "", "amount": 1})["win_probability"] for s in "ab"
    )
    assert (low < 0.25, high > 0.75) == (True, True)


def test_few_deals_stay_near_what_was_thought_before():
    few = Deals(columns="source", prior=0.3).fit(generated(12), as_of=DAY)
    assert {f.name for f in few.card.factors} <= {"source"} if few.card else True
    said = few.apply(asked(generated(300, 5)))["win_probability"].to_numpy()
    assert 0.15 < said.min() <= said.max() < 0.7


def test_a_history_that_does_not_say_how_deals_ended_is_refused():
    with pytest.raises(MissingColumnError, match="stage"):
        Deals().fit([{"amount": 3}], as_of=DAY)
    with pytest.raises(MissingColumnError, match="outcome"):
        Deals(names=DealNames(outcome="outcome")).fit([{"stage": "won"}], as_of=DAY)
    with pytest.raises(MissingColumnError, match="source"):
        Deals(columns="source").fit([{"stage": "won"}], as_of=DAY)


@pytest.mark.parametrize(
    "how",
    [
        {"prior": 0},
        {"prior": 1},
        {"stages": {"a": 1.0}},
        {"stuck_after": 1.5},
        {"prior_deals": 0},
        {"lifts": {"stuck": 0.5}},
        {"lifts": {"on_track": -1, "stuck": 0.5, "slipping": 0.5, "overdue": 0.7}},
    ],
)
def test_settings_that_make_no_sense_are_refused(how):
    with pytest.raises(ConfigError):
        Deals(**how)


def test_leads_without_stages_and_amounts():
    leads = [
        {"outcome": "yes" if i % 10 > 6 else "no", "visits": i % 10, "source": "fair"}
        for i in range(400)
    ]
    spec = Deals(columns=("visits", "source"), names=DealNames(outcome="outcome"))
    model = spec.fit(leads, as_of=DAY)
    hot, cold = (
        model.one({"outcome": None, "visits": v, "source": "fair"})["win_probability"]
        for v in (9, 1)
    )
    assert hot > 0.8
    assert cold < 0.1


@pytest.mark.parametrize("name", ["stage", "closed_at", "amount", "opened_at", "deal_id"])
def test_what_says_how_it_ended_is_no_further_column(name):
    with pytest.raises(ConfigError, match="already"):
        Deals(columns=("source", name))
    with pytest.raises(ConfigError, match="already"):
        Deals(columns="end", names=DealNames(outcome="end"))
    assert Deals(columns="currency").columns == ("currency",)


def test_a_deal_has_one_row():
    rows = generated(40)
    with pytest.raises(DataError, match="3 deals have several rows"):
        Deals().fit(pl.concat([rows, rows[:3]]), as_of=DAY)
    unnamed = Deals(names=DealNames(deal="")).fit(pl.concat([rows, rows]), as_of=DAY)
    assert unnamed.chance == pytest.approx(Deals().fit(rows, as_of=DAY).chance, abs=0.1)
    blank = rows.with_columns(deal_id=pl.lit(None))
    assert Deals().fit(blank, as_of=DAY) == Deals().fit(rows, as_of=DAY)


def test_deals_that_are_opened_later_have_no_say_in_anything():
    rows = [{**row, "currency": "CNY"} for row in generated(60).to_dicts()]
    later = {**rows[0], "deal_id": -1, "opened_at": "2027-01-01", "source": "new"}
    spec = Deals(columns=("source", "fit"))
    known = spec.fit(rows, as_of=DAY)
    for more in ({"currency": "EUR"}, {"fit": None}, {"deal_id": rows[0]["deal_id"]}):
        assert spec.fit([*rows, {**later, **more}], as_of=DAY) == known
    assert spec.fit([later], as_of=DAY) == spec.fit([], as_of=DAY)


def test_closed_deals_without_days_count_by_how_they_ended():
    """Lost deals without days beside a few won ones with days: most deals are lost."""
    undated = [{"stage": "lost", "opened_at": None, "closed_at": None}] * 300
    dated = [{"stage": "won", "opened_at": "2026-01-01", "closed_at": "2026-02-01"}] * 60
    model = Deals(prior_deals=1).fit([*undated, *dated], as_of=DAY)
    assert model.chance == pytest.approx((60 + 0.25) / 361, abs=0.01)


@pytest.mark.parametrize(("end", "bound"), [("won", 0.999999), ("lost", 1e-6)])
def test_no_chance_is_sure_however_little_is_thought_before(end, bound):
    rows = [{"stage": "offer", "outcome": end}] * 300
    for stages in ({}, {"offer": 0.5}):
        spec = Deals(
            stages=stages, names=DealNames(outcome="outcome"), prior_deals=1e-200, prior=0.5
        )
        model = spec.fit(rows, as_of=DAY)
        assert model.one({"stage": "offer", "outcome": None})["win_probability"] == bound
    assert Deals(prior=1e-9).fit([]).on(DAY).one({"amount": 1})["win_probability"] == 1e-6


def test_stages_go_by_their_words_not_by_their_letters():
    rows = staged({("LEAD", "lost"): 50, ("Signed-Off", "won"): 50, ("Lead", "lost"): 50})
    spec = Deals(stages={"lead": 0.2, "signed off": 0.8}, names=DealNames(outcome="outcome"))
    exact = [{**r, "stage": "lead" if r["outcome"] == "lost" else "signed off"} for r in rows]
    model = spec.fit(rows, as_of=DAY)
    assert model == spec.fit(exact, as_of=DAY)
    asked_, same = (
        model.one({"stage": s, "outcome": None, "amount": 1}) for s in ("lead", " Lead ")
    )
    assert asked_["win_probability"] == same["win_probability"] < 0.4
    assert "stage" in model.explain({"stage": "SIGNED OFF", "outcome": "", "amount": 1}).text()


def test_amounts_beyond_all_measure_raise_no_warning():
    said = Deals().fit([]).on(DAY).one({"amount": 1e308})
    assert said["expected_value"] == pytest.approx(2.5e307)
