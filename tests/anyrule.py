"""Rules of every shape, and records that try their edges, for laws."""

import math
from datetime import date, timedelta

import pyarrow as pa
from hypothesis import strategies as st

from custseg.rules import Bands, Choice, F, Ladder, Line, Scaled, Slopes, Sum

NEEDS = {"x": "number", "y": "number", "k": "number", "t": "text", "c": "text", "d": "day"}
SCHEMA = pa.schema(
    {
        "x": pa.float64(),
        "y": pa.float64(),
        "k": pa.int64(),
        "t": pa.string(),
        "c": pa.float64(),
        "d": pa.date32(),
    }
)
EDGES = (-2.5, -0.0, 0.0, 1.0, 10.0, 99.99, 1e6)
WORDS = ("nan", "null", "O'Hara", '"', "华东", "a b", "\\", "%", "17", "17.0", "1e+20", "inf", "-0")
DAYS = tuple(date(2026, 1, 1) + timedelta(days=n) for n in (-20_000, 0, 1, 40))
WILD = (math.nan, math.inf, -math.inf, 0.0, -0.0, 5e-324, 1.7976931348623157e308)

around = st.sampled_from(
    [x for e in EDGES for x in (e, math.nextafter(e, -math.inf), math.nextafter(e, math.inf))]
)
floats = around | st.sampled_from(WILD) | st.floats(-1e9, 1e9)
whole = st.sampled_from([0, 1, 10, 2**53, 2**53 + 1, 2**60 + 1, -(2**63), 2**63 - 1])
texts = st.sampled_from(["", *WORDS]) | st.text("ab华'\"\\%_ \n", max_size=4)
codes = st.sampled_from([17.0, 0.0, -0.0, 1e20, 1e-7, 1.5, 123456789012.0, math.inf, math.nan])

records = st.fixed_dictionaries(
    {
        "x": st.none() | floats,
        "y": st.none() | floats,
        "k": st.none() | whole,
        "t": st.none() | texts,
        "c": st.none() | codes,
        "d": st.none() | st.sampled_from(DAYS),
    }
)
tables = st.lists(records, max_size=8)

numbers = st.sampled_from("xyk").map(F)
constants = st.sampled_from(EDGES) | st.sampled_from([math.inf, -math.inf, 2.0**60])
spelled = st.sampled_from([*WORDS, "1.5", "1e-07", "0", "100000000000000000000", "123456789012"])
OPS = ("__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__")


def compared(left, right, ops=OPS):
    return st.builds(lambda f, op, v: getattr(f, op)(v), left, st.sampled_from(ops), right)


def among(field, values):
    return st.lists(values, min_size=1, max_size=3).map(lambda vs: F(field).one_of(*vs))


times = st.builds(lambda f, z: f * z, numbers, st.sampled_from([1.0, 2.0, -0.5, 0.0, 1e300]))
leaves = (
    compared(numbers, constants)
    | compared(numbers, times)
    | compared(st.sampled_from("tc").map(F), spelled, OPS[:2])
    | compared(st.just(F("d")), st.sampled_from(DAYS))
    | among("x", constants)
    | among("t", spelled)
    | among("c", spelled)
    | among("d", st.sampled_from(DAYS))
    | st.builds(lambda f: F(f).is_missing(), st.sampled_from("xyktcd"))
    | st.builds(lambda f: F(f).is_present(), st.sampled_from("xyktcd"))
)
conditions = st.recursive(
    leaves,
    lambda c: (
        st.builds(lambda a, b: a & b, c, c)
        | st.builds(lambda a, b: a | b, c, c)
        | c.map(lambda a: ~a)
    ),
    max_leaves=6,
)

points = st.integers(-500, 500)
LABELS = ("low", "it's", "高")
edges = st.lists(st.sampled_from(EDGES) | st.floats(-1e6, 1e6), max_size=4).map(
    lambda es: tuple(sorted(set(es)))
)


@st.composite
def ladders(draw, values):
    steps = draw(st.lists(st.tuples(conditions, values), max_size=3))
    return Ladder(tuple(steps), draw(st.none() | values))


@st.composite
def bands(draw, values):
    at = draw(edges)
    held = draw(st.lists(values, min_size=len(at) + 1, max_size=len(at) + 1))
    closed = draw(st.sampled_from(["left", "right"]))
    return Bands(draw(st.sampled_from("xyk")), at, tuple(held), closed, draw(st.none() | values))


@st.composite
def lines(draw):
    at = sorted(set(draw(st.lists(st.integers(-40, 400), min_size=1, max_size=4))))
    knots = tuple((x / 4, draw(points)) for x in at)
    return Line(draw(st.sampled_from("xyk")), knots, draw(points))


@st.composite
def choices(draw, values):
    table = draw(st.lists(st.tuples(spelled, values), min_size=1, max_size=4))
    field = draw(st.sampled_from("tc"))
    return Choice(field, tuple(table), draw(st.none() | values), draw(st.none() | values))


@st.composite
def sums(draw, parts):
    low, high = sorted([draw(points), draw(points)])
    return Sum(
        tuple(draw(st.lists(parts, max_size=4))),
        draw(st.sampled_from([None, low])),
        draw(st.sampled_from([None, high])),
    )


@st.composite
def scaled(draw, parts):
    part, divisor = draw(parts), draw(st.sampled_from([1.0, 100.0, -4.0, 3.0]))
    if draw(st.booleans()):
        return Scaled(part, divisor)
    at = draw(edges)
    many = st.lists(st.sampled_from(LABELS), min_size=len(at) + 1, max_size=len(at) + 1)
    return Scaled(part, divisor, at, tuple(draw(many)))


@st.composite
def slopes(draw, parts):
    at = sorted(set(draw(st.lists(st.integers(-600, 600), min_size=1, max_size=5))))
    return Slopes(draw(parts), tuple((float(x), draw(points)) for x in at))


numeric = ladders(points) | bands(points) | lines() | choices(points)
wordy = (
    ladders(st.sampled_from(LABELS))
    | bands(st.sampled_from(LABELS))
    | choices(st.sampled_from(LABELS))
)
whole_numbers = numeric | sums(numeric | sums(numeric))
drawn = slopes(whole_numbers)
rules = wordy | whole_numbers | drawn | sums(drawn | numeric) | scaled(whole_numbers | drawn)
