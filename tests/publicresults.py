"""Every class that a public function of custseg gives, or that tells of what one gave."""

import importlib
import inspect
import pkgutil
import sys
import typing
from collections.abc import Callable, Iterator
from functools import cache, cached_property
from importlib.metadata import entry_points

import attrs

import custseg

ROOMS = ("allocate", "classify", "clean", "features", "lifetime", "match", "scoring", "tiering")
SHARED = ("datasets", "measures", "pipeline", "reasons")
MADE = ("Journal", "Matcher", "OutcomeCounts", "Policy", "RouterState", "Scorecard", "Weights")
"""Kinds that ``cs.load`` reads and that are results all the same; so is every model."""

# What these answer is asked for by other parts, or by authors of strategies, never by a person.
INSIDE = {
    "custseg.allocate.limiting.limits.Places",
    "custseg.allocate.pooling.claiming.desk.PoolDesk",
    "custseg.allocate.routing.compiled.RouterTeam",
    "custseg.allocate.routing.desk.desk.RoutingDesk",
    "custseg.allocate.ruling.saying.targets.To",
    "custseg.classify.ladder.StateLadder",
    "custseg.match.merging.field.Candidate",
    "custseg.match.merging.field.Field",
    "custseg.tiering.rfm.measure.Measure",
}


@cache
def modules() -> tuple[object, ...]:
    """Every module of the rooms and of what they stand on."""
    found = pkgutil.walk_packages(custseg.__path__, "custseg.")
    homes = (*ROOMS, *SHARED)
    names = [m.name for m in found if m.name.split(".")[1] in homes]
    return tuple(importlib.import_module(name) for name in names)


@cache
def classes() -> tuple[type, ...]:
    """Every attrs class of these modules, by name."""
    every = {
        held
        for module in modules()
        for held in vars(module).values()
        if inspect.isclass(held) and attrs.has(held) and held.__module__.startswith("custseg.")
    }
    return tuple(sorted(every, key=name_of))


def name_of(held: type) -> str:
    return f"{held.__module__}.{held.__qualname__}"


@cache
def public() -> frozenset[object]:
    """What the rooms name in ``__all__``."""
    homes = [importlib.import_module(f"custseg.{room}") for room in (*ROOMS, *SHARED)]
    return frozenset(
        held
        for home in (custseg, *homes)
        for name in getattr(home, "__all__", ())
        if callable(held := getattr(home, name))
    )


@cache
def results() -> tuple[type, ...]:
    """The classes of results: given by something public, or read as text or plain data."""
    given = {held for thing in public() for held in _given(thing)}
    specs = {e.load() for e in entry_points(group="custseg.strategies")}
    return tuple(
        held
        for held in classes()
        if not held.__name__.startswith("_") and name_of(held) not in INSIDE
        if held.__module__.split(".")[1] in (*ROOMS, *SHARED)
        if held not in specs or held.__name__.endswith("Model") or held.__name__ in MADE
        if (held in public() and (held in given or _tells(held))) or _reads(held)
    )


def _tells(held: type) -> bool:
    return callable(getattr(held, "as_dict", None))


def _reads(held: type) -> bool:
    return callable(getattr(held, "text", None)) and _tells(held)


def _given(thing: object) -> Iterator[type]:
    """What a function gives, or what the methods of a class give."""
    if not inspect.isclass(thing):
        yield from _returned(thing)
        return
    for name, member in inspect.getmembers_static(thing):
        if not name.startswith("_"):
            yield from (one for one in _returned(_function(member)) if one is not thing)


def _function(member: object) -> object:
    match member:
        case property():
            return member.fget
        case cached_property():
            return member.func
        case staticmethod() | classmethod():
            return member.__func__
    return member


def _returned(function: object) -> Iterator[type]:
    if not inspect.isfunction(function) or not function.__module__.startswith("custseg"):
        return
    known = {c.__name__: c for c in classes()} | vars(sys.modules[function.__module__])
    hint = function.__annotations__.get("return")
    if isinstance(hint, str):
        hint = _evaluated(hint, known)
    yield from _parts(hint)


def _evaluated(hint: str, known: dict[str, object]) -> object:
    """What a hint in quotation marks means; nothing where a name is for type checkers alone."""
    try:
        return eval(hint, {**vars(typing), **known})  # noqa: S307 - a hint of our own source
    except NameError:
        return None


def _parts(hint: object) -> Iterator[type]:
    if inspect.isclass(hint) and typing.get_origin(hint) is None:
        yield hint
        return
    for part in (typing.get_origin(hint), *typing.get_args(hint)):
        if part is not None and part is not Callable:
            yield from _parts(part)
