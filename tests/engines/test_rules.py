"""Rules on Spark, as expressions and as SQL, say what they say of one record."""

import random
from datetime import date, datetime
from decimal import Decimal

import attrs
import pyarrow as pa
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import anyrule
from custseg.frames import crossings, table
from custseg.frames.query import statement
from custseg.model import RowModel
from custseg.rules import Bands, Choice, F, Ladder, Rule

AROUND = [x for e in anyrule.EDGES for x in (e, anyrule.math.nextafter(e, 9e9))]
VALUES = {
    "x": [None, 2.5, -1e9, *AROUND, *anyrule.WILD],
    "y": [None, 3e8, *AROUND[::-1], *anyrule.WILD],
    "k": [None, 0, 1, 10, 2**53, 2**53 + 1, 2**60 + 1, -(2**63), 2**63 - 1],
    "t": [None, "", "ab华'", "\n", "_%", *anyrule.WORDS],
    "c": [None, 17.0, 0.0, -0.0, 1e20, 1e-7, 1.5, 123456789012.0, *anyrule.WILD[:2]],
    "d": [None, *anyrule.DAYS],
}
CHANCE = random.Random(7)
ROWS = [{name: CHANCE.choice(some) for name, some in VALUES.items()} for _ in range(250)]
HELD = pa.Table.from_pylist(ROWS, schema=anyrule.SCHEMA).append_column(
    "at", pa.array(range(len(ROWS)))
)


@attrs.frozen
class Says(RowModel):
    given: dict[str, Rule]

    def rules(self):
        return self.given


def test_any_rule_on_any_row(spark):
    """Many rules at once on every odd value, so that two jobs try them all."""
    people = spark.createDataFrame(HELD).repartition(2).cache()
    people.createOrReplaceTempView("odd_people")

    @settings(
        max_examples=2, deadline=None, derandomize=True, phases=[Phase.generate], database=None
    )
    @given(st.lists(anyrule.rules, min_size=40, max_size=40))
    def law(rules):
        named = {f"r{i}": rule for i, rule in enumerate(rules)}
        model = Says(named)
        told = [model.one(row) for row in ROWS]
        with crossings() as account:
            pushed, worked = table(people).push(named), model.apply(people)
        assert account == []
        text = statement(named, table="odd_people", dialect="spark", floating="xyc")
        for found in (pushed, worked, spark.sql(text)):
            rows = found.toArrow().sort_by("at").to_pylist()
            for name, rule in named.items():
                assert [row[name] for row in rows] == [row[name] for row in told], rule

    law()


ODD = {
    "a.b": (pa.float64(), [1.5, None, 9.0]),
    "a`b": (pa.float32(), [1.5, float("nan"), 0.1]),
    'q"q': (pa.decimal128(9, 2), [Decimal("10.05"), None, Decimal("-3.00")]),
    "flag": (pa.bool_(), [True, None, False]),
    "number": (pa.int32(), [3, None, 17]),
    "day": (pa.string(), ["2026-01-02", "", "2026-06-30T11:00:00"]),
    "at": (pa.timestamp("us"), [datetime(2026, 1, 1, 23, 30), None, datetime(2026, 6, 30)]),  # noqa: DTZ001
    "word": (pa.string(), ["nan", "", "it's"]),
}
DAYS = ("day", "at")


def read_as_numbers():
    held = enumerate(("a.b", "a`b", 'q"q', "flag", "number"))
    rules = {f"{i} band": Bands(n, (1.5, 3.0), ("a", "b", "c"), "left", "-") for i, n in held}
    return {**rules, "tier.now": Bands("a.b", (2.0,), ("low", "high"))}


def read_as_texts():
    said = (("3", "three"), ("true", "yes"), ("10.05", "ten"), ("1.5", "half"), ("nan", "word"))
    rules = {f"{i} word": Choice(n, said, "?", "-") for i, n in enumerate(ODD) if n not in DAYS}
    first = date(2026, 1, 1)
    for name in DAYS:
        rules[f"{name} late"] = Ladder(((F(name) > first, "late"), (F(name) == first, "then")))
    there = {f"{i} there": Ladder(((F(n).is_present(), 1),), 0) for i, n in enumerate(ODD)}
    return {**rules, **there}


def test_any_type_and_any_name(spark):
    held = pa.table({name: pa.array(values, kind) for name, (kind, values) in ODD.items()})
    frame = spark.createDataFrame(held)
    for rules in (read_as_numbers(), read_as_texts()):
        model = Says(rules)
        found = model.apply(frame).toArrow()
        expected = model.apply(held)
        chosen = frame.select(*(made.alias(n) for n, made in model.exprs(like=frame).items()))
        written = chosen.toArrow()
        for name in rules:
            assert found[name].to_pylist() == expected[name].to_pylist(), name
            assert written[name].to_pylist() == expected[name].to_pylist(), name
