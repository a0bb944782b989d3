from datetime import UTC, date, datetime

import pytest

import custseg as cs
from custseg.errors import ConfigError
from custseg.features.conventions import customary, means, spoken

DAY = (date(2026, 6, 30) - date(1970, 1, 1)).days


@pytest.mark.parametrize(
    "as_of",
    [
        "2026-06-30",
        "2026/6/30",
        "2026-06-30T23:59:59",
        date(2026, 6, 30),
        datetime.fromisoformat("2026-06-30T05"),
    ],
)
def test_a_day_is_a_day_however_it_is_written(as_of):
    assert cs.Conventions().day(as_of) == DAY


def test_a_moment_with_a_zone_is_placed_on_the_companys_clock():
    evening = datetime(2026, 6, 29, 17, 30, tzinfo=UTC)
    assert cs.Conventions(tz="Asia/Shanghai").day(evening) == DAY
    assert cs.Conventions().day(evening) == DAY - 1


@pytest.mark.parametrize("as_of", ["soon", "", 20634, None])
def test_what_is_no_date_is_refused(as_of):
    with pytest.raises(ConfigError, match="as_of: must be a date such as 2026-06-30"):
        cs.Conventions().day(as_of)


def test_settings_that_cannot_be_are_refused():
    with pytest.raises(ConfigError, match="no time zone"):
        cs.Conventions(tz="Mars/Olympus")
    with pytest.raises(ConfigError, match="rates must be above 0"):
        cs.Conventions(rates={"USD": 0})


def test_currencies_are_compared_without_regard_to_case():
    how = cs.Conventions(currency=" cny", rates={"usd": 7})
    assert (how.currency, how.rates) == ("CNY", {"USD": 7.0})


def test_words_of_both_languages_mean_a_code():
    assert {"call", "phone call", "电话"} <= customary("call")
    assert "trouble ticket" in means("complaint", ["Trouble-Ticket"])
    assert spoken("  Phone_Call ") == "phone call"


@pytest.mark.parametrize(
    "spec",
    [
        cs.Names(at="paid_at", order=""),
        cs.Conventions(tz="Asia/Shanghai", currency="CNY", rates={"USD": 7.1}, refunds="ignore"),
        cs.Conventions(void_statuses=("x",), closed_stages=("y",), scale="nps"),
        cs.features.Completeness({"name": 2.0}, {"name": "filled"}),
        cs.features.Sentiment(within_days=90),
    ],
)
def test_documents_come_back_as_they_went(spec):
    assert cs.load(cs.dump(spec)) == spec
