"""Which settings of a spec can a search reach? ``spec__binning__most_bins``, field by field."""

from collections.abc import Iterator, Mapping
from typing import Any, TypeGuard, cast

import attrs

from custseg.errors import ConfigError, did_you_mean


def fields_of(name: str, value: object) -> Iterator[tuple[str, object]]:
    """The settings inside a spec, each with its path.

    >>> from custseg.tiering import Pareto, TierPlan
    >>> dict(fields_of("spec", TierPlan(Pareto((0.9, 0.6)))))["spec__cutter__shares"]
    (0.9, 0.6)
    """
    if not _is_spec(value):
        return
    for field in attrs.fields(type(value)):
        if field.init:
            path = f"{name}__{field.alias}"
            inner = getattr(value, field.name)
            yield path, inner
            yield from fields_of(path, inner)


def evolved(value: object, changes: Mapping[str, object], path: str) -> Any:  # noqa: ANN401 - any spec
    """A spec with other settings; all of one spec are set at once, so that they may depend.

    Args:
        value: The spec.
        changes: Path inside it -> the new value.
        path: Where it stands itself, for messages.

    Raises:
        ConfigError: There is no such setting, or it is impossible.

    >>> from custseg.tiering import Pareto, TierPlan
    >>> evolved(TierPlan(), {"value": "margin", "cutter__ties": "down"}, "spec").cutter.ties
    'down'
    """
    if not _is_spec(value):
        msg = f"{path} has no settings to change: it is {value!r}"
        raise ConfigError(msg)
    known = {field.alias: field.name for field in attrs.fields(type(value)) if field.init}
    own = {name: given for name, given in changes.items() if "__" not in name}
    inner: dict[str, dict[str, object]] = {}
    for name, given in changes.items():
        head, parted, rest = name.partition("__")
        if head not in known:
            msg = f"{type(value).__name__} has no setting {head!r}.{did_you_mean(head, known)}"
            raise ConfigError(msg, path)
        if parted:
            inner.setdefault(head, {})[rest] = given
    for head, deeper in inner.items():
        whole = own.get(head, getattr(value, known[head]))
        own[head] = evolved(whole, deeper, f"{path}__{head}")
    made: Any = attrs.evolve(cast("Any", value), **own)
    return made


def _is_spec(value: object) -> TypeGuard[attrs.AttrsInstance]:
    return attrs.has(type(value))
