"""Laws of ids that last: an update is a full run, and no id is ever given to another customer."""

from hypothesis import given
from hypothesis import strategies as st

from custseg.match import Dedupe, ExactKey

KEYS = (ExactKey("email", read="email"), ExactKey("card"))
MATCHER = Dedupe(KEYS, id="id").fit([])
values = st.fixed_dictionaries(
    {
        "email": st.sampled_from([None, "a@x.cn", "b@x.cn", "c@x.cn"]),
        "card": st.sampled_from([None, "p", "q"]),
    }
)
days = st.lists(st.dictionaries(st.integers(1, 7), st.none() | values, max_size=4), max_size=5)


def run(history):
    """Each day's roster, with the values that the records then have."""
    held, roster = {}, MATCHER.start([])
    for day in history:
        added = [{"id": k, **v} for k, v in day.items() if v and k not in held]
        changed = [{"id": k, **v} for k, v in day.items() if v and k in held]
        deleted = [k for k, v in day.items() if not v and k in held]
        roster = MATCHER.update(roster, added=added, changed=changed, deleted=deleted)
        held = {k: v for k, v in (held | day).items() if v}
        yield roster, [{"id": k, **v} for k, v in held.items()]


def members(table):
    found = {}
    for row in table:
        found.setdefault(row["entity_id"], set()).add(row["id"])
    return found


@given(days)
def test_an_update_finds_what_a_full_run_finds(history):
    for roster, rows in run(history):
        full = members(MATCHER.apply(rows)).values()
        assert sorted(map(sorted, members(roster.table).values())) == sorted(map(sorted, full))


@given(days, st.randoms(use_true_random=False))
def test_row_order_names_nobody_otherwise(history, random):
    turned = []
    for day in history:
        items = list(day.items())
        random.shuffle(items)
        turned.append(dict(items))
    for (one, _), (two, _) in zip(run(history), run(turned), strict=True):
        assert members(one.table) == members(two.table)
        assert (one.events, one.retired) == (two.events, two.retired)


@given(days)
def test_an_id_is_never_given_to_another_customer(history):
    before, retired = {}, {}
    for roster, _ in run(history):
        after = members(roster.table)
        assert not after.keys() & roster.retired.keys()
        assert retired.keys() <= roster.retired.keys()
        for entity in after.keys() & before.keys():
            assert after[entity] & before[entity] or entity in told(roster, "split")
        for entity in before.keys() - after.keys():
            assert entity in roster.retired
            alive = set().union(*after.values()) & before[entity]
            assert (roster.retired[entity] is None) == (not alive)
        before, retired = after, roster.retired


def told(roster, kind):
    return {event.entity_id for event in roster.events if event.kind == kind}


@given(days)
def test_events_tell_all_that_happened(history):
    before = {}
    for roster, _ in run(history):
        after = members(roster.table)
        was = {record: entity for entity, held in before.items() for record in held}
        now = {record: entity for entity, held in after.items() for record in held}
        assert told(roster, "created") | told(roster, "joined") == {
            now[record] for record in now.keys() - was.keys()
        }
        assert told(roster, "left") | told(roster, "removed") == {
            was[record] for record in was.keys() - now.keys()
        }
        moved = {record for record in now.keys() & was.keys() if now[record] != was[record]}
        said = {
            record
            for event in roster.events
            if event.kind in {"split", "merged"}
            for record in event.records
        }
        assert {str(record) for record in moved} <= said
        before = after


def linked(one, two, which):
    found = MATCHER.link({"erp": one, "shop": two}, which=which, one_to_one=which == "across")
    who = {(row["source"], row["id"]): row["entity_id"] for row in found.entities}
    return who, found.links, found.report


@given(
    st.lists(values, max_size=6),
    st.lists(values, max_size=6),
    st.sampled_from(["across", "all", "within"]),
    st.randoms(use_true_random=False),
)
def test_links_do_not_depend_on_row_order(one, two, which, random):
    tables = [[{"id": k, **row} for k, row in enumerate(rows)] for rows in (one, two)]
    turned = [random.sample(rows, len(rows)) for rows in tables]
    who, links, report = linked(*tables, which)
    assert (who, links, report) == linked(*turned, which)
    if which == "across":
        for source in ("erp", "shop"):
            mine = [entity for (name, _), entity in who.items() if name == source]
            assert len(set(mine)) == len(mine)
    if which == "within":
        assert all(entity.startswith(source) for (source, _), entity in who.items())
