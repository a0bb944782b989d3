"""Records that hold too little to be found again."""

import pytest

from custseg.datasets import contacts
from custseg.errors import ConfigError
from custseg.match import Dedupe, ExactKey, unlinkables

RECORDS = contacts(600, seed=5).records
SPEC = Dedupe.preset("contact", names={"id": "record_id"})
MATCHER = SPEC.fit(RECORDS)


def test_a_record_weighs_with_its_copy_what_the_pair_weighs() -> None:
    twice = [*RECORDS, {**RECORDS[3], "record_id": "copy"}]
    found = unlinkables(MATCHER, twice)
    pairs = MATCHER.pairs(twice, at_least=None)
    (pair,) = [p for p in pairs if {p["left_id"], p["right_id"]} == {"R0000004", "copy"}]
    assert pair["match_weight"] == found.ceiling[3] == found.ceiling[600]


def test_an_empty_record_cannot_be_found() -> None:
    bare = dict.fromkeys(RECORDS[0])
    found = unlinkables(MATCHER, [*RECORDS, {**bare, "record_id": "bare"}])
    assert found.table()[0]["record_id"] == "bare"
    assert found.count == sum(found.below)
    assert dict(found.empty)["phone"] >= 1
    assert "其中缺少电话" in found.text("zh")
    assert "records that nothing could be found by: " in found.text()
    assert "<table>" in found._repr_html_()


def test_a_higher_bar_leaves_more_below() -> None:
    assert unlinkables(MATCHER, RECORDS, bar=30.0).count > unlinkables(MATCHER, RECORDS).count


def test_keys_alone_weigh_nothing() -> None:
    keyed = Dedupe((ExactKey("phone", read="phone"),), id="record_id").fit(RECORDS)
    with pytest.raises(ConfigError, match="only keys"):
        unlinkables(keyed, RECORDS)
