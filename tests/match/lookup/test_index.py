"""One new record against all: the same answer as the table gives, masked where it must be."""

import sqlite3

import attrs
import pytest

from custseg.datasets import contacts
from custseg.errors import DataError
from custseg.match import Dedupe, ExactKey, Matcher, Verdicts
from everykind import EVERY, as_table

MADE = contacts(2_000, seed=5)
RECORDS = MADE.records
TRUTH = {row["record_id"]: row["entity_id"] for row in MADE.truth}
SPEC = Dedupe.preset("contact", names={"id": "record_id"})
SPEC_OF_PEOPLE = Dedupe.preset("person")
MATCHER = SPEC.fit(RECORDS)
INDEX = MATCHER.index(RECORDS)


def test_a_record_finds_itself_and_its_doubles() -> None:
    found = right = there = 0
    for record in RECORDS[::10]:
        own = record["record_id"]
        hits = {hit.record for hit in INDEX.lookup(record, most=50).hits} - {own}
        true = {i for i, who in TRUTH.items() if who == TRUTH[own]} - {own}
        found, right, there = found + len(hits), right + len(hits & true), there + len(true)
    assert right / there > 0.97
    assert right / found > 0.97


def test_a_weight_is_that_of_the_pair_in_the_table() -> None:
    new = {**RECORDS[7], "record_id": "new", "email": None}
    pairs = MATCHER.pairs([*RECORDS, new], at_least=None)
    weights = {p["left_id"]: p["match_weight"] for p in pairs if p["right_id"] == "new"}
    for hit in INDEX.lookup(new, most=50).hits:
        assert hit.weight == pytest.approx(weights[hit.record], abs=0.011)
        assert hit.weight == pytest.approx(sum(part.hundredths for part in hit.parts) / 100)


def test_a_stranger_may_be_created() -> None:
    said = INDEX.lookup({"name": "Zbigniew Qwertz", "phone": "+48 512 345 678"})
    assert (said.verdict, said.hits) == ("create", ())
    assert said.text() == "new record: create it"


def test_an_empty_record_asks_for_nothing() -> None:
    assert INDEX.lookup({}).compared == 0


def test_verdicts_are_where_they_are_set() -> None:
    lax = MATCHER.index(RECORDS, verdicts=Verdicts(warn=0.9999999, block=1.0))
    shared = {"name": RECORDS[7]["name"], "city": RECORDS[7]["city"]}
    assert INDEX.lookup(RECORDS[7]).verdict == "block"
    assert lax.lookup(shared).verdict == "create"


def test_what_somebody_else_looks_after_is_masked() -> None:
    owned = [{**row, "rep": f"R{at % 2}"} for at, row in enumerate(RECORDS)]
    index = SPEC.fit(owned).index(owned, owner="rep")
    record = next(row for row in owned if row["phone"] and row["rep"] == "R0")
    asked = index.lookup(record, owner="R1")
    theirs = [hit for hit in asked.hits if hit.record == record["record_id"]]
    assert theirs[0].other
    assert "*" in str(theirs[0].as_dict(values=True)["values"]["phone"])
    assert record["phone"] not in asked.text(values=True)
    mine = index.lookup(record, owner="R0").hits[0]
    assert mine.as_dict(values=True)["values"]["phone"] == record["phone"]
    assert "values" not in mine.as_dict()
    with pytest.raises(DataError, match="no owners"):
        INDEX.lookup(record, owner="R1")


def test_records_come_and_go() -> None:
    new = {"record_id": "new", "name": "Zbigniew Qwertz", "phone": "+48 512 345 678"}
    more = INDEX.added([new])
    assert INDEX.lookup(new).verdict == "create"
    assert [hit.record for hit in more.lookup(new).hits] == ["new"]
    assert more.size == INDEX.size + 1
    assert more.removed(["new"]).lookup(new).verdict == "create"
    twice = more.added([{**new, "record_id": "newer"}])
    assert {hit.record for hit in twice.lookup(new).hits} == {"new", "newer"}
    less = INDEX.removed(["R0000008", "nobody"])
    assert "R0000008" not in {hit.record for hit in less.lookup(RECORDS[7]).hits}
    assert less.size == INDEX.size - 1


def test_who_is_erased_is_nowhere_in_the_index() -> None:
    new = {"record_id": "new", "name": "Zbigniew Qwertz", "phone": "+48 512 345 678"}
    index = INDEX.added([new, {**new, "record_id": "other", "name": "Ann Lee"}])
    left = index.erased(["new"])
    assert "Zbigniew Qwertz" not in str(left.plain)
    assert [hit.record for hit in left.lookup(new).hits] in ([], ["other"])
    gone = INDEX.erased(["R0000008"])
    assert gone.size == INDEX.size - 1
    assert all(row["record_id"] != "R0000008" for row in gone.plain)


def test_a_number_that_only_one_customer_has_blocks_and_another_keeps_apart() -> None:
    people = [{"id": 1, "name": "Ann Lee", "id_card": "11010519491231002X"}]
    index = Dedupe.preset("person").fit(people).index(people)
    assert index.lookup({"name": "B C", "id_card": "11010519491231002X"}).verdict == "block"
    other = {"name": "Ann Lee", "id_card": "110101199003074530"}
    assert index.lookup(other).hits == ()


def test_keys_alone_decide_without_weights() -> None:
    matcher = Matcher((ExactKey("email", read="email"),), "id")
    index = matcher.index([{"id": 1, "email": "li@corp.cn"}])
    (hit,) = index.lookup({"email": "LI@Corp.cn"}).hits
    assert (hit.verdict, hit.weight, hit.rule) == ("block", None, "email")


def test_a_key_that_too_many_share_is_told() -> None:
    many = [{"id": at, "phone": "4006889123"} for at in range(60)]
    matcher = Matcher((ExactKey("phone", read="phone", region="CN"),), "id")
    said = matcher.index(many).lookup({"phone": "400 688 9123"})
    assert (said.verdict, said.too_common) == ("create", ("phone",))
    assert "too many records" in said.text()


def test_keys_kept_in_a_database_find_the_same_records() -> None:
    base = sqlite3.connect(":memory:")
    base.execute("create table keys (record_id text, key_rule text, key_hash text)")
    rows = MATCHER.export_keys(RECORDS, salt=b"pepper")
    base.executemany("insert into keys values (:record_id, :key_rule, :key_hash)", rows)
    by_id = {row["record_id"]: row for row in RECORDS}
    for record in RECORDS[:40]:
        asked = MATCHER.record_keys(record, salt=b"pepper")
        ids: set[str] = set()
        for key in asked:
            sql = "select record_id from keys where key_rule = :key_rule and key_hash = :key_hash"
            found = {one for (one,) in base.execute(sql, key)}
            ids |= found if len(found) < 20 else set()
        near = {hit.record for hit in INDEX.lookup(record, most=50).hits}
        said = MATCHER.lookup(record, [by_id[one] for one in sorted(ids)])
        assert said.verdict == "block"
        assert near <= ids
    base.close()
    unsalted = MATCHER.record_keys(RECORDS[0])
    assert unsalted[0]["key_hash"] != MATCHER.record_keys(RECORDS[0], salt=b"pepper")[0]["key_hash"]


def test_what_was_removed_does_not_come_back_with_what_is_added() -> None:
    new = {"record_id": "new", "name": "Zbigniew Qwertz", "phone": "+48 512 345 678"}
    index = INDEX.added([new]).removed(["new"]).added([{"record_id": "x", "name": "Ann Lee"}])
    assert index.lookup(new).verdict == "create"
    assert index.size == INDEX.size + 1


def test_all_records_with_a_repeated_id_are_removed() -> None:
    rows = [{"id": 7, "email": "a@b.cn"}, {"id": 7, "email": "c@d.cn"}]
    index = Matcher((ExactKey("email", read="email"),), "id", repeated_ids="merge").index(rows)
    assert index.removed([7]).size == 0


def test_no_value_stands_in_what_is_printed() -> None:
    owned = [{"id": 1, "email": "li@corp.cn", "rep": "R1"}]
    index = Matcher((ExactKey("email", read="email"),), "id").index(owned, owner="rep")
    said = index.lookup({"email": "LI@corp.cn"}, owner="R2")
    shown = (repr(index), repr(said), said.text(values=True), said._repr_html_())
    assert not any("li@corp.cn" in one for one in shown)
    assert said.hits[0].values == {"email": "l*@corp.cn"}


@attrs.frozen
class Person:
    """A new record as an object."""

    email: str


@pytest.mark.parametrize("kind", EVERY)
def test_every_kind_of_table_is_turned_round(kind: str) -> None:
    rows = [{"id": 1.0, "email": "li@corp.cn"}, {"id": 2.0, "email": None}]
    table = as_table(kind, rows, {"id": "number", "email": "text"})
    index = Matcher((ExactKey("email", read="email"),), "id").index(table)
    assert [hit.record for hit in index.lookup(Person("LI@corp.cn")).hits] == [1]
    assert index.erased([1]).lookup(Person("li@corp.cn")).hits == ()


def test_candidates_that_somebody_found_are_all_weighed() -> None:
    people = [{"id": at, "phone": "13912345670", "name": "Ann Lee"} for at in range(30)]
    said = SPEC_OF_PEOPLE.fit(people).lookup({"phone": "13912345670", "name": "Ann Li"}, people)
    assert said.compared == 30
