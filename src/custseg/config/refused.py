"""config: all that is wrong with a document, at once: where, and in the reader's language."""

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from functools import cache
from typing import Any, Final, cast

import attrs
import cattrs

from custseg.config.document import load
from custseg.config.forms import field_title
from custseg.config.registry import kind_of
from custseg.errors import ConfigError, CustsegError, DataError, did_you_mean
from custseg.labels import table

Place = tuple[str | int, ...]

_HINT: Final = re.compile(r"(?P<core>.*?)\.? Did you mean '(?P<hint>.*)'\?", re.DOTALL)
_KNOWN: Final = re.compile(r"(?P<core>.*?)\.? Known: (?P<known>.*)\.", re.DOTALL)
_UNION: Final = re.compile(r"(.*) \(<class '.*'>\) not part of (.*)", re.DOTALL)
_PLAIN_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_AT: Final = {"unknown_kind": "kind", "version": "schema_version"}
"""Problems that lie in a key of their own."""

_FIELDS: Final = ("what", "other")
"""Parts of a sentence that name a field."""


@attrs.frozen
class Problem:
    """One thing that is wrong with a document.

    Attributes:
        place: Keys and indexes that lead to it from the top of the document.
        message: What is wrong, as ``load`` says it.
        code: Stable name of what is wrong; ``refused`` where a strategy has its own words for it.
        settings: What the sentence of the code tells.
        kind: The kind that it lies in, whose fields may have titles of their own.

    >>> found = problems({"kind": "fixed-days", "dormant_after": -1})
    >>> found[0].path, found[0].text()
    ('$.dormant_after', 'dormant_after must be above 0 days, got -1')
    >>> print(found[0].text("zh"))
    “沉默天数”必须大于 0 天，现为 -1
    """

    place: Place
    message: str
    code: str = "refused"
    settings: Mapping[str, str] = attrs.field(factory=dict[str, str])
    kind: str = ""

    @classmethod
    def of(cls, error: CustsegError) -> "Problem":
        """An error of any call as a problem, to tell it in the reader's language.

        >>> from custseg.errors import MissingColumnError
        >>> Problem.of(MissingColumnError("at", ("paid_at", "amount"))).code
        'no_column'
        """
        if not isinstance(error, DataError):
            return _problem(_said(error), ())
        found = _problem(error.message, ())
        cell = {"column": error.column, "row": "" if error.row is None else f"{error.row}"}
        cell = {f"at_{part}": held for part, held in cell.items() if held}
        return attrs.evolve(found, message=str(error), settings={**found.settings, **cell})

    @property
    def path(self) -> str:
        """The place as JSONPath (RFC 9535): ``$.lifecycle.strategy``, ``$.worth[0]``."""
        return "$" + "".join(_step(step) for step in self.place)

    def text(self, locale: str = "en") -> str:
        """The sentence, in a language."""
        if locale == "en":
            return self.message
        words = table(locale)
        told = {"said": self.message, **self.settings}
        told |= {
            slot: field_title(told[slot], locale, self.kind) for slot in _FIELDS if slot in told
        }
        if "table" in told:
            told["table"] = words.get(f"table.{told['table']}", told["table"])
        if "got" in told:
            told["got"] = words.get(f"type.{told['got']}", told["got"])
        ends = [
            words[f"problem.{end}"].format_map(told) for end in ("known", "hint") if end in told
        ]
        said = words[f"problem.{self.code}"].format_map(told)
        cell = "" if self.code == "refused" else _cell(self.settings, words)
        return "".join([cell, said, *ends])

    def as_dict(self, locale: str = "en") -> dict[str, object]:
        """Plain data for JSON."""
        return {
            "path": self.path,
            "place": list(self.place),
            "code": self.code,
            "text": self.text(locale),
        }


def problems(document: str | Mapping[str, Any]) -> tuple[Problem, ...]:
    """All that is wrong with a document; none where ``load`` takes it.

    A part that is wrong is left out, and the rest is looked at again, so that a wrong value does
    not hide the next. What depends on the part that was left out is not judged.

    Args:
        document: As for ``load``.

    Returns:
        In the order of the document.

    >>> for found in problems({"kind": "lifecycle", "strategie": {}, "calm": {"days": "x"}}):
    ...     print(found.path, found.text())
    $.strategie unknown key 'strategie'. Did you mean 'strategy'?
    $.calm.days unknown key 'days'. Known: grace_days, dwell_days, band.
    """
    told: dict[Place, Problem] = {}
    rest: Any = deepcopy(document) if isinstance(document, Mapping) else document
    for _ in range(_size(document)):
        fresh = [p for p in _refusals(rest) if p.place not in told and not _follows(p, told)]
        told.update((p.place, p) for p in fresh)
        if not [p for p in fresh if _taken_out(rest, p.place)]:
            break
    order = {place: i for i, place in enumerate(_places(document, ()))}
    return tuple(sorted(told.values(), key=lambda p: order.get(p.place, -1)))


def _cell(settings: Mapping[str, str], words: Mapping[str, str]) -> str:
    """Where in a table: the column, the row, or both."""
    code = "_".join(part for part in ("column", "row") if f"at_{part}" in settings)
    return words[f"cell.{code}"].format_map(settings) if code else ""


def _step(step: str | int) -> str:
    if isinstance(step, int):
        return f"[{step}]"
    if _PLAIN_NAME.fullmatch(step):
        return f".{step}"
    return "['" + step.replace("\\", "\\\\").replace("'", "\\'") + "']"


def _refusals(document: Any) -> list[Problem]:  # noqa: ANN401 - what a caller hands in
    try:
        load(document)
    except CustsegError as error:
        return list(_leaves(error, ()))
    return []


def _leaves(error: BaseException, place: Place, cls: type | None = None) -> Iterator[Problem]:
    """The ends of nested errors; ``load`` keeps what it was told by as the cause of its own."""
    cause = error.__cause__
    if isinstance(error, CustsegError) and isinstance(cause, cattrs.BaseValidationError):
        error = cause
    if isinstance(error, cattrs.BaseValidationError):
        for inner in error.exceptions:
            yield from _leaves(inner, (*place, *_noted(inner)), getattr(error, "cl", None))
    elif isinstance(error, cattrs.ForbiddenExtraKeysError):
        names = [a.alias for a in attrs.fields(cast("Any", error.cl))]
        for key in sorted(error.extra_fields):
            hint = did_you_mean(key, names) or f" Known: {', '.join(names)}."
            yield _problem(f"unknown key {key!r}.{hint}", (*place, key))
    elif isinstance(error, KeyError) and not isinstance(error, CustsegError):
        key = str(error.args[0])
        yield _problem(f"key {key!r} is missing", place if _noted(error) else (*place, key))
    else:
        yield _problem(_said(error), (*place, *_field(error, cls)), cls)


def _noted(error: BaseException) -> Place:
    """The step that cattrs notes: the field of a class, or the index in a list or table."""
    for note in cast("list[object]", getattr(error, "__notes__", [])):
        if isinstance(note, cattrs.AttributeValidationNote):
            return (note.name,)
        if isinstance(note, cattrs.IterableValidationNote):
            return (note.index,)
    return ()


def _field(error: BaseException, cls: type | None) -> Place:
    """The field that a class refuses, where its words or its path begin with the field's name."""
    if _noted(error) or cls is None or not attrs.has(cls):
        return ()
    names = {a.alias for a in attrs.fields(cls)}
    path = error.path.split(".") if isinstance(error, ConfigError) else []
    first = _said(error).partition(" ")[0]
    return next(((step,) for step in (*path, first) if step in names), ())


def _said(error: BaseException) -> str:
    if isinstance(error, ConfigError):
        return error.message
    said = str(error)
    if union := _UNION.fullmatch(said):
        return f"needs {union[2].replace('|', 'or').replace('None', 'null')}, got {union[1]!r}"
    return said


def _problem(message: str, place: Place, cls: type | None = None) -> Problem:
    core, told = message, dict[str, str]()
    for pattern in (_HINT, _KNOWN):
        if found := pattern.fullmatch(core):
            told |= {k: v for k, v in found.groupdict().items() if k != "core"}
            core = found["core"]
    for code, pattern in _sentences().items():
        if found := pattern.fullmatch(core.removesuffix(".")):
            at = (*place, _AT[code]) if code in _AT else place
            kind = (cls and kind_of(cls)) or ""
            return Problem(at, message, code, found.groupdict() | told, kind)
    return Problem(place, message)


@cache
def _sentences() -> Mapping[str, re.Pattern[str]]:
    """The English sentences of the codes, each to be read backwards."""
    made: dict[str, re.Pattern[str]] = {}
    for key, text in table("en").items():
        if key.startswith("problem.") and key not in _ENDS:
            parts = re.split(r"\{(\w+)\}", text)
            plain = (part.replace("{{", "{").replace("}}", "}") for part in parts[::2])
            parts[::2] = map(re.escape, plain)
            parts[1::2] = [f"(?P<{name}>.+)" for name in parts[1::2]]
            made[key.removeprefix("problem.")] = re.compile("".join(parts), re.DOTALL)
    return made


_ENDS: Final = frozenset({"problem.hint", "problem.known", "problem.refused"})


def _follows(found: Problem, told: Mapping[Place, Problem]) -> bool:
    """Whether a problem may only come from what was left out: its own place, or one it names."""
    return any(
        place[: len(found.place)] == found.place
        or (place[:-1] == found.place[:-1] and re.search(rf"\b{place[-1]}\b", found.message))
        for place in told
        if place
    )


def _taken_out(document: Any, place: Place) -> bool:  # noqa: ANN401 - plain data
    """Leave a part out; an item of a list goes with its list, whose length may count."""
    keys = place
    while keys and isinstance(keys[-1], int):
        keys = keys[:-1]
    if not keys:
        return False
    holder = document
    for step in keys[:-1]:
        try:
            holder = holder[step]
        except (KeyError, IndexError, TypeError):
            return False
    if not isinstance(holder, dict) or keys[-1] not in holder:
        return False
    del holder[keys[-1]]
    return True


def _places(document: Any, place: Place) -> Iterator[Place]:  # noqa: ANN401 - plain data
    yield place
    if isinstance(document, Mapping):
        for key, held in cast("Mapping[str, Any]", document).items():
            yield from _places(held, (*place, key))
    elif isinstance(document, list | tuple):
        for index, held in enumerate(cast("list[Any]", document)):
            yield from _places(held, (*place, index))


def _size(document: Any) -> int:  # noqa: ANN401 - plain data
    return sum(1 for _ in _places(document, ()))
