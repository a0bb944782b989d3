"""Results show themselves in notebooks, and those that are tables stream to every library."""

import doctest
import functools
import inspect
import sys
from html.parser import HTMLParser

import attrs
import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import custseg as cs
from custseg.frames import Tabled, table
from custseg.reasons import Explanation, Reason
from custseg.showing import Shown
from publicresults import name_of, results

EVIL = "<script>alert(1)</script>"
# `table` is the name of one here, or takes the kind of table that is wanted.
NAMED = {"TableReport", "ProfileReport", "Queries", "Contacts", "PartitionedLog"}
SMALL = 30_000
MANY = 3


class Tags(HTMLParser):
    """Reads a page; scripts and links are what none may hold."""

    def __init__(self):
        super().__init__()
        self.open, self.bad = [], []

    def handle_starttag(self, tag, attrs):
        if tag in {"script", "link", "iframe"} or any(name.startswith("on") for name, _ in attrs):
            self.bad.append(tag)
        if tag not in {"br", "meta", "hr"}:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def checked(page):
    tags = Tags()
    tags.feed(page)
    tags.close()
    assert not tags.open
    assert not tags.bad
    assert 0 < len(page) < SMALL
    return page


# ---------------------------------------------------------------- every public result


def test_the_walk_finds_the_results_of_every_room():
    rooms = {name_of(held).split(".")[1] for held in results()}
    assert {"allocate", "classify", "clean", "features", "lifetime", "match"} <= rooms
    assert {"measures", "pipeline", "scoring", "tiering"} <= rooms
    assert len(results()) > 180


def test_every_public_result_shows_itself():
    assert not [name_of(held) for held in results() if not issubclass(held, Shown)]


def test_every_result_that_holds_a_table_is_read_as_one():
    held = [one for one in results() if has_table(one) and one.__name__ not in NAMED]
    assert not [name_of(one) for one in held if not issubclass(one, Tabled)]
    assert len(held) > 40


def has_table(held):
    member = inspect.getattr_static(held, "table", None)
    if inspect.isfunction(member) and not issubclass(held, Tabled):
        given = list(inspect.signature(member).parameters.values())[1:]
        return all(one.default is not one.empty for one in given)
    return member is not None


def examples(held):
    """The objects of a class that its own example makes."""
    room = vars(sys.modules[held.__module__]).copy()
    for example in doctest.DocTestParser().get_examples(held.__doc__ or ""):
        source = example.source.strip()
        try:
            room["_"] = eval(source, room)  # noqa: S307 - examples of our own docstrings
            yield room["_"]
        except SyntaxError:
            exec(source, room)  # noqa: S102 - same reason
            yield from room.values()


@functools.cache
def made():
    """One object of each class that the examples of results make, or that is inside of one."""
    found = {}
    left = [one for held in results() for one in examples(held)]
    while left:
        one = left.pop(0)
        if type(one) in found or inspect.isclass(one) or inspect.ismodule(one):
            continue
        if isinstance(one, tuple | list):
            left += one[:MANY]
        elif attrs.has(type(one)):
            found[type(one)] = one
            left += [getattr(one, field.name) for field in attrs.fields(type(one))]
    return found


SLOW = {"Backtest", "ChurnReport", "CohortProjection", "Evaluation", "GradeReview", "OutcomeCounts"}
ROOMS = sorted({name_of(held).split(".")[1] for held in results()})


def test_many_results_have_an_example_that_makes_them():
    assert len(made().keys() & set(results())) > 120


@pytest.mark.parametrize("room", ROOMS)
def test_pages_are_small_whole_and_in_both_languages(room):
    shown = 0
    for held in results():
        if name_of(held).split(".")[1] != room or held.__name__ in SLOW:
            continue
        if (one := made().get(held)) is None:
            continue
        english, chinese = checked(one.html()), checked(one.html("zh"))
        assert one._repr_html_() == english
        assert "object at 0x" not in english, name_of(held)
        shown += 1
        assert chinese, name_of(held)
    assert shown > 0


# ---------------------------------------------------------------- hostile values


@pytest.fixture(scope="module")
def tables():
    crm = cs.datasets.crm(120, seed=3)
    given = {name: rows for name, rows in crm.tables().items() if name != "truth"}
    for row in given["customers"]:
        row["name"] = EVIL
    for row in given["reps"]:
        row["rep_id"] = f"{row['rep_id']}{EVIL}"
    for row in given["customers"]:
        row["owner"] = row["owner"] and f"{row['owner']}{EVIL}"
    return given | {"as_of": crm.recipe.end}


@pytest.fixture(scope="module")
def run(tables):
    return cs.Pipeline().run(**tables)


def shown_of(run):
    """What a job leaves behind, and what its parts give when they are asked."""
    who = run.customers[0]["customer_id"]
    return [
        run,
        run.policy,
        run.plan,
        run.actions,
        run.explain(who),
        *run.reports.values(),
        *run.plan.loads,
        *run.unassigned[:3],
        *run.explain(who).parts.values(),
        run.plan.fairness,
    ]


def test_nothing_that_a_customer_wrote_is_markup_or_shown(run):
    values = {str(row["phone"]) for row in run.customers if len(str(row["phone"] or "")) > 5}
    for one in shown_of(run):
        for locale in ("en", "zh"):
            page = checked(one.html(locale))
            assert EVIL not in page
            assert not [value for value in values if value in page], type(one)


def test_an_explanation_escapes_codes_of_its_own():
    held = Explanation("tier", {"tier": EVIL}, (Reason(EVIL, {"cut": EVIL}),))
    assert EVIL not in checked(held.html("zh"))


# ---------------------------------------------------------------- Arrow


@pytest.fixture(scope="module", params=["records", "pandas", "polars", "arrow"])
def streams(request):
    crm = cs.datasets.crm(90, seed=5)
    given = {name: rows for name, rows in crm.tables(request.param).items() if name != "truth"}
    run = cs.Pipeline().run(**given, as_of=crm.recipe.end)
    log = cs.TransactionLog.of(given["transactions"], cs.Names(at="paid_at", amount="amount"))
    ends = ["2024-06-30", "2024-12-31", "2025-06-30"]
    grid = cs.classify.states_asof(log, ends, cs.classify.Lifecycle().fit(run.prepared.people))
    flows = cs.classify.transition_matrix(grid)
    changes = cs.clean.Cleaner().fit(given["customers"]).run(given["customers"])
    return {
        "run": (run, run.customers),
        "plan": (run.plan, run.plan.table),
        "actions": (run.actions, run.actions.table),
        "cleaned": (changes, changes.table),
        "states": (grid, grid.table),
        "flows": (flows, flows.table),
    }


@pytest.mark.parametrize(
    "read",
    [
        lambda held: pa.table(held).num_rows,
        pytest.param(
            lambda held: len(pd.DataFrame.from_arrow(held)),
            marks=pytest.mark.skipif(
                not hasattr(pd.DataFrame, "from_arrow"), reason="pandas reads streams since 3.0"
            ),
        ),
        lambda held: pl.DataFrame(held).height,
        lambda held: duckdb.sql("FROM held").shape[0],  # noqa: ARG005 - the query names it
        lambda held: table(held).size,
    ],
    ids=["pyarrow", "pandas", "polars", "duckdb", "custseg"],
)
def test_every_library_of_arrow_reads_results_that_are_tables(streams, read):
    for name, (held, native) in streams.items():
        assert read(held) == len(native) > 0, name


def test_ids_in_the_index_of_a_frame_are_a_column_of_the_stream():
    frame = pd.DataFrame({"customer_id": ["007", "008"], "email": [None, "a@x.cn"]})
    cleaner = cs.clean.Cleaner().fit(frame)
    named = cleaner.run(frame.set_index("customer_id"))
    assert pa.table(named)["customer_id"].to_pylist() == ["007", "008"]
    assert pa.table(cleaner.run(frame.iloc[::-1])).column_names == ["customer_id", "email"]


def test_an_engine_streams_what_it_holds():
    rows = duckdb.sql("SELECT range::VARCHAR AS customer_id, NULL AS email FROM range(5)")
    held = cs.clean.Cleaner().fit([]).run(rows)
    assert pl.DataFrame(held).height == 5
    lazy = pl.LazyFrame({"customer_id": ["1", "2"], "email": [None, "a@x.cn"]})
    assert pa.table(cs.clean.Cleaner().fit([]).run(lazy)).num_rows == 2
