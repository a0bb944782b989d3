"""Points of events: kept, rolled, merged and read anew they are the same."""

from datetime import date, timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from custseg.features import EventPoints, EventRule

FIRST = date(2026, 1, 1)
KINDS = ("visit", "fair", "mail", "call", "other")
EVENTS = st.lists(
    st.fixed_dictionaries(
        {
            "customer_id": st.sampled_from(("a", "b", "c")),
            "at": st.integers(0, 200).map(lambda n: FIRST + timedelta(n)),
            "kind": st.sampled_from(KINDS),
        }
    ),
    max_size=25,
)
PEOPLE = [{"customer_id": name} for name in ("c", "a", "b", "nobody")]
POINTS = st.integers(-2000, 2000).filter(bool).map(lambda n: n / 100)
CAPS = st.none() | st.sampled_from((0.5, 5.0, 20.0))


@st.composite
def books(draw, *, half_lives):
    """Rules of every way to fade: by half-life alone, by window, line and steps together."""
    half_life = st.none() | half_lives
    return EventPoints(
        (
            EventRule("visit", draw(POINTS), half_life=draw(half_life), cap=draw(CAPS)),
            EventRule("fair", draw(POINTS), within_days=draw(st.integers(1, 90))),
            EventRule(
                "mail",
                draw(POINTS),
                half_life=draw(half_life),
                linear=draw(st.integers(1, 99)),
                cap=draw(CAPS),
            ),
            EventRule(
                "call",
                buckets=((1, 5), (2.5, 12)),
                half_life=draw(half_life),
                steps=draw(st.sampled_from(((), ((30, 0.75), (60, 0.25), (90, 0))))),
            ),
        )
    )


def anew(book, events, day):
    return [row["event_points"] for row in book.profile(PEOPLE, events, as_of=day)]


def kept(state):
    return [row["event_points"] for row in state.profile(PEOPLE)]


def cut(events, day, *, late):
    """Events known on a day and those that are told later, some of them of before that day."""
    first = [e for i, e in enumerate(events) if e["at"] <= day and i % 5 >= late]
    return first, [e for e in events if e not in first]


WHOLE = books(half_lives=st.sampled_from((10.0, 20.0)))


@given(book=WHOLE, events=EVENTS, steps=st.lists(st.integers(0, 5), min_size=1, max_size=4))
def test_a_state_rolled_by_half_lives_is_what_all_events_give(book, events, steps):
    """Halves of halves are exact, ties included."""
    day = FIRST + timedelta(100)
    known = [e for e in events if e["at"] <= day]
    state = book.state(known, as_of=day)
    for step in steps:
        day += timedelta(20 * step)
        state = state.rolled(day)
    assert kept(state) == anew(book, known, day)


FADING = books(half_lives=st.floats(0.5, 400))


@given(book=FADING, events=EVENTS, days=st.lists(st.integers(0, 60), min_size=1, max_size=5))
def test_a_state_rolled_by_any_days_is_what_all_events_give(book, events, days):
    """Up to a millionth of a point: half-lives are irrational powers of two on other days."""
    day = FIRST + timedelta(100)
    first, later = cut(events, day, late=2)
    state = book.state(first, as_of=day)
    for step in days:
        day += timedelta(step)
        state = state.rolled(day)
    state = state.append(later, as_of=day)
    told = [e for e in first + later if e["at"] <= day]
    direct = book.state(told, as_of=day)
    rules = book.rules
    for where in ("a", "b", "c"):
        found, expected = grains(state, where), grains(direct, where)
        assert all(
            abs(x - y) <= len(events) + len(days) for x, y in zip(found, expected, strict=True)
        )
    apart = [abs(x - y) for x, y in zip(kept(state), anew(book, told, day), strict=True)]
    close = [
        sum(
            near_an_edge(rule, g)
            for rule, g in zip(rules, grains(direct, p["customer_id"]), strict=True)
        )
        for p in PEOPLE
    ]
    assert all(not gap or edge for gap, edge in zip(apart, close, strict=True))


def grains(state, customer):
    ids = state.ids.keys.ids()
    if customer not in ids:
        return [0] * len(state.manner.rules)
    recent = state.recent.grains(state.manner.rules, len(state), state.until)
    return (state.sums + recent)[:, ids.index(customer)].tolist()


def near_an_edge(rule, held):
    """Whether a few grains more or less would be another hundredth, or another bucket."""
    around = np.array([held - 400, held, held + 400])
    return len(set(rule.earned(around).tolist())) > 1


@given(book=FADING, events=EVENTS, data=st.data())
def test_shards_are_merged_in_any_order(book, events, data):
    day = FIRST + timedelta(201)
    parts = [[], [], []]
    for one in events:
        data.draw(st.sampled_from(parts)).append(one)
    a, b, c = (book.state(part, as_of=day) for part in parts)
    whole = anew(book, events, day)
    assert kept(a.merged(b).merged(c)) == kept(c.merged(b.merged(a))) == whole
    assert a.merged(b).merged(c).report.rows == len(events)


@given(book=FADING, events=EVENTS)
def test_a_state_comes_back_from_its_table(book, events):
    day = FIRST + timedelta(150)
    state = book.state(events, as_of=day)
    again = book.restored(state.table(), as_of=day)
    later = day + timedelta(17)
    assert kept(again) == kept(state)
    assert kept(again.rolled(later)) == kept(state.rolled(later))


@given(book=FADING, events=EVENTS)
def test_the_order_of_events_is_all_the_same(book, events):
    day = FIRST + timedelta(150)
    assert anew(book, events, day) == anew(book, events[::-1], day)


@given(book=FADING, events=EVENTS)
def test_one_customer_is_as_in_the_table(book, events):
    day = FIRST + timedelta(150)
    rows = book.profile(PEOPLE, events, as_of=day)
    for row in rows:
        mine = [e for e in events if e["customer_id"] == row["customer_id"]]
        assert book.one(mine, as_of=day)["event_points"] == row["event_points"]
        why = book.explain(mine, as_of=day)
        lines = sum(round(100 * line.settings["points"]) for line in why.reasons)
        assert lines == round(100 * row["event_points"])
