"""However deep a score is clamped and cut, an engine plans each part once."""

import polars as pl

from custseg.frames import table
from custseg.frames.staged import Stages
from custseg.rules import Bands, Line, Scaled, Sum

LINE = Line("x", ((0.0, 0), (10.0, 1000)))


def deep(levels):
    rule = LINE
    for level in range(levels):
        rule = Sum((rule, LINE), -level, 10_000 + level)
    return rule


def test_rules_that_repeat_nothing_have_no_stages():
    stages = Stages.of({"a": Bands("x", (1.0,), ("low", "high")), "b": Sum((LINE, LINE))})
    assert stages.levels == []
    assert stages.temporary == ()


def test_a_part_of_two_rules_is_held_once():
    total = Sum((LINE,), 0, 500)
    stages = Stages.of(
        {"points": Scaled(total, 100.0), "grade": Scaled(total, 1.0, (3.0,), ("b", "a"))}
    )
    assert [len(level) for level in stages.levels] == [1, 1]


def test_thirty_levels_deep_is_planned_at_once_and_leaves_nothing_behind():
    rules = {"score": Scaled(deep(30), 100.0), "grade": Scaled(deep(30), 1.0, (3.0,), ("b", "a"))}
    frame = pl.DataFrame({"x": [0.0, 3.3, None]})
    lazily = table(frame.lazy()).push(rules).collect()
    assert lazily.columns == ["x", "score", "grade"]
    assert lazily.rows() == table(frame).push(rules).rows()
