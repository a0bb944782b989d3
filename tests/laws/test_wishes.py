"""Laws of wishes: a pair alone decides, classes say the same, the order of rows does not matter."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg.allocate import (
    Area,
    Availability,
    Avoid,
    CoolOff,
    DoNotAssign,
    Leave,
    Match,
    Relationship,
    Senior,
    Seniority,
    Skills,
    Stay,
    Territory,
    Urgency,
    WorkCalendar,
)
from custseg.allocate.wishing.points import Score, added, parts
from custseg.allocate.wishing.protocol import classes_of, in_full
from custseg.allocate.wishing.sides import read_side
from custseg.frames import table

AREAS = (
    Area("East", postcodes=["2"]),
    Area("Shanghai", "East", phones=["021"], postcodes=["20"]),
    Area("North", accounts=["C1"]),
)
WISHES = {
    "match": Match("language", "languages", separator=";"),
    "match-required": Match("language", "languages", required=True, separator=";"),
    "senior": Senior(),
    "stay": Stay(),
    "stay-required": Stay(required=True),
    "territory": Territory(AREAS),
    "territory-nearest": Territory(AREAS, nearest=True, required=True),
    "seniority": Seniority([{"high": 5, "medium": 2}, {"high": 2}]),
    "seniority-required": Seniority([{"high": 5, "medium": 2}, {"high": 2}], required=True),
    "skills": Skills("language", "languages"),
    "skills-required": Skills("language", "languages", needed="any", required=True),
    "avoid": Avoid("excluded_reps"),
    "complaint": Avoid("excluded_reps", required=False),
    "pairs": DoNotAssign([("C1", "R1"), ("C2", "R0"), ("C2", "R9")]),
    "cool-off": CoolOff(30, "owner", as_of="2026-07-01"),
    "contacts": Relationship(full=3),
    "years": Relationship("owner_years", full=5, owner="owner"),
    "at-work": Availability(
        WorkCalendar(range(1, 8)),
        leave="leave",
        leaves=[Leave("R1", "2026-07-01")],
        as_of="2026-07-01",
    ),
}
WORDS = st.sampled_from
PERSON = st.fixed_dictionaries(
    {
        "language": WORDS(["zh", "en;zh", ";", None]),
        "tier": WORDS(["low", "medium", "high", None]),
        "owner": WORDS(["R0", "R1", "R9", None]),
        "owner_years": WORDS([0.0, 2.5, 90.0, None]),
        "territory": WORDS(["East", "Shanghai", "North", "?", None]),
        "phone": WORDS(["021 6234 5678", "13800138000", "x", None]),
        "postcode": WORDS(["200000", "100000", "", None]),
        "excluded_reps": WORDS(["R0", "R0;R1", None]),
        "contacts_by_rep": WORDS(["R0:1", "R0:2;R1:9", "", None]),
        "released_at": WORDS(["2026-06-20", "2026-01-01", "2027-01-01", None]),
    }
)
REP = st.fixed_dictionaries(
    {
        "languages": WORDS(["zh", "en; fr", "", None]),
        "seniority": WORDS([1.0, 2.0, 5.0, None]),
        "territory": WORDS(["East", "Shanghai;North", None]),
        "leave": WORDS(["2026-06-01..2026-07-31", "2027-01-01", None]),
    }
)
PEOPLE = st.lists(PERSON, min_size=1, max_size=8).map(
    lambda rows: [{"customer_id": f"C{i}", **row} for i, row in enumerate(rows)]
)
TEAM = st.lists(REP, max_size=4).map(
    lambda rows: [{"rep_id": f"R{i}", **row} for i, row in enumerate(rows)]
)


NAN = np.nan
RUNGS = ({"high": 5, "medium": 2}, {"high": 2})
INSIDE = {"Shanghai": ("Shanghai", "East"), "East": ("East",), "North": ("North",)}
TOLD = {"200000": "Shanghai", "021 6234 5678": "Shanghai"}


def words(cell):
    return {word.strip() for word in (cell or "").split(";")} - {""}


def gate(fine, otherwise=NAN):
    return 0.0 if fine else otherwise


def area(person):
    if person["customer_id"] == "C1":
        return "North"
    found = person["territory"] if person["territory"] in INSIDE else None
    for sign in ("postcode", "phone"):
        told = TOLD.get(person[sign])
        found = told if told and (found is None or found in INSIDE[told]) else found
    return found


def covered(person, rep, missing=0.0):
    levels = [k for k, a in enumerate(INSIDE.get(area(person), ())) if a in words(rep["territory"])]
    return (1.0, 0.67)[levels[0]] if levels else missing


def nearest(person, rep, team):
    return (
        covered(person, rep, NAN)
        if covered(person, rep) == max(covered(person, other) for other in team)
        else NAN
    )


def reached(person, rep):
    """The rungs that a representative fits, the strictest first; none where a tier is unknown."""
    least = [rung.get(person["tier"], -1) for rung in RUNGS]
    return [(-1 if rep["seniority"] is None else rep["seniority"]) >= each for each in least]


def senior_enough(person, rep, team):
    rungs = [any(reached(person, other)[k] for other in team) for k in range(2)]
    return gate(True in rungs and reached(person, rep)[rungs.index(True)])


def graded(person, rep):
    fits = reached(person, rep)
    asked = person["tier"] in RUNGS[0]
    return (1.0 if fits[0] else 0.5 if fits[1] else 0.0) if asked else 0.0


def share(person, rep):
    wanted = words(person["language"])
    return len(wanted & words(rep["languages"])) / max(len(wanted), 1)


def contacts(person, rep):
    told = dict(pair.split(":") for pair in words(person["contacts_by_rep"]))
    return min(int(told.get(rep["rep_id"], 0)) / 3, 1.0)


def shown(cell):
    return 0.0 if cell is None else min(cell / 5, 1.0)


BY_PAIR = {
    "match": lambda p, r, _: float(bool(words(p["language"]) & words(r["languages"]))),
    "match-required": lambda p, r, _: 1.0 if words(p["language"]) & words(r["languages"]) else NAN,
    "stay": lambda p, r, _: float(p["owner"] == r["rep_id"]),
    "stay-required": lambda p, r, team: (
        1.0
        if p["owner"] == r["rep_id"]
        else gate(p["owner"] not in {other["rep_id"] for other in team})
    ),
    "territory": lambda p, r, _: covered(p, r),
    "territory-nearest": nearest,
    "seniority": lambda p, r, _: graded(p, r),
    "seniority-required": senior_enough,
    "skills": lambda p, r, _: share(p, r),
    "skills-required": lambda p, r, _: (
        0.0 if not words(p["language"]) else 1.0 if share(p, r) else NAN
    ),
    "avoid": lambda p, r, _: gate(r["rep_id"] not in words(p["excluded_reps"])),
    "complaint": lambda p, r, _: float(
        bool(words(p["excluded_reps"])) and r["rep_id"] not in words(p["excluded_reps"])
    ),
    "pairs": lambda p, r, _: gate(
        (p["customer_id"], r["rep_id"]) not in {("C1", "R1"), ("C2", "R0")}
    ),
    "cool-off": lambda p, r, _: gate(p["owner"] != r["rep_id"] or p["released_at"] != "2026-06-20"),
    "contacts": lambda p, r, _: contacts(p, r),
    "years": lambda p, r, _: shown(p["owner_years"]) if p["owner"] == r["rep_id"] else 0.0,
    "at-work": lambda _p, r, _: gate(
        r["rep_id"] != "R1" and r["leave"] != "2026-06-01..2026-07-31"
    ),
}


@pytest.mark.parametrize("name", BY_PAIR)
@given(people=PEOPLE, team=TEAM.filter(bool))
def test_points_are_those_of_the_rule_told_pair_by_pair(name, people, team):
    expected = [[BY_PAIR[name](person, rep, team) for rep in team] for person in people]
    found = points(WISHES[name], people, team)
    assert np.allclose(found, expected, rtol=0, atol=1e-12, equal_nan=True)


def read(wish, people, team):
    return table(people).read(wish.needs), table(team).read(wish.rep_needs)


def points(wish, people, team):
    found = wish.points(*read(wish, people, team))
    return found if wish.needs else np.repeat(found, len(people), axis=0)


def same(left, right):
    return np.array_equal(left, right, equal_nan=True)


@pytest.mark.parametrize("name", WISHES)
@given(people=PEOPLE, team=TEAM.filter(bool))
def test_a_pair_alone_decides_and_classes_say_the_same(name, people, team):
    wish = WISHES[name]
    whole = points(wish, people, team)
    assert whole.shape == (len(people), len(team))
    assert (np.isnan(whole) | ((whole >= 0) & (whole <= 1))).all()
    assert same(np.concatenate([points(wish, [row], team) for row in people]), whole)
    assert same(points(wish, people[::-1], team[::-1]), whole[::-1, ::-1])
    classes = classes_of(wish, *read(wish, people, team))
    assert classes is None or not wish.needs or same(in_full(classes), whole)


@given(
    PEOPLE,
    TEAM.filter(bool),
    st.permutations(sorted(WISHES)),
    st.integers(1, 18),
    st.integers(1, 40),
)
def test_sums_by_classes_are_the_direct_sums_to_the_last_bit(people, team, names, count, times):
    wishes = [WISHES[name] for name in names[:count]]
    many = [
        {**row, "customer_id": f"{row['customer_id']}-{k}"} for row in people for k in range(times)
    ]
    needs = {k: v for wish in wishes for k, v in wish.needs.items()}
    rep_needs = {"rep_id": "text"} | {k: v for w in wishes for k, v in w.rep_needs.items()}
    score = Score(
        wishes,
        parts([3.0 + k * 0.7 for k in range(count)], count),
        read_side(table(many), "customer_id", needs),
        read_side(table(team), "rep_id", rep_needs),
    )
    direct = added(score.parts, score.terms(slice(None)))
    assert same(score.points(), direct)
    grouped = score.grouped()
    assert grouped is None or same(grouped[1][grouped[0]], direct)
    assert grouped is not None or times < 4


@given(PEOPLE, st.sampled_from(["customer", "lead", "opportunity"]))
def test_urgency_depends_on_one_customer_alone(people, unit):
    order = Urgency.preset(unit)
    rows = [
        {name: (len(str(row["tier"])) * k) % 7 or None for k, name in enumerate(order.needs)}
        for row in people
    ]
    ranks = order.ranks(table(rows).read(order.needs))
    alone = [order.explain(row).points for row in rows]
    assert ranks.tolist() == alone
    parts_ = [points for _, points in order.breakdown(table(rows).read(order.needs))]
    assert np.allclose(sum(parts_), ranks, atol=0, rtol=1e-15)
