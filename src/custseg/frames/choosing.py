"""Rows of a table in an engine for which a condition holds."""

from typing import Any, Final

from custseg.rules import Condition, Ladder

_SPARE: Final = "__custseg_chosen"
_YES, _NO = "yes", "no"


def asked(condition: Condition) -> dict[str, Ladder]:
    """A column of its own that says whether a condition holds, to be pushed into the engine."""
    return {_SPARE: Ladder(((condition, _YES),), _NO)}


def chosen(native: Any, engine: str) -> Any:
    """The rows that were asked for, without the column that says so.

    Args:
        native: A lazy table with the column of `asked`.
        engine: Name of its engine.
    """
    if engine == "dask":
        return native[native[_SPARE] == _YES].drop(columns=[_SPARE])
    import narwhals.stable.v2 as nw  # noqa: PLC0415 - records need no frame library

    return nw.from_native(native).filter(nw.col(_SPARE) == _YES).drop(_SPARE).to_native()
