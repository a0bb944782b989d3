"""Columns that move as one."""

import pytest

import custseg as cs
from custseg.errors import ConfigError, MissingColumnError
from custseg.match import FieldGroup, Merge, MostFrequent, MostRecent, SourcePriority, Sum
from everykind import KINDS, as_records, as_table

ADDRESS = ("city", "street", "postcode")
NAMES = ("id", "entity_id", *ADDRESS, "at")
CARDS = [
    dict(zip(NAMES, row, strict=True))
    for row in (
        ("1", "e", "Ulm", "Ring 1", None, "2026-01-01"),
        ("2", "e", "Bonn", None, None, "2026-03-01"),
        ("3", "e", "Ulm", "Ring 1", "89073", None),
        ("4", "e", None, None, None, "2026-04-01"),
        ("5", "f", None, None, None, None),
    )
]


def address(by, kind="records"):
    table = as_table(kind, CARDS, dict.fromkeys(CARDS[0], "text"))
    rows = as_records(Merge(groups=(FieldGroup(ADDRESS, by),)).golden(table).table)
    assert [rows[1][name] for name in ADDRESS] == [None, None, None]
    return tuple(rows[0][name] for name in ADDRESS)


@pytest.mark.parametrize("kind", KINDS)
def test_the_whole_address_comes_from_one_record(kind):
    assert address(FieldGroup(ADDRESS).by, kind) == ("Ulm", "Ring 1", "89073")
    assert address(MostRecent("at"), kind) == ("Bonn", None, None)


def test_values_count_together():
    assert address(MostFrequent()) == ("Ulm", "Ring 1", None)
    assert address(SourcePriority(("2",), by="id")) == ("Bonn", None, None)


def test_what_gave_way_is_kept():
    golden = Merge(groups=(FieldGroup(ADDRESS, MostRecent("at")),)).golden(CARDS)
    street = golden.provenance.of("e")[1]
    assert (street.field, street.record, street.value) == ("street", "2", None)
    assert [lost.value for lost in street.lost] == ["Ring 1", "Ring 1"]


def test_a_group_is_plain_data():
    merge = Merge(groups=(FieldGroup(ADDRESS, MostRecent("at")),))
    assert cs.load(cs.dump(merge)) == merge


@pytest.mark.parametrize(
    ("make", "match"),
    [
        (lambda: FieldGroup(("city",)), "two different columns"),
        (lambda: FieldGroup(("city", "city")), "columns: needs two different"),
        (lambda: FieldGroup(ADDRESS, Sum()), "makes a value"),
        (lambda: Merge({"city": MostRecent()}, groups=(FieldGroup(ADDRESS),)), "city"),
        (lambda: Merge(groups=(FieldGroup(ADDRESS), FieldGroup(("city", "x")))), "city is merged"),
        (lambda: Merge(groups=(FieldGroup(("consent", "city")),)), "consent"),
    ],
)
def test_groups_that_contradict_are_refused(make, match):
    with pytest.raises(ConfigError, match=match):
        make()


def test_columns_that_are_not_there_are_named():
    with pytest.raises(MissingColumnError, match="province"):
        Merge(groups=(FieldGroup(("province", "city")),)).golden(CARDS)
