"""Scorecards of every shape, and records for them, for laws."""

from hypothesis import strategies as st

from custseg.rules import F
from custseg.scoring import (
    Bins,
    Categories,
    ChanceCurve,
    Decay,
    Factor,
    GradeMatrix,
    Grades,
    Group,
    Levels,
    Log,
    Odds,
    Points,
    Ramp,
    Scorecard,
    Steps,
    Veto,
)

NUMBERS = ("orders", "recency_days", "satisfaction")
TEXTS = ("source", "region")
KINDS = dict.fromkeys(NUMBERS, "number") | dict.fromkeys(TEXTS, "text")
WORDS = ("referral", "fair", "华东", "O'Hara")

shares = st.integers(-20, 20).map(lambda n: n / 20)
values = st.integers(-40, 400).map(lambda n: n / 4) | st.floats(-1e6, 1e6, allow_subnormal=False)
worths = st.integers(-5000, 5000).filter(bool).map(lambda n: n / 100)
sizes = st.floats(0.01, 1e6)
steps = st.integers(1, 12)  # an engine plans its query anew for each card
ramps = st.tuples(values, values).filter(lambda v: abs(v[0] - v[1]) > 1e-6).map(lambda v: Ramp(*v))
rising = st.builds(Log, sizes, steps) | st.builds(Decay, sizes, steps) | ramps


@st.composite
def stepped(draw):
    edges = sorted(set(draw(st.lists(values, max_size=5))))
    many = st.lists(shares, min_size=len(edges) + 1, max_size=len(edges) + 1)
    return Steps(tuple(edges), tuple(draw(many)))


@st.composite
def pointed(draw):
    at = sorted({round(v, 2) for v in draw(st.lists(values, min_size=1, max_size=5))})
    return Points(tuple((x, draw(shares)) for x in at))


number_curves = rising | stepped() | pointed()
text_curves = st.builds(Categories, st.dictionaries(st.sampled_from(WORDS), shares), shares)


own_points = st.integers(-4000, 4000).map(lambda n: n / 100)
unknown = st.none() | own_points


@st.composite
def binned(draw):
    edges = sorted(set(draw(st.lists(values, max_size=4))))
    many = st.lists(own_points, min_size=len(edges) + 1, max_size=len(edges) + 1)
    special = draw(st.dictionaries(st.sampled_from([0.0, -999.0, 1.0, *edges]), own_points))
    closed = draw(st.sampled_from(["left", "right"]))
    points = tuple(draw(many))
    return Bins(tuple(edges), points, closed=closed, special=special, missing=draw(unknown))


levels = st.builds(
    Levels,
    st.dictionaries(st.sampled_from(WORDS), own_points),
    otherwise=own_points,
    missing=unknown,
)


@st.composite
def learnt(draw, name, column, curves, group):
    """A factor with points of its own; no worth, and any policy that its curve has."""
    curve = draw(curves)
    policies = ["neutral", "worst", 0.5, *(["evidence"] if curve.missing is not None else [])]
    usual = draw(st.none() | own_points)
    policy = draw(st.sampled_from(policies))
    return Factor(name, draw(column), curve=curve, missing=policy, usual=usual, group=draw(group))


def factors(name, group):
    own = learnt(name, st.sampled_from(NUMBERS), binned(), group)
    return shared(name, group) | own | learnt(name, st.sampled_from(TEXTS), levels, group)


def shared(name, group):
    """A factor whose curve gives shares of its worth."""
    numeric = st.builds(
        Factor,
        st.just(name),
        st.sampled_from(NUMBERS),
        worth=worths,
        curve=number_curves,
        missing=shares | st.sampled_from(["neutral", "worst"]),
        group=group,
    )
    texts = st.builds(
        Factor,
        st.just(name),
        st.sampled_from(TEXTS),
        worth=worths,
        curve=text_curves,
        missing=shares,
        group=group,
    )
    return numeric | texts


SCALES = (Grades(), Grades((5.25,), ("call", "wait")), Grades((), ("Z",)))
MATRICES = (
    GradeMatrix("outer", "inner", (20, 5.25), (10,)),
    GradeMatrix("inner", "outer", (0,), (30, -3), (("hot", "hot", "warm"), ("warm", "cold", "no"))),
)
VETOES = ((), (), (Veto("competitor", F("region") == "华东"), Veto("gone", F("orders") > 50)))

limits = st.none() | st.integers(-60, 60).map(float)


@st.composite
def groups(draw):
    """No group, one, or one inside another."""
    names = ("outer", "inner")[: draw(st.integers(0, 2))]
    made = []
    for i, name in enumerate(names):
        low, high = draw(limits), draw(limits)
        if low is not None and high is not None and low > high:
            low, high = high, low
        made.append(Group(name, low, high, "outer" if i else None))
    return tuple(made)


@st.composite
def scorecards(draw):
    within = draw(groups())
    inside = [group.name for group in within]
    homes = inside + draw(st.lists(st.sampled_from([None, *inside]), min_size=1, max_size=4))
    made = tuple(draw(factors(f"factor {i}", st.just(home))) for i, home in enumerate(homes))
    low, high = draw(st.sampled_from([(0.0, 100.0), (None, None), (-10.0, None), (0.0, 20.0)]))
    grades = draw(st.sampled_from([*SCALES, *(MATRICES if len(inside) > 1 else [])]))
    base = draw(st.integers(-3000, 3000)) / 100
    if not any(round(100 * factor.worth) for factor in made):
        made = (*made, Factor("one more", "orders", worth=1, curve=Ramp(0, 1)))
    odds, vetoes = draw(st.none() | chances), draw(st.sampled_from(VETOES))
    return Scorecard(
        made,
        base=base,
        low=low,
        high=high,
        grades=grades,
        groups=within,
        odds=odds,
        vetoes=vetoes,
    )


@st.composite
def measured(draw):
    at = sorted(set(draw(st.lists(own_points, min_size=1, max_size=5))))
    many = st.lists(st.integers(0, 100).map(lambda n: n / 100), min_size=len(at), max_size=len(at))
    return ChanceCurve(tuple(zip(at, sorted(draw(many)), strict=True)))


chances = measured() | st.builds(
    Odds,
    at=own_points,
    odds=st.sampled_from([1.0, 0.1, 3.0]),
    double=st.sampled_from([0.01, 1.0, 20.0, 333.3]),
)


records = st.fixed_dictionaries(
    {
        **dict.fromkeys(NUMBERS, st.none() | values),
        **dict.fromkeys(TEXTS, st.none() | st.sampled_from([*WORDS, "elsewhere"])),
    }
)
