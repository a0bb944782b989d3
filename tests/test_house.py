"""The rules of the house that no off-the-shelf tool checks (CONTRIBUTING.md lists them)."""

import ast
import importlib
import inspect
import json
import pkgutil
import re
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path
from string import Formatter

import attrs
import pytest

import custseg

ROOT = Path(__file__).parents[1]
SRC = ROOT / "src" / "custseg"
ROOMS = ("clean", "match", "classify", "tiering", "scoring", "allocate")
FILES = sorted(SRC.rglob("*.py"))

MAX_FILE = 400
MAX_FUNCTION = 40
MAX_PARAMETERS = 5
# The tables of a job are one argument in the mind of the reader, however many there are.
TABLES = {
    "customers",
    "transactions",
    "interactions",
    "feedback",
    "visits",
    "opportunities",
    "reps",
}
BANNED_FILES = {"common", "helper", "helpers", "manager", "misc", "util", "utils"}
BANNED_IMPORTS = {"dill", "marshal", "pickle", "random", "secrets", "shelve"}
BANNED_CALLS = {"breakpoint", "compile", "eval", "exec", "input", "print"}
CLOCKS = {"now", "perf_counter", "process_time", "time_ns", "today", "utcnow"}
# `default_rng` makes the sample data, and draws customers anew for the bootstrap: with a seed.
# Dask calls it a shuffle to bring the rows of each key together; no lots are drawn.
DEALT = {"held.shuffle"}
CHANCE = {"getrandbits", "shuffle", "urandom", "uuid1", "uuid4"}
SEEDED = {"src/custseg/lifetime/resampling.py"}
# A bar appears after two seconds and is drawn ten times a second; nothing else may know the time.
STOPWATCH = {"src/custseg/progress/bars.py": "monotonic"}
HEAVY = {
    "narwhals",
    "numpy",
    "pandas",
    "polars",
    "pyarrow",
    "duckdb",
    "scipy",
    "cattrs",
    "rapidfuzz",
}
CJK = re.compile(r"[\u3400-\u9fff\uff00-\uffef]")
CJK_HOMES = ("values", "datasets")


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def short(file: Path, node: ast.AST | None = None) -> str:
    line = f":{node.lineno}" if isinstance(node, ast.expr | ast.stmt) else ""
    return f"{file.relative_to(ROOT)}{line}"


@cache
def functions_by_file() -> dict[Path, list[ast.FunctionDef | ast.AsyncFunctionDef]]:
    found: dict[Path, list[ast.FunctionDef | ast.AsyncFunctionDef]] = {}
    for file, node in (*nodes(ast.FunctionDef), *nodes(ast.AsyncFunctionDef)):
        found.setdefault(file, []).append(node)  # type: ignore[arg-type]
    return found


def functions(file: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return functions_by_file().get(file, [])


@cache
def by_kind() -> dict[type[ast.AST], list[tuple[Path, ast.AST]]]:
    found: dict[type[ast.AST], list[tuple[Path, ast.AST]]] = {}
    for file in FILES:
        for node in ast.walk(tree(file)):
            found.setdefault(type(node), []).append((file, node))
    return found


def nodes(kind: type[ast.AST]) -> list[tuple[Path, ast.AST]]:
    return by_kind().get(kind, [])


def is_cli(file: Path) -> bool:
    return file.relative_to(SRC).parts[0] in {"cli", "cli.py", "__main__.py"}


# ---------------------------------------------------------------- size and names


def test_no_file_is_longer_than_400_lines() -> None:
    long = {
        short(file): lines
        for file in FILES
        if (lines := len(file.read_text(encoding="utf-8").splitlines())) > MAX_FILE
    }
    assert not long


def code_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from `def` to the end, the docstring left out."""
    first = function.body[0]
    documented = ast.get_docstring(function, clean=False) is not None
    docstring = (first.end_lineno - first.lineno + 1) if documented else 0
    return function.end_lineno - function.lineno + 1 - docstring


def test_no_function_is_longer_than_40_lines() -> None:
    long = {
        f"{short(file, f)} {f.name}": code_lines(f)
        for file in FILES
        for f in functions(file)
        if code_lines(f) > MAX_FUNCTION
    }
    assert not long


def parameters(function: ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
    of = function.args
    names = [arg.arg for arg in (*of.posonlyargs, *of.args, *of.kwonlyargs)]
    return [name for name in names if name not in TABLES | {"self", "cls"}]


def test_no_function_takes_more_than_5_parameters() -> None:
    wide = {
        f"{short(file, f)} {f.name}": parameters(f)
        for file in FILES
        for f in functions(file)
        if len(parameters(f)) > MAX_PARAMETERS
    }
    assert not wide


def test_no_file_is_a_drawer_for_odds_and_ends() -> None:
    assert not [short(file) for file in SRC.rglob("*") if file.stem.strip("_") in BANNED_FILES]


def test_every_file_says_what_it_answers() -> None:
    assert not [short(file) for file in FILES if not ast.get_docstring(tree(file))]


def test_docstrings_are_markdown() -> None:
    """The site would show the roles of another markup as they are written."""
    assert not [short(file) for file in FILES if re.search(r":\w+:`", file.read_text("utf-8"))]


def test_no_file_postpones_its_annotations() -> None:
    """`cattrs` reads real types; `from __future__ import annotations` would hide them."""
    late = [short(file) for file, node in nodes(ast.ImportFrom) if node.module == "__future__"]
    assert not late


# ---------------------------------------------------------------- nothing but the input decides


def imported(node: ast.AST) -> set[str]:
    if isinstance(node, ast.Import):
        return {alias.name.partition(".")[0] for alias in node.names}
    module = getattr(node, "module", None)
    return {module.partition(".")[0]} if module else set()


def test_nothing_imports_chance_or_pickles() -> None:
    found = [
        f"{short(file, node)} {names}"
        for kind in (ast.Import, ast.ImportFrom)
        for file, node in nodes(kind)
        if (names := imported(node) & BANNED_IMPORTS)
    ]
    assert not found


def called(node: ast.Call) -> str:
    target = node.func
    return target.id if isinstance(target, ast.Name) else ""


def test_nothing_prints_evaluates_or_asks() -> None:
    found = [
        f"{short(file, node)} {called(node)}"
        for file, node in nodes(ast.Call)
        if called(node) in BANNED_CALLS and not is_cli(file)
    ]
    assert not found


def test_nothing_reads_a_clock_or_draws_lots() -> None:
    found = [
        f"{short(file, node)} {ast.unparse(node)}"
        for file, node in nodes(ast.Attribute)
        if node.attr in CLOCKS | CHANCE or ast.unparse(node) in {"time.time", "time.monotonic"}
        if ast.unparse(node) not in DEALT or "dask" not in short(file, node)
    ]
    assert not found


def test_one_stopwatch_decides_when_to_draw() -> None:
    found = {
        short(file): alias.name
        for file, node in nodes(ast.ImportFrom)
        if node.module in {"time", "timeit"}
        for alias in node.names
    }
    assert found == STOPWATCH
    imports = [
        short(file, node) for file, node in nodes(ast.Import) if imported(node) & {"time", "timeit"}
    ]
    assert not imports


def test_chance_is_seeded_and_lives_in_two_places() -> None:
    found = [
        f"{short(file, node)} {ast.unparse(node)}"
        for file, node in nodes(ast.Call)
        if ast.unparse(node.func).endswith(("default_rng", "SeedSequence", "PCG64"))
        if not (node.args or node.keywords)
        or (file.relative_to(SRC).parts[0] != "datasets" and short(file) not in SEEDED)
    ]
    assert not found


# ---------------------------------------------------------------- words


def label_tables() -> dict[str, dict[str, dict[str, str]]]:
    files = sorted((SRC / "labels").glob("*.json"))
    return {file.name: json.loads(file.read_text(encoding="utf-8")) for file in files}


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_both_languages_name_the_same_codes() -> None:
    for name, table in label_tables().items():
        assert table.keys() == {"en", "zh"}, name
        assert table["en"].keys() == table["zh"].keys(), name


def test_both_languages_say_the_same_fields() -> None:
    differ = {
        f"{name} {code}": (text, table["zh"].get(code, ""))
        for name, table in label_tables().items()
        for code, text in table["en"].items()
        if fields(text) != fields(table["zh"].get(code, ""))
    }
    assert not differ


def test_no_two_rooms_give_one_code_different_words() -> None:
    said: dict[tuple[str, str], str] = {}
    for table in label_tables().values():
        for locale, words in table.items():
            for code, text in words.items():
                assert said.setdefault((locale, code), text) == text, code


def test_every_reason_has_its_sentence() -> None:
    known = {code for table in label_tables().values() for code in table["en"]}
    missing = {
        f"{short(file, node)} reason.{node.args[0].value}"
        for file, node in nodes(ast.Call)
        if called(node) == "Reason" and node.args and isinstance(node.args[0], ast.Constant)
        if f"reason.{node.args[0].value}" not in known
    }
    assert not missing


def docstrings(file: Path) -> set[int]:
    """Ids of the nodes that are docstrings, where examples may be Chinese."""
    owners = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    return {
        id(node.body[0].value)
        for node in ast.walk(tree(file))
        if isinstance(node, owners) and ast.get_docstring(node) is not None
    }


def test_chinese_text_lives_in_labels_values_and_datasets() -> None:
    found = [
        f"{short(file, node)} {node.value!r}"
        for file, node in nodes(ast.Constant)
        if isinstance(node.value, str) and CJK.search(node.value)
        if file.relative_to(SRC).parts[0] not in CJK_HOMES and id(node) not in docstrings(file)
    ]
    assert not found


# ---------------------------------------------------------------- public names


def public_modules() -> list[str]:
    found = [m.name for m in pkgutil.iter_modules([str(SRC)]) if not m.name.startswith("_")]
    return [name for name in found if name not in {"cli", "sklearn"}]


def public_names(module: str) -> list[tuple[str, object]]:
    home = importlib.import_module(f"custseg.{module}")
    return [(f"custseg.{module}.{name}", getattr(home, name)) for name in home.__all__]


def test_every_public_name_can_be_imported() -> None:
    absent = [name for name in custseg.__all__ if not hasattr(custseg, name)]
    assert not absent
    packages = [name for name in public_modules() if (SRC / name).is_dir()]
    assert not [name for name in packages if not importlib.import_module(f"custseg.{name}").__all__]


def test_no_file_hides_behind_a_public_name_of_its_room() -> None:
    """With `schema.py` and a function `schema` in one package, tools find the file."""
    hidden = [
        f"{package}/{name}.py"
        for package in public_modules()
        if (SRC / package).is_dir() and package != "frames"  # the rooms' own door, of old names
        for name, thing in public_names(package)
        if (SRC / package / f"{name}.py").exists() and not inspect.ismodule(thing)
    ]
    assert not hidden


@pytest.mark.parametrize("room", ROOMS)
def test_the_door_of_a_room_only_opens(room: str) -> None:
    """`__init__.py` holds the question of the room, imports and `__all__`, nothing else."""
    lazy = {"__getattr__", "__dir__"}
    odd = [
        ast.unparse(node).splitlines()[0]
        for node in tree(SRC / room / "__init__.py").body[1:]
        if not isinstance(node, ast.Import | ast.ImportFrom | ast.Assign | ast.AnnAssign | ast.If)
        if getattr(node, "name", "") not in lazy
    ]
    assert not odd


def kinds() -> dict[str, str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return project["entry-points"].get("custseg.strategies", {})


@pytest.mark.parametrize(("kind", "path"), sorted(kinds().items()))
def test_every_kind_is_a_small_frozen_value(kind: str, path: str) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9-]*", kind), "a kind is lower-case words joined by hyphens"
    module, _, name = path.partition(":")
    found = getattr(importlib.import_module(module), name)
    assert attrs.has(found)
    assert found.__setattr__ is not object.__setattr__, "frozen: use @attrs.frozen"
    assert "__dict__" not in vars(found), "slots: use @attrs.frozen"


# ---------------------------------------------------------------- what an import costs


def fresh(code: str) -> str:
    run = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return run.stdout.strip()


def test_import_custseg_loads_no_numbers_and_no_tables() -> None:
    loaded = fresh("import sys, custseg; print(' '.join(sys.modules))").split()
    assert not HEAVY & {name.partition(".")[0] for name in loaded}


def test_import_custseg_costs_a_fifth_of_pandas_at_most() -> None:
    cost = "import time; t = time.process_time(); import {}; print(time.process_time() - t)"
    ours, pandas = (
        min(float(fresh(cost.format(name))) for _ in range(3)) for name in ("custseg", "pandas")
    )
    assert ours <= 0.2 * pandas
