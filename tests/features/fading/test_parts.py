"""Points of events where the customers are: those of the whole, whatever the partition."""

import duckdb
import polars as pl
import pytest

from anyshop import AS_OF, shop
from custseg.errors import ConfigError, MissingColumnError
from custseg.features import Conventions, EventPoints, EventRule, Names
from custseg.features.daynumbers import as_date
from custseg.features.fading.parts import PartPoints
from custseg.features.fading.reading import Manner
from custseg.frames import Share, crossings, table
from everykind import as_records
from inparts import in_parts

WEB = EventPoints(
    (EventRule("complaint", -5, half_life=60), EventRule("praise", 3, half_life=30, cap=5))
)
TABLES = shop()
PEOPLE, EVENTS = TABLES["customers"], TABLES["feedback"]
EXPECTED = WEB.profile(PEOPLE, EVENTS, as_of=AS_OF).to_pylist()


def by_id(rows):
    return sorted(rows, key=lambda row: str(row["customer_id"]))


@pytest.mark.parametrize("parts", [1, 5])
def test_parts_together_are_the_whole(parts):
    how = Conventions()
    manner = Manner(WEB.rules, WEB.column, Names(), how)
    people, events = table(PEOPLE), table(EVENTS)
    given = {
        "customers": Share(people, "customer_id", people.columns),
        "events": Share(events, "customer_id", ("at", "kind")),
    }
    work = PartPoints(WEB, manner, as_date(how.day(AS_OF)))
    assert by_id(in_parts(given, work, parts=parts).to_pylist()) == by_id(EXPECTED)


def test_lazy_customers_keep_their_points_in_the_engine():
    connection = duckdb.connect()
    kinds = (
        (pl.from_arrow(PEOPLE).lazy(), pl.from_arrow(EVENTS).lazy()),
        (connection.from_arrow(PEOPLE), connection.from_arrow(EVENTS)),
        (pl.from_arrow(PEOPLE).lazy(), EVENTS),
    )
    for people, events in kinds:
        with crossings() as account:
            found = WEB.profile(people, events, as_of=AS_OF)
        assert account == []
        assert type(found) is type(people)
        assert by_id(as_records(found)) == by_id(EXPECTED)


def test_what_is_wrong_is_said_at_once():
    people, events = pl.from_arrow(PEOPLE).lazy(), pl.from_arrow(EVENTS).lazy()
    with pytest.raises(MissingColumnError):
        EventPoints(WEB.rules, column="knd").profile(people, events, as_of=AS_OF)
    with pytest.raises(ConfigError, match="one rule"):
        EventPoints(WEB.rules, column=None).profile(people, events, as_of=AS_OF)
