"""Is it a yes or a no? Flags as people and systems write them, in Chinese and English."""

from typing import Final

_YES: Final = frozenset({"true", "t", "yes", "y", "on", "1", "1.0", "是", "有", "同意"})
_NO: Final = frozenset({"false", "f", "no", "n", "off", "0", "0.0", "否", "无", "不", "不同意"})


def flag(value: object) -> bool | None:
    """Yes or no; ``None`` for anything else, also for nothing.

    >>> flag(1), flag("No"), flag("是"), flag("perhaps"), flag(None)
    (True, False, True, None, None)
    """
    if isinstance(value, int | float):
        return bool(value) if value in {0, 1} else None
    word = str(value).strip().casefold()
    return True if word in _YES else False if word in _NO else None
