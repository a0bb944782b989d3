"""config: the plain values of a document, each told what it should be where it is not."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Literal, cast, get_args, get_origin

import cattrs
from cattrs.cols import (
    homogenous_tuple_structure_factory,
    mapping_structure_factory,  # pyright: ignore[reportUnknownVariableType]
)

from custseg.errors import ConfigError, did_you_mean


def register(converter: cattrs.Converter) -> None:
    """Teach a converter to read what is no strategy: numbers, texts, days, lists and tables."""
    converter.register_structure_hook(float, _number)
    converter.register_structure_hook(int, _whole)
    converter.register_structure_hook(bool, _flag)
    converter.register_structure_hook(str, _text)
    converter.register_structure_hook(date, _day)
    converter.register_structure_hook(Decimal, _decimal)
    converter.register_structure_hook_factory(_is_list, _list_hook)
    converter.register_structure_hook_factory(_is_table, _table_hook)
    converter.register_structure_hook_factory(_is_row, _row_hook)
    converter.register_structure_hook_func(_is_choice, _choice)


def _is_list(kind: Any) -> bool:  # noqa: ANN401 - cattrs' predicate shape
    return get_origin(kind) is tuple and get_args(kind)[-1:] == (...,)


def _list_hook(kind: Any, converter: cattrs.Converter) -> Callable[[Any, Any], Any]:  # noqa: ANN401 - as above
    """Read a list; a text is none, though it can be walked through letter by letter."""
    plain: Callable[[Any, Any], Any] = homogenous_tuple_structure_factory(kind, converter)

    def structure(value: Any, wanted: Any) -> Any:  # noqa: ANN401 - cattrs' hook shape
        if not isinstance(value, list | tuple | set | frozenset):
            msg = f"{_needs('a list', cast('object', value))}; put it into brackets: [...]"
            raise ConfigError(msg)
        return plain(value, wanted)

    return structure


def _is_row(kind: Any) -> bool:  # noqa: ANN401 - cattrs' predicate shape
    return get_origin(kind) is tuple and Ellipsis not in get_args(kind)


def _row_hook(kind: Any, converter: cattrs.Converter) -> Callable[[Any, Any], Any]:  # noqa: ANN401 - as above
    """Read a list whose length is fixed, such as a lower and an upper limit."""
    parts = get_args(kind)

    def structure(value: Any, _: Any) -> object:  # noqa: ANN401 - cattrs' hook shape
        if not isinstance(value, list | tuple) or len(cast("list[Any]", value)) != len(parts):
            raise ConfigError(_needs(f"a list of {len(parts)} values", cast("object", value)))
        read, wrong = list[object](), list[Exception]()
        for index, (item, part) in enumerate(zip(cast("list[Any]", value), parts, strict=True)):
            try:
                read.append(converter.structure(item, part))
            except Exception as error:  # noqa: BLE001 - all are told together, as cattrs does
                error.add_note(cattrs.IterableValidationNote(f"item {index}", index, part))
                wrong.append(error)
        if wrong:
            msg = f"while reading {kind}"
            made: Any = cattrs.IterableValidationError
            raise made(msg, wrong, kind)
        return tuple(read)

    return structure


def _is_table(kind: Any) -> bool:  # noqa: ANN401 - cattrs' predicate shape
    return get_origin(kind) is Mapping


def _table_hook(kind: Any, converter: cattrs.Converter) -> Callable[[Any, Any], Any]:  # noqa: ANN401 - as above
    """Read settings by name; what has no names is told so."""
    plain: Callable[[Any, Any], Any] = mapping_structure_factory(kind, converter)

    def structure(value: Any, wanted: Any) -> Any:  # noqa: ANN401 - cattrs' hook shape
        given: object = value
        if not isinstance(given, Mapping):
            raise ConfigError(_needs("a table of settings by name", given))
        return plain(value, wanted)

    return structure


def _is_choice(kind: Any) -> bool:  # noqa: ANN401 - cattrs' predicate shape
    return get_origin(kind) is Literal


def _choice(value: object, kind: Any) -> object:  # noqa: ANN401 - cattrs' hook shape
    known = get_args(kind)
    if any(value == each and type(value) is type(each) for each in known):
        return value
    msg = f"must be one of {list(known)}, got {value!r}.{did_you_mean(str(value), known)}"
    raise ConfigError(msg)


def _number(value: object, _: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ConfigError(_needs("a number", value))
    return float(value)


def _whole(value: object, _: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int | float) or value != int(value):
        raise ConfigError(_needs("a whole number", value))
    return int(value)


def _flag(value: object, _: object) -> bool:
    if not isinstance(value, bool):
        raise ConfigError(_needs("true or false", value))
    return value


def _text(value: object, _: object) -> str:
    if not isinstance(value, str):
        raise ConfigError(_needs("a text", value))
    return value


def _day(value: object, _: object) -> date:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise ConfigError(_needs("a day such as 2026-06-30", value)) from error


def _decimal(value: object, _: object) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        raise ConfigError(_needs("a number", value))
    try:
        return Decimal(str(value))
    except ArithmeticError as error:
        raise ConfigError(_needs("a number", value)) from error


def _needs(what: str, value: object) -> str:
    return f"needs {what}, got {value!r}"
