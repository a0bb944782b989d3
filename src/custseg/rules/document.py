"""Rules as plain data and back: what ``dump`` writes and ``load`` reads."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar, cast, get_args

from custseg.errors import ConfigError, did_you_mean
from custseg.rules.conditions import Atom, Condition, Every, F, Op, Some, Test, Times
from custseg.rules.trees import Bands, Choice, Ladder, Line, Rule, Scaled, Slopes, Sum

T = TypeVar("T")
_OPS = get_args(Op)
_TREES: dict[str, type[Any]] = {
    "ladder": Ladder,
    "bands": Bands,
    "line": Line,
    "choice": Choice,
    "sum": Sum,
    "scaled": Scaled,
    "slopes": Slopes,
}


def to_dict(rule: Condition | Rule) -> dict[str, object]:
    """Write a condition or a tree as plain data.

    >>> from custseg.rules import F
    >>> to_dict(F("orders") >= 3)
    {'field': 'orders', 'op': '>=', 'value': 3.0}
    """
    if isinstance(rule, Every | Some):
        joint = "all" if isinstance(rule, Every) else "any"
        return {joint: [to_dict(part) for part in rule.parts]}
    if isinstance(rule, Test):
        plain: dict[str, object] = {"field": rule.field, "op": rule.op}
        return plain if rule.value is None else {**plain, "value": _write(rule.value)}
    if isinstance(rule, Condition):
        msg = f"no document form for {type(rule).__name__}"
        raise ConfigError(msg)
    name = next(n for n, cls in _TREES.items() if isinstance(rule, cls))
    return {name: {key: _write(getattr(rule, key)) for key in _fields(name)}}


def from_dict(document: Mapping[str, object]) -> Condition | Rule:
    """Read a condition or a tree.

    Args:
        document: What ``to_dict`` wrote, or the same by hand.

    Raises:
        ConfigError: It describes neither; the message names the nearest known word.

    >>> from_dict({"field": "region", "op": "in", "value": ["华东", "华南"]})
    Test(field='region', op='in', value=('华东', '华南'), kind='text')
    """
    if "field" in document:
        return _test(document)
    if len(document) == 1:
        ((name, body),) = document.items()
        if name in {"all", "any"}:
            parts = tuple(cast("Condition", from_dict(p)) for p in _list(body, name))
            return Every(parts) if name == "all" else Some(parts)
        if name in _TREES and isinstance(body, Mapping):
            return _tree(name, cast("Mapping[str, object]", body))
    known = ["field", "all", "any", *_TREES]
    hint = "".join(did_you_mean(str(k), known) for k in document)
    msg = f"not a rule: keys {list(document)}; a rule has one of {known}.{hint}"
    raise ConfigError(msg)


def _test(document: Mapping[str, object]) -> Condition:
    field, op, value = F(str(document["field"])), document.get("op", "=="), document.get("value")
    if extra := set(document) - {"field", "op", "value"}:
        msg = f"unknown keys {sorted(extra)} in a condition; known: field, op, value"
        raise ConfigError(msg)
    if op not in _OPS:
        msg = f"no comparison {op!r}; there are {list(_OPS)}"
        raise ConfigError(msg)
    if op == "missing":
        return field.is_missing()
    if op == "present":
        return field.is_present()
    if op in {"in", "not in"}:
        within = field.one_of(*(cast("Atom", _read(v)) for v in _list(value, str(op))))
        return within if op == "in" else ~within
    return _COMPARE[str(op)](field, _read(value))


_COMPARE: dict[str, Callable[[F, Any], Test]] = {
    "==": lambda f, v: f == v,
    "!=": lambda f, v: f != v,
    "<": lambda f, v: f < v,
    "<=": lambda f, v: f <= v,
    ">": lambda f, v: f > v,
    ">=": lambda f, v: f >= v,
}


def _tree(name: str, body: Mapping[str, object]) -> Rule:
    cls, known = _TREES[name], _fields(name)
    if extra := [key for key in body if key not in known]:
        msg = f"unknown key {extra[0]!r} in {name}.{did_you_mean(extra[0], known)}"
        raise ConfigError(msg)
    try:
        return cast("Rule", cls(**{key: _freeze(value) for key, value in body.items()}))
    except TypeError as error:
        msg = f"{name} cannot be made of these keys: {error}"
        raise ConfigError(msg) from error


def _fields(name: str) -> tuple[str, ...]:
    return tuple(a.name for a in _TREES[name].__attrs_attrs__)


def _write(value: object) -> object:
    if isinstance(value, Condition | Rule):
        return to_dict(value)
    if isinstance(value, Times):
        return {"times": value.factor, "of": value.field}
    if isinstance(value, tuple):
        return [_write(v) for v in cast("tuple[object, ...]", value)]
    return {"day": value.isoformat()} if isinstance(value, date) else value


def _read(value: object) -> object:
    if not isinstance(value, Mapping):
        return value
    given = cast("Mapping[str, Any]", value)
    if set(given) == {"times", "of"}:
        return Times(str(given["of"]), _parsed(float, given["times"], "factor"))
    return _parsed(date.fromisoformat, given["day"], "day") if set(given) == {"day"} else given


def _parsed(read: Callable[[Any], T], value: object, what: str) -> T:
    try:
        return read(value)
    except (TypeError, ValueError) as error:
        msg = f"{value!r} is no {what}"
        raise ConfigError(msg) from error


def _freeze(value: object) -> object:
    if isinstance(value, Mapping):
        return from_dict(cast("Mapping[str, object]", value))
    if isinstance(value, list | tuple):
        return tuple(_freeze(v) for v in cast("Sequence[object]", value))
    return value


def _list(value: object, where: str) -> list[Any]:
    if isinstance(value, list | tuple):
        return list(cast("Sequence[Any]", value))
    msg = f"{where!r} needs a list, got {type(value).__name__}"
    raise ConfigError(msg)
