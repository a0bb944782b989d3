"""Linking several sources: who is who across them."""

import pandas as pd
import polars as pl
import pytest

from custseg.errors import ConfigError, DataError, MissingColumnError
from custseg.match import CompositeKey, Dedupe, ExactKey, stack
from everykind import KINDS, as_records, as_table

EMAIL = ExactKey("email", read="email")
PHONE = ExactKey("phone", read="phone", region="CN")
NAME = ExactKey("name", read="name")
CARD = ExactKey("card", read="text")
ERP = [
    {"id": "e2", "email": "a@x.cn", "phone": None, "name": "Wu Lei"},
    {"id": "e1", "email": "b@x.cn", "phone": "13800138000", "name": "Li Na"},
    {"id": "e3", "email": "b@x.cn", "phone": None, "name": "Li Na"},
]
SHOP = [
    {"id": "s1", "email": "A@x.cn", "phone": "13926458370", "name": "Wu Lei"},
    {"id": "s2", "email": None, "phone": "+86 138 0013 8000", "name": "Li Na"},
]
CALLS = [{"id": "c1", "email": None, "phone": "139 2645 8370", "name": "Wu Lei"}]
KIND_OF = dict.fromkeys(ERP[0], "text")
MATCHER = Dedupe((EMAIL, CompositeKey((PHONE, NAME))), id="id").fit(ERP)


def who(found):
    rows = as_records(found.entities)
    return {(row["source"], row["id"]): row["entity_id"] for row in rows}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_table_is_linked(kind):
    erp, shop = (as_table(kind, rows, KIND_OF) for rows in (ERP, SHOP))
    found = MATCHER.link({"erp": erp, "shop": shop})
    assert who(found) == {
        ("erp", "e2"): "erp:e2",
        ("erp", "e1"): "erp:e1",
        ("erp", "e3"): "erp:e1",
        ("shop", "s1"): "erp:e2",
        ("shop", "s2"): "erp:e1",
    }
    links = [tuple(row.values())[:5] for row in as_records(found.links)]
    assert links == [
        ("erp", "e1", "shop", "s2", "phone+name"),
        ("erp", "e2", "shop", "s1", "email"),
        ("erp", "e3", "shop", "s2", None),
    ]


def test_three_sources_are_joined_through_each_other():
    found = MATCHER.link({"erp": ERP, "shop": SHOP, "calls": CALLS})
    assert who(found)["calls", "c1"] == "erp:e2"
    report = found.report
    assert (report.entities, report.links, report.records["erp"]) == (2, 5, 3)
    assert report.overlaps == ((("calls", "erp", "shop"), 1), (("erp", "shop"), 1))
    assert "calls + erp + shop" in report.text("zh")
    assert report.as_dict()["overlaps"][1] == {"sources": ["erp", "shop"], "entities": 1}
    assert "<table>" in report._repr_html_()


def test_doubles_within_a_source_are_links_when_all_pairs_are_wanted():
    every = MATCHER.link({"erp": ERP, "shop": SHOP}, which="all")
    assert every.report.links == 4
    within = MATCHER.link({"erp": ERP, "shop": SHOP}, which="within")
    assert within.report.links == 1
    assert who(within)["shop", "s2"] == "shop:s2"


def test_one_to_one_gives_each_record_one_partner_a_source():
    found = MATCHER.link({"erp": ERP, "shop": SHOP}, one_to_one=True)
    assert [tuple(row.values())[:4] for row in found.links] == [
        ("erp", "e1", "shop", "s2"),
        ("erp", "e2", "shop", "s1"),
    ]
    assert who(found)["erp", "e3"] == "erp:e3"
    assert found.report.clusters.torn == 1
    assert "1" in found.report.text()


def test_a_source_may_call_its_columns_otherwise_and_lack_some():
    calls = [{"no": 9, "number": "139 2645 8370", "who": "Wu Lei"}]
    names = {"calls": {"id": "no", "phone": "number", "name": "who"}}
    found = MATCHER.link({"shop": SHOP, "calls": calls}, names=names)
    assert who(found)["calls", "9"] == "shop:s1"
    assert found.report.lacking == {"calls": ("email",)}
    assert "email" in found.report.text()


def test_the_same_number_in_two_sources_is_two_records():
    one, two = [{"id": 17, "email": "a@x.cn"}], [{"id": 17, "email": "b@x.cn"}]
    matcher = Dedupe((EMAIL,), id="id").fit(one)
    assert who(matcher.link({"erp": one, "shop": two})) == {
        ("erp", 17): "erp:17",
        ("shop", 17): "shop:17",
    }


def test_what_cannot_be_linked_is_refused():
    with pytest.raises(ConfigError, match="at least one"):
        MATCHER.link({})
    with pytest.raises(ConfigError, match="no source"):
        MATCHER.link({"erp": ERP}, names={"shop": {"phone": "mobile"}})
    with pytest.raises(DataError, match="id"):
        MATCHER.link({"erp": [*ERP, *ERP]})
    with pytest.raises(MissingColumnError):
        MATCHER.link({"erp": [{"email": "a@x.cn"}]})


def test_empty_sources_are_an_answer():
    found = MATCHER.link({"erp": pl.DataFrame(ERP), "shop": pl.DataFrame(SHOP).head(0)})
    assert found.report.links == 0
    assert found.entities.height == 3


def test_different_cards_stay_apart_across_sources():
    spec = Dedupe((EMAIL,), apart=(CARD,), id="id")
    one = [{"id": 1, "email": "a@x.cn", "card": "p"}, {"id": 2, "email": "a@x.cn", "card": None}]
    two = [{"id": 3, "email": "a@x.cn", "card": "q"}]
    found = spec.fit(one).link({"erp": one, "shop": two})
    assert who(found)["shop", 3] == "shop:3"


def test_stacked_tables_are_one_table():
    erp = pd.DataFrame({"id": [1, 2], "phone": [13800138000, None]})
    shop = pd.DataFrame({"customer_id": ["x"], "mobile": ["13926458370"], "city": ["Ulm"]})
    below = stack({"erp": erp, "shop": shop}, names={"shop": {"phone": "mobile"}})
    assert isinstance(below, pd.DataFrame)
    assert below["record_id"].tolist() == ["erp:1", "erp:2", "shop:x"]
    assert below["source"].tolist() == ["erp", "erp", "shop"]
    assert below["phone"].fillna("").tolist() == ["13800138000", "", "13926458370"]
    assert below["city"].fillna("").tolist() == ["", "", "Ulm"]


def test_a_matcher_of_stacked_tables_links_the_tables():
    below = stack({"erp": ERP, "shop": SHOP})
    spec = Dedupe((EMAIL,), source="source")
    assert [row["entity_id"] for row in spec.fit(below).apply(below)] == [
        *("erp:e2", "erp:e1", "erp:e1"),
        *("erp:e2", "shop:s2"),
    ]
    found = spec.fit(below).link({"erp": ERP, "shop": SHOP})
    assert who(found)["shop", "s1"] == "erp:e2"


def test_stacking_drops_no_column_that_is_called_as_its_own():
    tables = {"erp": [{"id": 1, "source": "fair"}], "shop": [{"id": 1}]}
    with pytest.raises(ConfigError, match="column 'source' of its own"):
        stack(tables)
    below = stack(tables, names={"erp": {"lead_source": "source"}})
    assert [(row["source"], row["lead_source"]) for row in below] == [
        ("erp", "fair"),
        ("shop", None),
    ]
