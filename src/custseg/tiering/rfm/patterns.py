"""Patterns of score digits, as other tools write their segments."""

import re
from collections.abc import Iterator
from itertools import product
from typing import Final

from custseg.errors import ConfigError

Box = tuple[tuple[float, float], ...]
_PART: Final = re.compile(r"\[([0-9-]+)\]|(\d)|(\.)")
_RUN: Final = re.compile(r"(\d)-(\d)|(\d)")


def boxes(pattern: str, positions: int) -> Iterator[Box]:
    """The spans of scores that a pattern stands for, one tuple of spans a box.

    Args:
        pattern: A digit, a class of digits in brackets, or a point, for each position.
        positions: How many there should be.

    Raises:
        ConfigError: The pattern cannot be read, or has another number of positions.

    >>> list(boxes("5[4-5]", 2))
    [((5.0, 5.0), (4.0, 5.0))]
    >>> list(boxes("[15]", 1))
    [((1.0, 1.0),), ((5.0, 5.0),)]
    """
    parts = [found.group() for found in _PART.finditer(pattern)]
    if "".join(parts) != pattern or len(parts) != positions:
        msg = (
            f"the pattern {pattern!r} is not {positions} scores; write a digit, [1-3] or a point "
            "for each measure"
        )
        raise ConfigError(msg)
    return product(*(_spans(part, pattern) for part in parts))


def _spans(part: str, pattern: str) -> list[tuple[float, float]]:
    """Runs of scores of one position, joined where they touch."""
    if part == ".":
        return [(1.0, 10.0)]
    inside = part.strip("[]")
    found = list(_RUN.finditer(inside))
    if "".join(run.group() for run in found) != inside or not all(map(_digits, found)):
        msg = f"the pattern {pattern!r} has a class of digits that cannot be read: {part!r}"
        raise ConfigError(msg)
    digits = sorted({digit for run in found for digit in _digits(run)})
    spans: list[tuple[float, float]] = []
    for digit in digits:
        if spans and spans[-1][1] == digit - 1:
            spans[-1] = (spans[-1][0], float(digit))
        else:
            spans.append((float(digit), float(digit)))
    return spans


def _digits(run: re.Match[str]) -> range:
    low, high, alone = run.groups()
    first, last = (int(alone), int(alone)) if alone else (int(low), int(high))
    return range(first, last + 1)
