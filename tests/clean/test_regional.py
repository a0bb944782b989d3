"""Numbers and dates are read by where their record is at home."""

import pandas as pd
import pytest

from custseg import dump, load
from custseg.clean import Cleaner
from custseg.errors import MissingColumnError

ROWS = [
    {"country": "US", "phone": "13923456709", "birthday": "03/04/1988"},
    {"country": "中国", "phone": "13923456709", "birthday": "03/04/1988"},
    {"country": None, "phone": "13923456709", "birthday": "03/04/1988"},
    {"country": "Germany", "phone": "030 901820", "birthday": None},
    {"country": "N/A", "phone": None, "birthday": "30/04/1988"},
]
CLEAN = [
    {"country": "US", "phone": "+13923456709", "birthday": "1988-03-04"},
    {"country": "中国", "phone": "+8613923456709", "birthday": "1988-04-03"},
    {"country": None, "phone": "+8613923456709", "birthday": "1988-04-03"},
    {"country": "Germany", "phone": "+4930901820", "birthday": None},
    {"country": "N/A", "phone": None, "birthday": "1988-04-30"},
]
SPEC = Cleaner({"phone": "phone", "birthday": "date"}, region_by="country")


def test_each_record_by_its_own_country() -> None:
    model = SPEC.fit(ROWS)
    assert model.apply(ROWS) == CLEAN
    assert [model.one(row) for row in ROWS] == CLEAN
    table = model.apply(pd.DataFrame(ROWS))
    assert table["phone"].tolist()[:4] == [row["phone"] for row in CLEAN[:4]]


def test_counts_and_log_are_those_of_the_rows() -> None:
    done = SPEC.fit(ROWS).run(ROWS)
    field = done.quality.field("phone")
    assert (field.rows, field.valid, field.missing) == (5, 4, 1)
    assert field.unique == 3
    assert done.changes.counts == {("phone", "phone_form"): 4, ("birthday", "date_form"): 4}


def test_without_a_hint_the_region_of_the_spec_holds() -> None:
    spec = Cleaner({"phone": "phone"}, None, region_by="country")
    rows = [{"country": "?", "phone": "13923456709"}]
    assert dict(spec.fit(rows).run(rows).quality.field("phone").problems) == {"ambiguous_region": 1}


def test_the_column_must_be_there() -> None:
    with pytest.raises(MissingColumnError):
        Cleaner({"phone": "phone"}, region_by="land").fit(ROWS)
    with pytest.raises(MissingColumnError):
        SPEC.fit(ROWS).one({"phone": "1", "birthday": "x"})


def test_it_is_part_of_the_spec() -> None:
    assert load(dump(SPEC)) == SPEC
    assert load(dump(SPEC.fit(ROWS))) == SPEC.fit(ROWS)
