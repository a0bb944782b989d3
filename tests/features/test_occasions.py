from datetime import date

from hypothesis import given
from hypothesis import strategies as st

import custseg as cs
import plainprofile
from custseg.frames import EPOCH


@given(plainprofile.logs, st.randoms())
def test_purchase_days_are_those_of_plain_python(log, rng):
    rng.shuffle(log)
    made = cs.TransactionLog.of(log, cs.Names(at="paid_at"))
    found = made.occasions(as_of=plainprofile.AS_OF)
    plain = plainprofile.counted(log)
    for code, who in enumerate(made.ids.keys.ids()):
        days = found.day[found.offset[code] : found.offset[code + 1]]
        epoch = date(1970, 1, 1).toordinal()
        assert [date.fromordinal(d + epoch) for d in days.tolist()] == plainprofile.days_of(
            plain.get(who, [])
        )


@given(plainprofile.logs)
def test_days_that_leave_no_money_are_no_occasions(log):
    made = cs.TransactionLog.of(log, conventions=cs.Conventions(refunds="net_day"))
    found = made.occasions(as_of=plainprofile.AS_OF)
    for code, who in enumerate(made.ids.keys.ids()):
        own = plainprofile.counted(log).get(who, [])
        days = [day.toordinal() - EPOCH for day in plainprofile.days_of(own, net_days=True)]
        assert found.day[found.offset[code] : found.offset[code + 1]].tolist() == days
