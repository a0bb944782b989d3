"""A book of rules on a million customers: record by record, as masks, and as a decision table.

    python benchmarks/_allocation_rules.py [customers] [rules]

The customers' columns are codes already, as they are inside an allocation; one column is numbers,
which are put into intervals within the time measured. All ways decide alike, which is asserted.
`run` gives the figures to `benchmarks/allocation.py`.
"""

import platform
import sys
from collections.abc import Callable
from pathlib import Path
from time import process_time
from typing import Any

import numpy as np

from _results import entry, keep
from custseg._typing import Codes, Columns, Index
from custseg.allocate import Fallback, Rule, RuleBook, Same
from custseg.rules import Condition, Every, F, Some, Test

SIZES = {"region": 31, "industry": 20, "tier": 3, "language": 4}
PROMISED = 0.05
"""CPU seconds of the decision table for 1 M customers and 100 rules."""


def people(customers: int, seed: int = 7) -> dict[str, Any]:
    """Four columns of words and one of amounts, with some missing in each."""
    draw = np.random.default_rng(seed)
    columns: dict[str, Any] = {}
    for name, size in SIZES.items():
        at = draw.integers(0, size, customers)
        at[draw.random(customers) < 0.02] = -1
        columns[name] = Codes(at, tuple(f"{name} {i}" for i in range(size)))
    revenue = draw.lognormal(8, 2, customers)
    revenue[draw.random(customers) < 0.05] = np.nan
    return {**columns, "revenue": revenue}


def book(rules: int, seed: int = 7) -> RuleBook:
    """Rules of one to four comparisons, joined by and, or, not; every tenth compares an amount."""
    draw = np.random.default_rng(seed)

    def word(name: str) -> str:
        return f"{name} {draw.integers(SIZES[name])}"

    made = []
    for i in range(rules):
        when: Condition = F("region") == word("region")
        if i % 2:
            when = when & F("industry").one_of(*(word("industry") for _ in range(4)))
        if i % 3 == 0:
            when = when & (F("tier") == word("tier"))
        if i % 5 == 0:
            other = (F("language") == word("language")) & (F("industry") == word("industry"))
            when = when | (other & ~(F("tier") == word("tier")))
        if i % 10 == 0:
            when = when & (F("revenue") >= float((1000, 5000, 20_000)[i % 3]))
        made.append(Rule(f"rule {i}", when, to=f"R{draw.integers(200)}"))
    return RuleBook(made, Fallback(pool="public"))


def team(reps: int = 200) -> Columns:
    """The representatives' ids and regions."""
    ids = tuple(f"R{i}" for i in range(reps))
    regions = tuple(f"region {i}" for i in range(SIZES["region"]))
    at = np.arange(reps) % len(regions)
    return {"rep_id": Codes(np.arange(reps), ids), "region": Codes(at, regions)}


def plain(rule: Condition) -> str:
    """A condition as Python, for the quickest way to ask record by record."""
    if isinstance(rule, Every | Some):
        joint = " and " if isinstance(rule, Every) else " or "
        return f"({joint.join(plain(part) for part in rule.parts)})"
    assert isinstance(rule, Test)
    if rule.op == "!=":
        return f"(r[{rule.field!r}] is not None and r[{rule.field!r}] != {rule.value!r})"
    op = "in" if rule.op == "in" else rule.op
    return f"r[{rule.field!r}] {op} {rule.value!r}"


def one_by_one(made: RuleBook, columns: Columns) -> Index:
    """The place of the first rule that holds of each record, in Python."""
    tests = [eval(f"lambda r: {plain(rule.when)}") for rule in made.rules]  # noqa: S307
    names = list(columns)
    lists = [
        each.texts() if isinstance(each, Codes) else np.asarray(each).tolist()
        for each in columns.values()
    ]
    places = list(enumerate(tests))
    found = np.empty(len(lists[0]), dtype=np.int32)
    for row, values in enumerate(zip(*lists, strict=True)):
        record = dict(zip(names, values, strict=True))
        found[row] = next((place for place, test in places if test(record)), len(tests))
    return found


def places(made: RuleBook, columns: Columns, way: str) -> Index:
    """The place of the rule of each customer, the last for none."""
    found = made.ruled(columns, team(), way=way)
    first = [some[0] if some else len(made.rules) for some in found.rules]
    return np.array(first, dtype=np.int32)[found.at]


def measured(call: Callable[[], Any], times: int) -> tuple[Any, float, float]:
    """What a call gives, its least CPU time, and what it adds to the memory of the process, MB."""
    Path("/proc/self/clear_refs").write_text("5")
    before = resident("VmRSS")
    answer = call()
    added = resident("VmHWM") - before
    best = float("inf")
    for _ in range(times):
        start = process_time()
        call()
        best = min(best, process_time() - start)
    return answer, best, added


def resident(name: str) -> float:
    """Memory of this process in MB: now (VmRSS) or at its highest (VmHWM)."""
    held = dict(line.split(":") for line in Path("/proc/self/status").read_text().splitlines())
    return int(held[name].split()[0]) / 1024


def run(customers: int = 1_000_000, rules: int = 100) -> list[dict[str, object]]:
    """The ways to decide, each with CPU seconds, memory in MB and the part of the promise."""
    columns, made, reps = people(customers), book(rules), team()
    home = RuleBook([*made.rules, Rule("home", to=Same("region"))], made.fallback)
    book(3).ruled(people(1000), reps)
    ways: list[tuple[str, Callable[[], Any], int]] = [
        ("record by record", lambda: one_by_one(made, columns), 0),
        ("masks", lambda: made.ruled(columns, reps, way="masks"), 3),
        ("decision table", lambda: made.ruled(columns, reps, way="table"), 7),
        ("decision table, rep.region == customer.region", lambda: home.ruled(columns, reps), 7),
    ]
    rows: list[dict[str, object]] = []
    for name, call, times in ways:
        start = process_time()
        _, best, added = measured(call, times)
        spent = best if times else process_time() - start
        rows.append({"way": name, "cpu_s": round(spent, 4), "memory_mb": round(added, 1)})
    truth = one_by_one(made, {name: _head(each) for name, each in columns.items()})
    for way in ("masks", "table"):
        assert (places(made, columns, way)[: len(truth)] == truth).all(), way
    assert (places(made, columns, "masks") == places(made, columns, "table")).all()
    return rows


def _head(column: Any, rows: int = 50_000) -> Any:
    return Codes(column.at[:rows], column.words) if isinstance(column, Codes) else column[:rows]


def main() -> None:
    """Print the table."""
    given = [int(word) for word in sys.argv[1:] if word != "--write"]
    customers, rules = (*given, *(1_000_000, 100)[len(given) :])
    print(f"{customers:,} customers, {rules} rules")
    rows = run(customers, rules)
    if "--write" in sys.argv:
        sides = {
            f"custseg, {row['way']}": {"cpu": row["cpu_s"], "peak": row["memory_mb"]}
            for row in rows[1:]
        }
        first = {"cpu": rows[0]["cpu_s"], "peak": rows[0]["memory_mb"]}
        sides["by hand, record by record"] = first | {"version": platform.python_version()}
        keep([entry("rules", customers, sides)], "allocation")
    for row in rows:
        print(f"{row['way']:<48}{row['cpu_s']:>10.4f} s{row['memory_mb']:>10.1f} MB")


if __name__ == "__main__":
    main()
