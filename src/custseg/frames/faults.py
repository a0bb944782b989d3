"""Errors of workers: typed where they are raised, and typed again where they come out."""

import json
import re
from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

from custseg import errors
from custseg.errors import CustsegError, DataError

_MARK: Final = "custseg-error "
_MARKED: Final = re.compile(re.escape(_MARK) + r"(\{.*\})")
_KINDS: Final = {
    kind.__name__: kind
    for kind in vars(errors).values()
    if isinstance(kind, type) and issubclass(kind, CustsegError)
}
_MESSAGES: Final = (errors.ConfigError, errors.NotEnoughDataError, errors.CapacityError)


def in_part(error: CustsegError, part: int) -> CustsegError:
    """The same error, with the partition where it happened.

    Its number of a row is left out: it counts the rows of the partition, in no known order.

    Args:
        error: What the work raised.
        part: The partition.

    >>> str(in_part(DataError("holds text where a number is needed", "revenue", 3), 7))
    "column 'revenue': holds text where a number is needed (partition 7)"
    """
    said = f" (partition {part})"
    if isinstance(error, DataError):
        return DataError(f"{error.message}{said}", error.column)
    fields = error.args
    if isinstance(error, _MESSAGES):
        return type(error)(f"{fields[0]}{said}", *fields[1:])
    made = type(error)(*fields)
    made.add_note(f"in partition {part}")
    return made


def quotable(error: CustsegError) -> CustsegError:
    """The same error with its fields in its text, for engines that hand on only the text.

    Args:
        error: What a worker raises.

    >>> quotable(DataError("holds text", "revenue")).__notes__
    ['custseg-error {"error": "DataError", "fields": ["holds text", "revenue", null]}']
    """
    told: dict[str, object] = {"error": type(error).__name__, "fields": list(error.args)}
    if notes := getattr(error, "__notes__", None):
        told["notes"] = list(notes)
    error.add_note(f"{_MARK}{json.dumps(told, default=str)}")
    return error


@contextmanager
def typed() -> Generator[None]:
    """Raise a worker's own error where an engine raises one that quotes it.

    Raises:
        CustsegError: The engine's error quotes one of custseg.

    >>> with typed():
    ...     pass
    """
    try:
        yield
    except CustsegError:
        raise
    except Exception as error:
        quoted = _quoted(error)
        if quoted is None:
            raise
        raise quoted from error


def _quoted(error: BaseException) -> CustsegError | None:
    found = _MARKED.search(str(error))
    if found is None:
        return None
    try:
        told = json.JSONDecoder().raw_decode(found[1])[0]
        made = _KINDS[told["error"]](*told["fields"])
    except (KeyError, TypeError, ValueError):
        return None  # an engine may have cut its message short
    for note in told.get("notes", ()):
        made.add_note(note)
    return made
