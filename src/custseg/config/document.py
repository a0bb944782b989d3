"""Strategies and models to plain data and back; unknown kinds and keys are refused."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from inspect import isabstract
from typing import Any, cast, get_args

import attrs
import cattrs
from cattrs.gen import make_dict_structure_fn
from cattrs.strategies import configure_union_passthrough

from custseg.config.plainvalues import register
from custseg.config.registry import class_of, kind_of, speaks
from custseg.errors import ConfigError, did_you_mean
from custseg.rules import Condition, Rule, from_dict, to_dict

_RULES = get_args(Rule)
_EXTRA = cattrs.ForbiddenExtraKeysError
_PLAIN = frozenset({bool, int, float, str})
"""Types whose values are plain data as they are."""


def dump(thing: object) -> dict[str, Any]:
    """Write a strategy or a fitted model as plain data, ready for JSON or TOML.

    Args:
        thing: Any strategy, spec or model of a known kind.

    Raises:
        ConfigError: Its class has no kind; name it with ``@cs.strategy``.

    >>> import custseg as cs
    >>> dump(cs.tiering.Thresholds((100.0, 1000.0)))["kind"]
    'thresholds'
    """
    cls = type(thing)
    kind = kind_of(cls)
    if kind is None:
        msg = f"{cls.__name__} has no kind; name it with @cs.strategy('my-kind')"
        raise ConfigError(msg)
    version = getattr(cls, "schema_version", None)
    head: dict[str, Any] = {"kind": kind}
    if version is not None:
        head["schema_version"] = version
    return {**head, **_fields(thing)}


def load(document: str | Mapping[str, Any]) -> Any:  # noqa: ANN401 - any strategy
    """Read a strategy or model.

    Args:
        document: What ``dump`` wrote, as a mapping or as JSON text; never a path.

    Raises:
        ConfigError: Unknown kind or key, or a wrong value, with its path.

    >>> import custseg as cs
    >>> load({"kind": "threshold"})
    Traceback (most recent call last):
    custseg.errors.ConfigError: no strategy of kind 'threshold'. Did you mean 'thresholds'?
    """
    if isinstance(document, str):
        document = _parsed(document)
    if not isinstance(document, Mapping):  # pyright: ignore[reportUnnecessaryIsInstance]
        msg = f"a document is a mapping or JSON text, got {type(document).__name__}"
        raise ConfigError(msg)
    return _loaded(document, "")


def _parsed(text: str) -> Mapping[str, Any]:
    try:
        return cast("Mapping[str, Any]", json.loads(text))
    except ValueError as error:
        msg = f"not JSON ({error}); load takes JSON text or a mapping, never a path"
        raise ConfigError(msg) from error


def _loaded(document: Mapping[str, Any], path: str) -> Any:  # noqa: ANN401 - any strategy
    if "kind" not in document:
        msg = f"no 'kind' among the keys {list(document)}; each strategy names its kind"
        raise ConfigError(msg, path)
    cls = class_of(str(document["kind"]), path)
    body = {key: value for key, value in document.items() if key != "kind"}
    _check_version(cls, body)
    try:
        return _converter().structure(body, cls)
    except cattrs.BaseValidationError as error:
        raise ConfigError(*_told(error, cls)) from error
    except (ValueError, TypeError) as error:
        raise ConfigError(str(error), path or str(document["kind"])) from error


def _check_version(cls: type, body: dict[str, Any]) -> None:
    known = getattr(cls, "schema_version", None)
    written = body.pop("schema_version", known) if known is not None else None
    if written != known:
        msg = f"schema_version {written} is not {known}; load it with the custseg that wrote it"
        raise ConfigError(msg)


def _told(error: cattrs.BaseValidationError, cls: type) -> tuple[str, str]:
    """The first leaf of a nested error: its message and its path."""
    leaf: BaseException = error
    path = kind_of(cls) or cls.__name__
    while isinstance(leaf, cattrs.BaseValidationError):
        inner = min(leaf.exceptions, key=lambda e: not isinstance(e, _EXTRA))
        notes: list[object] = list(getattr(inner, "__notes__", ()))
        where = next((n for n in notes if isinstance(n, cattrs.AttributeValidationNote)), None)
        item = next((n for n in notes if isinstance(n, cattrs.IterableValidationNote)), None)
        path += f".{where.name}" if where else f"[{item.index}]" if item else ""
        leaf = inner
    if isinstance(leaf, _EXTRA):
        key = min(leaf.extra_fields)
        names = [a.alias for a in attrs.fields(leaf.cl)]
        hint = did_you_mean(key, names) or f" Known: {', '.join(names)}."
        return f"unknown key {key!r}.{hint}", path
    if isinstance(leaf, ConfigError):
        return leaf.message, ".".join(p for p in (path, leaf.path) if p)
    if isinstance(leaf, KeyError) and not isinstance(leaf, ConfigError):
        return f"key {leaf.args[0]!r} is missing", path
    return str(leaf), path


def _fields(thing: object) -> dict[str, Any]:
    fields = attrs.fields(cast("type[attrs.AttrsInstance]", type(thing)))
    return {a.alias: written(getattr(thing, a.name)) for a in fields if a.init}


def written(value: object) -> Any:  # noqa: ANN401 - plain data
    """A field of a strategy as plain data."""
    if value is None or type(value) in _PLAIN:
        return value
    if isinstance(value, Condition | Rule):
        return to_dict(cast("Any", value))
    if attrs.has(type(value)):
        return dump(value) if kind_of(type(value)) else _fields(value)
    if isinstance(value, Mapping):
        given = cast("Mapping[Any, object]", value)
        return {key: written(item) for key, item in given.items()}
    if isinstance(value, tuple | list | frozenset | set):
        return [written(item) for item in cast("Sequence[object]", value)]
    return _as_text(value)


def _as_text(value: object) -> object:
    """A moment or a decimal as text; anything else as it is."""
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


@cache
def _converter() -> cattrs.Converter:
    converter = cattrs.Converter(forbid_extra_keys=True, detailed_validation=True)
    configure_union_passthrough(str | int | float | bool | None, converter)
    register(converter)
    converter.register_structure_hook_factory(attrs.has, _attrs_hook)
    converter.register_structure_hook_func(_any_kind, _opened)
    converter.register_structure_hook_func(is_rule, lambda v, _: _rule(v))
    return converter


def _attrs_hook(cls: Any, converter: cattrs.Converter) -> Callable[[Any, Any], Any]:  # noqa: ANN401 - a class of attrs
    """Read a class from its fields, or from a short form that its ``from_short`` knows."""
    plain = make_dict_structure_fn(cls, converter, _cattrs_forbid_extra_keys=True)

    def structure(value: Any, kind: Any) -> Any:  # noqa: ANN401 - cattrs' hook shape
        if isinstance(value, cls):
            return value
        if not isinstance(value, Mapping) and hasattr(cls, "from_short"):
            return cls.from_short(value)
        if not isinstance(value, Mapping):
            msg = f"needs a table with the fields of {cls.__name__}, got {type(value).__name__}"
            raise ConfigError(msg)
        given = cast("Mapping[str, Any]", value)
        return _opened(given, cls) if "kind" in given else plain(_lengthened(given, cls), kind)

    return structure


def _lengthened(given: Mapping[str, Any], cls: Any) -> Mapping[str, Any]:  # noqa: ANN401 - a class of attrs
    """Open the texts of a list whose field says with ``short`` what a bare text stands for."""
    out = dict(given)
    for field in attrs.fields(cls):
        short, said = field.metadata.get("short"), out.get(field.alias)
        if short is not None and isinstance(said, str | list | tuple):
            several = [said] if isinstance(said, str) else list(cast("Sequence[Any]", said))
            out[field.alias] = [short(each) if isinstance(each, str) else each for each in several]
    return out


def _opened(value: object, kind: Any) -> object:  # noqa: ANN401 - cattrs' hook shape
    document = _document(value)
    if document is not None:
        made: object = _loaded(document, "")
        if isinstance(kind, type) and not _fits(made, kind):
            got = type(made)
            msg = f"needs {_wanted(kind)}, got a {kind_of(got) or got.__name__}"
            raise ConfigError(msg)
        return made
    if kind is object or kind is Any or (attrs.has(type(value)) and _fits(value, kind)):
        return value
    msg = f"needs a table with a 'kind', got {type(value).__name__}"
    raise ConfigError(msg)


def _wanted(kind: type) -> str:
    """A class by its kind; a protocol by the methods that it asks for."""
    if not getattr(kind, "_is_protocol", False):
        return f"a {kind_of(kind) or kind.__name__}"
    methods = sorted(name for name in vars(kind) if not name.startswith("_"))
    return f"a kind with {', '.join(methods)}"


def _document(value: object) -> Mapping[str, Any] | None:
    if isinstance(value, Mapping) and "kind" in value:
        return cast("Mapping[str, Any]", value)
    return None


def _fits(made: object, kind: type) -> bool:
    if getattr(kind, "_is_protocol", False):
        return speaks(type(made), kind)
    return kind is object or not attrs.has(kind) or isinstance(made, kind)


def _any_kind(kind: Any) -> bool:  # noqa: ANN401 - cattrs' predicate shape
    if kind is object or kind is Any:
        return True
    protocol = bool(getattr(kind, "_is_protocol", False)) or isabstract(kind)
    return protocol and not is_rule(kind) and not getattr(kind, "__origin__", None)


def is_rule(kind: Any) -> bool:  # noqa: ANN401 - cattrs' predicate shape
    """Whether an annotation asks for a condition or a rule tree."""
    if kind == Rule or kind in _RULES:
        return True
    return isinstance(kind, type) and issubclass(kind, Condition)


def _rule(value: Any) -> Condition | Rule:  # noqa: ANN401 - cattrs' hook shape
    if isinstance(value, Condition | Rule):
        return value
    if not isinstance(value, Mapping):
        msg = f"a rule is a table, got {type(value).__name__}"
        raise ConfigError(msg)
    return from_dict(cast("Mapping[str, object]", value))
