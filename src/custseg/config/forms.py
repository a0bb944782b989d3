"""A JSON Schema for every kind, with titles in English and Chinese, to build forms from."""

import types
from collections.abc import Mapping
from inspect import cleandoc, getdoc
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import attrs

from custseg.config.document import is_rule, written
from custseg.config.registry import class_of, kind_of, kinds, speaks
from custseg.labels import heading, table

_PLAIN = {float: "number", int: "integer", str: "string", bool: "boolean", type(None): "null"}


def schema(kind: str) -> dict[str, Any]:
    """The JSON Schema of a kind.

    Args:
        kind: A kind, as in ``{"kind": ...}``.

    Returns:
        A draft 2020-12 schema; titles in both languages (``title``, ``x-title-zh``).

    Raises:
        ConfigError: No such kind.

    >>> schema("thresholds")["properties"]["kind"]
    {'const': 'thresholds'}
    """
    cls = class_of(kind)
    hints = get_type_hints(cls)
    notes = _notes(cls)
    properties: dict[str, Any] = {"kind": {"const": kind}}
    if (version := getattr(cls, "schema_version", None)) is not None:
        properties["schema_version"] = {"const": version}
    fields = [a for a in attrs.fields(cls) if a.init]
    for a in fields:
        properties[a.alias] = _property(kind, a, hints.get(a.name, object), notes)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": _title(kind, "en"),
        "x-title-zh": _title(kind, "zh"),
        **_about(kind, (getdoc(cls) or "").partition("\n")[0]),
        "type": "object",
        "additionalProperties": False,
        "required": ["kind", *(a.alias for a in fields if a.default is attrs.NOTHING)],
        "properties": properties,
    }


def _title(kind: str, locale: str) -> str:
    """The name of a kind; of a kind without one, its own words."""
    known = table(locale).get(f"kind.{kind}")
    return known or kind.replace("-", " ")


def field_title(field: str, locale: str, kind: str = "") -> str:
    """The heading of a field: of this kind, where kinds mean different things by its name.

    >>> field_title("solver", "zh"), field_title("at", "zh", "thresholds")
    ('求解方法', '分界点')
    """
    words = table(locale)
    return words.get(f"{kind}.{field}") or words.get(f"field.{field}") or heading(field, locale)


def _about(name: str, known: str = "") -> dict[str, str]:
    """What a kind or field is for: in English from its docstring, in Chinese where it is told."""
    told = {"description": known.replace("``", "")} if known else {}
    chinese = table("zh").get(f"about.{name}")
    return told if chinese is None else {**told, "x-description-zh": chinese}


def _property(kind: str, a: Any, hint: Any, notes: Mapping[str, str]) -> dict[str, Any]:  # noqa: ANN401 - attrs' own types
    out: dict[str, Any] = {
        "title": field_title(a.alias, "en", kind),
        "x-title-zh": field_title(a.alias, "zh", kind),
    }
    out.update(_type(hint))
    if "short" in a.metadata:
        out["items"] = {"anyOf": [{"type": "string"}, out["items"]]}
    out.update(_about(f"{kind}.{a.alias}", notes.get(a.name, "")))
    if a.default is not attrs.NOTHING and not isinstance(a.default, attrs.Factory):  # type: ignore[arg-type] # Factory is a class at run time
        out["default"] = written(a.default)
    return out


def _type(hint: Any) -> dict[str, Any]:  # noqa: ANN401 - any annotation
    origin, args = get_origin(hint), get_args(hint)
    if hint in _PLAIN:
        return {"type": _PLAIN[hint]}
    if is_rule(hint):
        return {"type": "object"}
    if origin is Literal:
        return {"enum": list(args)}
    if origin in {Union, types.UnionType}:
        return {"anyOf": [_type(arg) for arg in args]}
    return _container(origin, args) or _object(hint)


def _container(origin: object, args: tuple[Any, ...]) -> dict[str, Any]:
    if origin is tuple and args[-1] is Ellipsis:
        return {"type": "array", "items": _type(args[0])}
    if origin is tuple:
        return {"type": "array", "prefixItems": [_type(arg) for arg in args]}
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {"type": "object", "additionalProperties": _type(args[1])}
    return {}


def _object(hint: Any) -> dict[str, Any]:  # noqa: ANN401 - any annotation
    if isinstance(hint, type) and attrs.has(hint) and (kind := kind_of(hint)):
        made = {"type": "object", "properties": {"kind": {"const": kind}}, "x-kind": kind}
        return {"anyOf": [{"type": "string"}, made]} if hasattr(hint, "from_short") else made
    if getattr(hint, "_is_protocol", False):
        names = [kind for kind in kinds() if speaks(class_of(kind), hint)]
        return {"type": "object", "required": ["kind"], "properties": {"kind": {"enum": names}}}
    return {}


def _notes(cls: type) -> dict[str, str]:
    """The ``Attributes:`` sections of a class and of those it stands on, one line a field."""
    known = (_own_notes(base) for base in reversed(cls.__mro__))
    return {name: note for notes in known for name, note in notes.items()}


def _own_notes(cls: type) -> dict[str, str]:
    notes: dict[str, str] = {}
    lines = cleandoc(cls.__doc__ or "").splitlines()
    inside, current = False, ""
    for line in lines:
        if line.strip() == "Attributes:":
            inside = True
        elif inside and line and not line.startswith(" "):
            break
        elif inside and line.strip():
            name, colon, note = line.strip().partition(": ")
            if colon and line.startswith("    ") and not line.startswith("     "):
                current = name
                notes[current] = note
            elif current:
                notes[current] += f" {line.strip()}"
    return notes
