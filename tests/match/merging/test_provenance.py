"""Source and time of every value, and who owned which record."""

import pandas as pd
import pytest

from custseg.errors import MissingColumnError
from custseg.match import FirstFilled, Lost, Merge, MostRecent

NAMES = ("id", "entity_id", "x", "channel", "updated_at", "owner")
CARDS = [
    dict(zip(NAMES, row, strict=True))
    for row in (
        (1, 1, "a", "erp", "2026-01-01", "An"),
        (2, 1, "b", "shop", None, "Bo"),
        (3, 1, "a", None, "2026-03-01", None),
        (4, 4, "c", "shop", None, "Bo"),
    )
]


def test_every_value_bears_source_and_time():
    origin = Merge().golden(CARDS).provenance.of(1)[0]
    assert (origin.source, origin.at) == ("erp", "2026-01-01")
    assert origin.lost == (Lost(2, "b", "shop", None),)
    assert origin.as_dict() == {
        "field": "x",
        "rule": "first_filled",
        "record": 1,
        "source": "erp",
        "at": "2026-01-01",
        "agreed": [3],
        "lost": [{"record": 2, "source": "shop"}],
    }
    line = Merge().golden(CARDS).provenance.table()[0]
    assert (line["source"], line["at"]) == ("erp", "2026-01-01")


def test_the_columns_may_have_other_names():
    cards = [{"id": 1, "entity_id": 1, "x": "a", "origin": "erp", "seen": "2026-01-01"}]
    plain, named = Merge(), Merge(source="origin", moment="seen")
    assert plain.golden(cards).provenance.of(1)[0].source is None
    found = named.golden(cards).provenance.of(1)[0]
    assert (found.source, found.at) == ("erp", "2026-01-01")
    with pytest.raises(MissingColumnError, match="seen"):
        named.golden([{"id": 1, "entity_id": 1, "origin": "erp"}])


def test_times_of_a_frame_are_told_as_texts():
    table = pd.DataFrame(
        {"id": [1], "entity_id": [1], "updated_at": pd.to_datetime(["2026-01-01 09:00"])}
    )
    found = Merge().golden(table).provenance.of(1)[0].as_dict()
    assert found["at"] == "2026-01-01T09:00:00"


def test_owners_that_differ_are_told_with_their_records():
    golden = Merge({"owner": MostRecent()}).golden(CARDS)
    (one,) = golden.owners()
    assert one.as_dict() == {"entity": 1, "kept": "An", "owners": {"An": [1], "Bo": [2]}}
    assert golden.report.owners == 1
    assert "customers with several owners: 1" in golden.text()
    assert Merge(owner="x").golden(CARDS).owners()[0].kept == "a"
    assert not Merge().golden([{"id": 1, "entity_id": 1}]).owners()
    assert (
        Merge(default=FirstFilled()).golden(CARDS[::-1]).owners() == Merge().golden(CARDS).owners()
    )
