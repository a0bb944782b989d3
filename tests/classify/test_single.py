import time
from datetime import date

import pytest

from custseg import frames
from custseg.checks.samples import people
from custseg.classify import (
    AllOf,
    Contract,
    FixedDays,
    Freeze,
    Lifecycle,
    Override,
    spring_festival,
)
from custseg.classify.single import placing
from custseg.errors import DataError, MissingColumnError

FINER = FixedDays(90, 30, at_risk_after=60, churned_after=365, new_for=20, reactivated_for=40)
STRATEGIES = (
    FINER,
    Override(FINER),
    Freeze(AllOf((FINER, Contract(grace_days=7))), spring_festival([2024, 2026])),
)


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_one_record_is_placed_as_arrays_place_it(strategy):
    ladder = strategy.ladder(frames.table([]))
    rows = people(dict(ladder.needs))
    place = placing(ladder)
    columns = frames.table(rows).read(ladder.needs)
    assert [place(row) for row in rows] == ladder.place(columns, len(rows)).tolist()


def test_errors_name_the_column():
    place = placing(Contract().ladder(frames.table([])))
    with pytest.raises(MissingColumnError, match="contract_end"):
        place({"as_of": date(2026, 6, 30)})
    with pytest.raises(DataError, match="contract_end"):
        place({"as_of": date(2026, 6, 30), "contract_end": 7})


def test_a_record_costs_microseconds():
    model = Lifecycle(STRATEGIES[-1]).fit([])
    row = people(dict(model.needs))[0]
    model.one(row)
    start = time.process_time()
    for _ in range(500):
        model.one(row)
    assert (time.process_time() - start) / 500 < 150e-6
