from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import custseg as cs
import everykind
from anychurn import NAMES, PLAIN, SOME, START, log_of, orders, spied
from custseg.classify import (
    FixedDays,
    Lifecycle,
    NoPurchase,
    Origins,
    Recency,
    backtest,
    risk_signals,
)
from custseg.errors import CancelledError, ConfigError, NotEnoughDataError
from custseg.measures import Tally, monotone_map
from custseg.rules import Ladder

days = st.integers(10, 60).map(lambda n: START + timedelta(n))


def once(on, **more):
    return Origins(first=on, last=on, end=START + timedelta(120), **more)


@given(orders, days, st.integers(1, 40))
def test_nothing_after_the_day_changes_a_signal(rows, on, horizon):
    early = [row for row in rows if row["date"] <= on]
    late = [{**row, "amount": 7 * row["amount"]} for row in rows if row["date"] > on]
    moved = [{**row, "date": row["date"] + timedelta(1)} for row in late]
    signals, heard = spied(PLAIN)
    for some in (early, early + late, early + moved, rows):
        backtest(log_of(some), signals, horizon=horizon, origins=once(on))
    known, *others = (heard[n : n + len(PLAIN)] for n in range(0, len(heard), len(PLAIN)))
    for other in others:
        assert repr(other) == repr(known)


@given(orders, days, st.integers(1, 40))
def test_nothing_after_the_horizon_changes_a_figure(rows, on, horizon):
    over = on + timedelta(horizon)
    whole = backtest(log_of(rows), PLAIN, horizon=horizon, origins=once(on))
    cut = [row for row in rows if row["date"] <= over]
    assert repr(backtest(log_of(cut), PLAIN, horizon=horizon, origins=once(on)).as_dict()) == repr(
        whole.as_dict()
    )


def test_models_and_strategies_learn_from_nothing_later():
    on = date(1997, 12, 31)
    origins = Origins(first=on, last=on, end=date(1998, 6, 30))
    tried = risk_signals(Lifecycle(FixedDays(90)))
    signals, heard = spied(tried)
    known = [row for row in SOME if row["date"] <= on]
    for rows in (SOME, known):
        backtest(cs.TransactionLog.of(rows, NAMES), signals, origins=origins)
    assert heard[: len(tried)] == heard[len(tried) :]
    assert [name for name, _, _ in heard[: len(tried)]] == list(tried)


@given(orders, days, st.integers(1, 40))
def test_who_is_lost_bought_nothing_within_the_horizon(rows, on, horizon):
    rows = [{"customer_id": "a", "date": START, "amount": 1.0}, *rows]
    bought = [(row["customer_id"], row["date"]) for row in rows if row["amount"] > 0]
    known = {who for who, day in bought if day <= on}
    back = {who for who, day in bought if on < day <= on + timedelta(horizon)}
    found = backtest(log_of(rows[1:]), {}, horizon=horizon, origins=once(on)).of()
    assert (found.customers, found.lost) == (len(known), len(known - back))


@given(orders, days)
def test_all_days_together_weigh_their_pairs(rows, on):
    origins = Origins(first=on, every=7, end=START + timedelta(120))
    found = backtest(log_of(rows), PLAIN, horizon=20, origins=origins)
    for name, one in found.together.items():
        parts = [part for part in found.daily if part.signal == name]
        pairs = np.array([part.lost * (part.customers - part.lost) for part in parts])
        areas = np.array([part.auc.value for part in parts])
        mean = (pairs * np.nan_to_num(areas)).sum() / pairs.sum() if pairs.sum() else np.nan
        assert one.auc.value == pytest.approx(mean, nan_ok=True)
        assert one.customers == sum(part.customers for part in parts)
        assert one.customers + one.unknown == found.of().customers


def test_probabilities_are_learned_from_days_that_were_over():
    log = cs.TransactionLog.of(SOME, NAMES)
    tallies = {}

    def recency(seen):
        days = seen.column("recency_days")
        later = log.occasions(as_of=seen.day + timedelta(90)).count
        tallies[seen.day] = Tally.of(days, (later == log.occasions(as_of=seen.day).count)[seen.who])
        return days

    found = backtest(log, {"mine": recency})
    told = {one.at: one for one in found.daily if one.signal == "mine"}
    for on, tally in tallies.items():
        over = [one for day, one in tallies.items() if day + timedelta(90) <= on]
        if not over:
            assert told[on].calibrated is None
            continue
        known = monotone_map(Tally.joined(over))
        assert told[on].calibrated.brier == pytest.approx(tally.mapped(known.of(tally.score)).brier)
    uncalibrated = [note for note in found.notes if note.code == "backtest.uncalibrated"]
    assert uncalibrated[0].settings == {"dates": 3, "all": 9}
    every = monotone_map(Tally.joined(tallies.values()))
    assert found.maps["mine"] == {"": every}
    asked = np.array([0.0, 100.0, np.nan])
    assert found.probability("mine", asked).tolist()[:2] == every.of(asked).tolist()[:2]


def test_days_on_which_a_signal_means_something_else_teach_it_nothing():
    class Turning:
        """Days of silence, on some days with another sign."""

        chance = False

        def risk(self, seen):
            return seen.column("recency_days") * (-1 if self.scale(seen) == "turned" else 1)

        def scale(self, seen):
            return "turned" if seen.day < date(1997, 9, 1) else "plain"

    log = cs.TransactionLog.of(SOME, NAMES)
    found = backtest(log, {"turning": Turning()})
    told = {one.at: one for one in found.daily if one.signal == "turning"}
    assert told[date(1997, 11, 30)].calibrated is None  # only days of the other scale are over
    assert told[date(1997, 12, 31)].calibrated is not None
    assert set(found.maps["turning"]) == {"turned", "plain"}
    some = np.array([10.0, 200.0])
    up = found.probability("turning", some, scale="plain")
    down = found.probability("turning", -some, scale="turned")
    assert up[0] < up[1]
    assert down[0] >= down[1]  # the map never falls
    assert np.isnan(found.probability("turning", some)).all()


def test_looking_at_the_same_customers_again_makes_nothing_surer():
    """Ten days in a row are hardly more than one."""
    log = cs.TransactionLog.of(SOME, NAMES)
    one = backtest(log, {}, origins=Origins(first="1997-12-31", last="1997-12-31")).of()
    many = backtest(log, {}, origins=Origins(first="1997-12-27", last="1998-01-05", every="day"))
    assert len(many.dates) == 10
    assert many.of().auc.error > 0.9 * one.auc.error


def test_the_interval_of_all_days_covers():
    """The error of all days together is the spread that drawing customers anew shows."""
    chance = np.random.default_rng(5)
    by_id = {}
    for row in SOME:
        by_id.setdefault(row["customer_id"], []).append(row)
    people, origins = list(by_id.values()), Origins(every="quarter")
    areas = []
    for _ in range(60):
        drawn = chance.integers(0, len(people), len(people))
        rows = [{**row, "customer_id": f"{n}"} for n, at in enumerate(drawn) for row in people[at]]
        areas.append(
            backtest(cs.TransactionLog.of(rows, NAMES), {}, origins=origins).of().auc.value
        )
    whole = backtest(cs.TransactionLog.of(SOME, NAMES), {}, origins=origins).of()
    assert whole.auc.error == pytest.approx(np.std(areas), rel=0.35)


def test_an_order_of_fixed_days_is_that_of_recency():
    log = cs.TransactionLog.of(SOME, NAMES)
    for lifecycle in (Lifecycle(FixedDays(90, at_risk_after=45, churned_after=300)), Lifecycle()):
        found = backtest(log, {"order": lifecycle})
        assert found.of("order").auc == found.of().auc
        gain = found.of("order").gain
        assert (gain.value, gain.low, gain.high) == (0.0, 0.0, 0.0)


@pytest.mark.parametrize("kind", everykind.KINDS)
def test_every_kind_of_table_gives_the_same_answer_in_its_kind(kind):
    rows = [{**row, "date": row["date"].isoformat()} for row in SOME]
    kinds = {"customer_id": "text", "date": "text", "amount": "number"}
    log = cs.TransactionLog.of(everykind.as_table(kind, rows, kinds), NAMES)
    found = backtest(log, {"silent": NoPurchase()}, origins=Origins(every="quarter"))
    plain = backtest(
        cs.TransactionLog.of(SOME, NAMES),
        {"silent": NoPurchase()},
        origins=Origins(every="quarter"),
    )
    assert found.as_dict() == plain.as_dict()
    told = everykind.as_records(found.table)
    expected = everykind.as_records(plain.table)
    assert [row["signal"] for row in told] == [row["signal"] for row in expected]
    assert [row["auc"] for row in told] == [row["auc"] for row in expected]


def test_a_table_has_a_row_for_each_day_and_one_for_all():
    found = backtest(cs.TransactionLog.of(SOME, NAMES), {"silent": NoPurchase()})
    rows = found.table
    assert len(rows) == 2 * len(found.dates) + 2
    assert [row["at"] for row in rows[-2:]] == [None, None]
    assert rows[0]["at"] == date(1997, 6, 30)
    assert rows[0]["brier_as_is"] is None
    assert 0 < rows[1]["brier_as_is"] < 0.25


def test_only_some_customers_are_looked_at():
    log = cs.TransactionLog.of(SOME, NAMES)
    every = backtest(log, {}).of()
    again = backtest(log, {}, origins=Origins(least=2)).of()
    lately = backtest(log, {}, origins=Origins(within_days=60)).of()
    few = [{"customer_id": row["customer_id"]} for row in SOME[:40]]
    people = backtest(log, {}, customers=list({row["customer_id"]: row for row in few}.values()))
    assert again.customers < every.customers
    assert lately.customers < every.customers
    assert lately.auc.value < every.auc.value
    assert people.of().customers == len({row["customer_id"] for row in few}) * len(people.dates)


def test_columns_of_customers_and_money_are_told_in_the_order_of_customers():
    log = log_of(
        [{"customer_id": "b", "date": START + timedelta(n), "amount": 2.0} for n in (1, 5, 60)]
    )
    heard = []

    def ask(seen):
        heard.append((list(seen.ids), seen.column("age").tolist(), seen.column("revenue").tolist()))
        return seen.column("age")

    people = [{"customer_id": "b", "age": 30}, {"customer_id": "x", "age": 1}, {"customer_id": "a"}]
    on = START + timedelta(20)
    backtest(log, {"age": ask}, horizon=30, origins=once(on), customers=people)
    assert repr(heard) == repr([(["b", "a"], [30.0, np.nan], [4.0, 1.0])])


def test_a_fitted_model_is_a_signal():
    log = cs.TransactionLog.of(SOME, NAMES)
    steps = Ladder(((cs.F("recency_days") >= 90, "quiet"),), "lively")
    group = cs.classify.Membership("group", steps).fit([])
    with pytest.raises(ConfigError, match="a column of numbers; the model gives none"):
        backtest(log, {"group": group})
    card = cs.scoring.Scorecard(
        factors=(cs.scoring.Factor("frequency", worth=30, curve=cs.scoring.Ramp(0, 10)),)
    )
    found = backtest(log, {"score": card.fit([])})
    assert found.of("score").auc.value < 0.5  # the more points, the likelier to come back
    model = cs.lifetime.MBGNBD().fit(log.summary(as_of="1997-12-31"))
    assert backtest(log, {"fitted": model}).of("fitted").as_is is not None


def test_contacts_count_up_to_the_day():
    log = log_of([{"customer_id": "b", "date": START + timedelta(2), "amount": 2.0}])
    calls = [
        {"customer_id": "a", "date": START + timedelta(25)},
        {"customer_id": "b", "date": START + timedelta(35)},
    ]
    heard = []

    def ask(seen):
        heard.append(seen.column("contact_days").tolist())
        return np.zeros(seen.size)

    on = START + timedelta(30)
    cared = Lifecycle(FixedDays(20, contact_within=10))
    backtest(log, {"ask": ask, "cared": cared}, horizon=30, origins=once(on), interactions=calls)
    assert repr(heard) == repr([[5.0, np.nan]])


def test_what_cannot_be_told_is_counted_and_left_out():
    log = cs.TransactionLog.of(SOME, NAMES)

    def gap(seen):
        return seen.column("recency_days") / seen.column("gap_mean_days")

    found = backtest(log, {"gap": gap})
    one = found.of("gap")
    assert one.unknown > 0
    assert one.customers + one.unknown == found.of().customers
    assert [note.code for note in found.notes if note.code == "backtest.unknown"]
    # it is compared with the baseline of the same customers
    known = [part for part in found.daily if part.signal == "gap"]
    assert all(part.gain.value == pytest.approx(part.auc.value - 0.5, abs=0.5) for part in known)


def test_too_few_to_learn_from_is_said_and_not_hidden():
    log = log_of([{"customer_id": "b", "date": START + timedelta(2), "amount": 2.0}])
    on = START + timedelta(30)
    found = backtest(log, {"silent": NoPurchase()}, horizon=30, origins=once(on))
    assert np.isnan(found.of("silent").auc.value)
    assert "too few data to learn from on 1 day" in found.text()
    assert "silent" not in found.maps
    assert np.isnan(found.probability("silent", np.zeros(1))).all()


@pytest.mark.parametrize(("back", "lost"), [([], 2), (["a", "b"], 0)])
def test_all_lost_or_none_have_no_area(back, lost):
    later = [{"customer_id": who, "date": START + timedelta(40), "amount": 1.0} for who in back]
    log = log_of([{"customer_id": "b", "date": START, "amount": 2.0}, *later])
    found = backtest(log, {}, horizon=30, origins=once(START + timedelta(30)))
    one = found.of()
    assert (one.customers, one.lost) == (2, lost)
    assert np.isnan(one.auc.value)
    assert found.best is None
    assert found.as_dict()["together"][0]["auc"] is None
    assert "there is nothing to put in order there" in found.text()
    assert found.table[0]["auc"] is None


def test_a_short_or_empty_log_leaves_no_day():
    with pytest.raises(NotEnoughDataError, match="no purchases"):
        backtest(cs.TransactionLog.of([], NAMES))
    refunds = cs.TransactionLog.of([{"customer_id": "a", "date": START, "amount": -1}], NAMES)
    with pytest.raises(NotEnoughDataError, match="no purchases"):
        backtest(refunds)
    with pytest.raises(NotEnoughDataError, match="180 days before it and 90 after it"):
        backtest(log_of([{"customer_id": "b", "date": START + timedelta(200), "amount": 1.0}]))


def test_a_day_before_the_first_purchase_has_nobody():
    log = log_of([])
    found = backtest(log, PLAIN, horizon=5, origins=once(START - timedelta(9)))
    assert found.of().customers == 0
    assert found.text()


def test_progress_is_told_and_may_stop_it():
    log, told = cs.TransactionLog.of(SOME, NAMES), []
    backtest(log, {}, progress=lambda *step: told.append(step))
    days = [step for step in told if step[0] == "backtest"]
    assert days == [("backtest", n, 9) for n in range(10)]
    with pytest.raises(CancelledError, match="cancelled at step 'backtest', 0 of 9 done"):
        backtest(log, {}, progress=lambda *_: False)


@pytest.mark.parametrize("horizon", [0, -1, 1.5, "90", True, None])
def test_a_horizon_is_whole_days(horizon):
    with pytest.raises(ConfigError, match="horizon: must be a whole number"):
        backtest(cs.TransactionLog.of(SOME, NAMES), horizon=horizon)


def test_a_horizon_of_numpy_is_a_number_and_a_horizon_without_end_leaves_no_day():
    log = cs.TransactionLog.of(SOME, NAMES)
    found = backtest(log, {}, horizon=np.int64(30), origins=Origins(every="quarter"))
    assert found.as_dict()["horizon"] == 30
    with pytest.raises(NotEnoughDataError, match="1000000 after it"):
        backtest(log, {}, horizon=10**6)
    with pytest.raises(ConfigError, match="a horizon of 1000000 days"):
        backtest(log, {}, horizon=10**6, origins=Origins(first="1997-06-30"))


def test_signals_must_be_signals():
    log = cs.TransactionLog.of(SOME, NAMES)
    with pytest.raises(ConfigError, match="a signal has a method risk"):
        backtest(log, {"x": 3})
    with pytest.raises(ConfigError, match="one number for each of"):
        backtest(log, {"x": lambda _: np.zeros(3)})
    with pytest.raises(ConfigError, match="'colour' cannot be told for a day in the past"):
        backtest(log, {"x": lambda seen: seen.column("colour")})
    with pytest.raises(
        ConfigError, match=r"signal 'recensy' was not tried.*Did you mean 'recency'"
    ):
        backtest(log, {"x": Recency()}).of("recensy")


def test_it_reads_in_both_languages_and_is_escaped():
    found = backtest(cs.TransactionLog.of(SOME, NAMES), {"<b>": Recency()})
    assert "who bought nothing within 90 days" in found.text()
    assert "谁会在 90 天内不再购买" in found.text("zh")
    assert "&lt;b&gt;" in found._repr_html_()
    assert "<b>" not in found._repr_html_()
