import numpy as np
import pytest

import custseg as cs
from anychurn import NAMES, SOME
from custseg.classify.churn.aligned import Aligned
from custseg.classify.churn.seen import Seen
from custseg.classify.churn.worth import worth_of
from custseg.classify.replay.base import base_of
from custseg.errors import ConfigError, MissingColumnError, NotEnoughDataError
from custseg.lifetime import MBGNBD, GammaGamma, Terms, lifetime_value

AS_OF = "1998-06-30"
LOG = cs.TransactionLog.of(SOME, NAMES)


def looked_at(log, as_of=AS_OF):
    day = log.conventions.day(as_of)
    seen = Seen.of(base_of(log, np.array([day])), day, 90)
    people = cs.profile(transactions=log, names=NAMES, as_of=as_of)
    return Aligned.of(people, "customer_id", seen), seen


PEOPLE, SEEN = looked_at(LOG)


def test_a_column_of_the_profile_is_taken_as_it_is():
    rows = {
        row["customer_id"]: row for row in cs.profile(transactions=LOG, names=NAMES, as_of=AS_OF)
    }
    for name in ("revenue", "frequency"):
        money = worth_of(name, PEOPLE, SEEN)
        told = dict(zip(list(SEEN.ids), (money.units / 10_000).tolist(), strict=True))
        assert told == pytest.approx({who: row[name] for who, row in rows.items()})


def test_a_lifetime_value_is_what_is_lost_with_one_who_leaves():
    """The money to expect if the customer is still one: more than that of who may have left."""
    found = worth_of("lifetime_value", PEOPLE, SEEN).units / 10_000
    summary = {row["customer_id"]: row for row in LOG.summary(as_of=AS_OF)}
    known = [summary[who] for who in SEEN.ids]
    model = MBGNBD().fit(LOG.summary(as_of=AS_OF))
    earning = [row for row in known if row["frequency"] and row["monetary_value"] > 0]
    spend = GammaGamma().fit(earning)
    value = lifetime_value(known, model, spend, terms=Terms(as_of=SEEN.day))
    assert found == pytest.approx(value / model.p_alive(known), abs=1e-4)
    assert (found >= value - 1e-4).all()


def test_a_column_of_that_name_goes_before_the_model():
    rows = cs.profile(transactions=LOG, names=NAMES, as_of=AS_OF)
    own = Aligned.of([{**row, "lifetime_value": 7.0} for row in rows], "customer_id", SEEN)
    assert set(worth_of("lifetime_value", own, SEEN).units.tolist()) == {70_000}


def test_a_column_that_there_is_not_is_refused_with_the_nearest_name():
    with pytest.raises(
        ConfigError, match=r"value: there is no column 'lifetime_valu'.*Did you mean"
    ):
        worth_of("lifetime_valu", PEOPLE, SEEN)


def test_too_few_teach_no_lifetime_value():
    few = [row for row in SOME if row["customer_id"] == SOME[0]["customer_id"]]
    people, seen = looked_at(cs.TransactionLog.of(few, NAMES))
    with pytest.raises(NotEnoughDataError):
        worth_of("lifetime_value", people, seen)


def test_nobody_is_worth_nothing_of_any_name():
    people, seen = looked_at(LOG, "1990-01-01")
    assert len(worth_of("revenue", people, seen).units) == 0
    with pytest.raises(MissingColumnError):
        PEOPLE.money("nothing")
