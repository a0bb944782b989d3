"""Which kinds there are: entry points of ours and of plug-ins, and what is named at run time."""

from collections.abc import Callable
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from inspect import Parameter, signature
from typing import Any, TypeVar, cast

import attrs

from custseg.errors import ConfigError, did_you_mean

GROUP = "custseg.strategies"
C = TypeVar("C", bound=type)
_named: dict[str, type[Any]] = {}
_REST = (Parameter.VAR_POSITIONAL, Parameter.VAR_KEYWORD)


def strategy(kind: str) -> Callable[[C], C]:
    """Name a class of your own, so that ``load`` and ``dump`` know it.

    Args:
        kind: The name in documents, such as ``acme-round``.

    Returns:
        A class decorator.

    Raises:
        ConfigError: The class is no frozen attrs class, or the name is taken.

    >>> import attrs
    >>> @strategy("doctest-round")
    ... @attrs.frozen
    ... class Round:
    ...     step: float = 100.0
    >>> from custseg.config import dump
    >>> dump(Round())
    {'kind': 'doctest-round', 'step': 100.0}
    """

    def name(cls: C) -> C:
        if not attrs.has(cls):
            msg = f"{cls.__name__} must be an attrs class: put @attrs.frozen below @strategy"
            raise ConfigError(msg)
        home = f"{cls.__module__}:{cls.__qualname__}"
        taken = _named.get(kind)
        other = taken is not None and f"{taken.__module__}:{taken.__qualname__}" != home
        point = _installed().get(kind)
        if other or (point is not None and point.value != home):
            msg = f"the kind {kind!r} is taken; choose another name"
            raise ConfigError(msg)
        _named[kind] = cls
        return cast("C", cls)

    return name


def kinds() -> tuple[str, ...]:
    """All known kinds, in alphabetical order.

    >>> "fixed-days" in kinds()
    True
    """
    return tuple(sorted({*_installed(), *_named}))


def class_of(kind: str, path: str = "") -> type[Any]:
    """The class of a kind.

    Raises:
        ConfigError: No such kind; the message names the nearest.
    """
    if kind in _named:
        return _named[kind]
    point = _installed().get(kind)
    if point is None:
        hint = did_you_mean(kind, kinds()) or f" Known: {', '.join(kinds())}."
        msg = f"no strategy of kind {kind!r}.{hint}"
        raise ConfigError(msg, path)
    return cast("type[Any]", point.load())


def kind_of(cls: type) -> str | None:
    """The kind of a class, ``None`` where it has no name."""
    for kind, named in _named.items():
        if named is cls:
            return kind
    return _homes().get(f"{cls.__module__}:{cls.__qualname__}")


def speaks(cls: type, protocol: type) -> bool:
    """Whether a class has what a Protocol asks for.

    A field is no method of the same name, and neither is a method that asks for more.

    >>> class Wolf:
    ...     howl = 3
    >>> class Howls:
    ...     def howl(self) -> None: ...
    >>> speaks(Howls, Howls), speaks(Wolf, Howls)
    (True, False)
    """
    asked: dict[str, object] = dict(vars(protocol))
    names = [name for name in asked if not name.startswith("_")]
    return bool(names) and all(_answers(cls, name, asked[name]) for name in names)


def _answers(cls: type, name: str, asked: object) -> bool:
    if not callable(asked):
        return hasattr(cls, name)
    given = getattr(cls, name, None)
    return callable(given) and asks(given) <= asks(asked)


def asks(method: Callable[..., object]) -> int:
    """The number of arguments that a method cannot do without.

    >>> asks(lambda values, closed="left": None)
    1
    """
    try:
        named = signature(method).parameters.values()
    except ValueError:  # of a method that is not written in Python nothing is known
        return 0
    return sum(p.default is p.empty and p.kind not in _REST for p in named)


@cache
def _installed() -> dict[str, EntryPoint]:
    return {point.name: point for point in entry_points(group=GROUP)}


@cache
def _homes() -> dict[str, str]:
    return {point.value: kind for kind, point in _installed().items()}
