"""Does a map of segments cover every score once, and can every segment be reached?"""

from collections.abc import Iterable, Mapping
from typing import Final, cast

import attrs
import numpy as np

from custseg._typing import Bools
from custseg.errors import ConfigError
from custseg.features.periods import whole
from custseg.labels import filled, label, table, title
from custseg.layout import html_table
from custseg.reasons import Reason
from custseg.showing import Shown, bullets, page
from custseg.tiering.rfm.grid import Cells, cells_of, hits, winners
from custseg.tiering.rfm.maps import SegmentMap

Cell = tuple[int, ...]
_SHOWN: Final = 8
_NAMES: Final[tuple[str, ...]] = ("recency", "frequency", "monetary")


@attrs.frozen
class SegmentLint(Shown):
    """What is wrong with a map of segments, cell by cell.

    Attributes:
        name: The map.
        bins: Scores of each measure.
        segments: Cells that each segment gets.
        uncovered: Cells that no rule covers.
        overlapping: Cells that rules of several segments cover.
        unreachable: Segments that get no cell.
        labels: Words for segments by language.

    >>> from custseg.tiering import lint_segments, segments
    >>> lint_segments(segments(), bins=(5, 5)).clean
    True
    """

    name: str
    bins: Mapping[str, int]
    segments: Mapping[str, int]
    uncovered: tuple[Cell, ...]
    overlapping: tuple[Cell, ...]
    unreachable: tuple[str, ...]
    labels: Mapping[str, Mapping[str, str]] = attrs.field(
        factory=dict[str, Mapping[str, str]], repr=False
    )

    @property
    def cells(self) -> int:
        """Combinations of scores."""
        return int(np.prod(list(self.bins.values())))

    @property
    def clean(self) -> bool:
        """Whether nothing was found."""
        return not self.findings()

    def findings(self, locale: str = "en") -> tuple[Reason, ...]:
        """What was found, as codes with parameters.

        Args:
            locale: The language of the names of segments.
        """
        found: list[Reason] = []
        if self.uncovered:
            settings = {"cells": len(self.uncovered), "of": self.cells}
            found.append(Reason("segments_uncovered", settings | _some(self.uncovered)))
        if self.overlapping:
            settings = {"cells": len(self.overlapping), "of": self.cells}
            found.append(Reason("segments_overlapping", settings | _some(self.overlapping)))
        if self.unreachable:
            some = ", ".join(self._label(name, locale) for name in self.unreachable)
            found.append(Reason("segments_unreachable", {"some": some}))
        return tuple(found)

    def as_dict(self) -> dict[str, object]:
        """Plain data for JSON."""
        return {
            "name": self.name,
            "bins": dict(self.bins),
            "cells": self.cells,
            "segments": dict(self.segments),
            "uncovered": [list(cell) for cell in self.uncovered],
            "overlapping": [list(cell) for cell in self.overlapping],
            "unreachable": list(self.unreachable),
        }

    def text(self, locale: str = "en") -> str:
        """Lines to read.

        Args:
            locale: ``en`` or ``zh``.
        """
        lines = [self._head(locale)]
        said = table(locale)["rfm.said"]
        for name, n in self.segments.items():
            lines.append("  " + said.format(name=self._label(name, locale), said=n))
        lines += [f"  - {reason.text(locale)}" for reason in self.findings(locale)]
        return "\n".join(lines)

    def _head(self, locale: str) -> str:
        words = table(locale)
        said = {name: words.get(f"measure.{name}") or title(name, locale) for name in self.bins}
        across = " x ".join(f"{said[name]} {n}" for name, n in self.bins.items())
        return filled(
            words["segments.head"], name=self.name or "-", cells=self.cells, across=across
        )

    def _label(self, segment: str, locale: str) -> str:
        return self.labels.get(locale, {}).get(segment) or table(locale).get(segment, segment)

    def html(self, locale: str = "en") -> str:
        """The same as a small page for notebooks."""
        rows = [(self._label(name, locale), n) for name, n in self.segments.items()]
        counted = html_table((title("segment", locale), label("head.cells", locale)), rows)
        found = bullets(reason.text(locale) for reason in self.findings())
        return page(self._head(locale)) + counted + found


def lint_segments(
    segments: SegmentMap, bins: Mapping[str, int] | Iterable[int] = (5, 5, 5)
) -> SegmentLint:
    """Look for cells without a segment or with several, and for segments without a cell.

    Args:
        segments: The map.
        bins: Scores of each measure; numbers alone are those of recency, frequency, monetary.

    Raises:
        ConfigError: A rule reads a measure that is not among them, or a number is none.

    >>> mine = SegmentMap.of({"good": {"recency": (2, 3)}, "best": {"recency": (3, 3)}})
    >>> print(lint_segments(mine, {"recency": 3}).text())
    map -: 3 cells, recency 3
      good: 2
      best: 0
      - 1 of 3 cells has no segment: 1
      - 1 of 3 cells is in several segments: 3
      - no score leads to: best
    """
    sizes = _sizes(bins)
    cells = cells_of(sizes)
    held, place = hits(segments, cells), winners(segments, cells)
    names = [rule.segment for rule in segments]
    got = dict.fromkeys(segments.segments, 0)
    won: list[int] = place.tolist()
    for name in (names[i] if i >= 0 else segments.otherwise for i in won):
        if name is not None:
            got[name] += 1
    return SegmentLint(
        segments.name,
        sizes,
        got,
        _listed(place < 0, cells),
        _listed(_several(held, names), cells),
        tuple(name for name, n in got.items() if not n and name in names),
        segments.labels,
    )


def _sizes(bins: Mapping[str, int] | Iterable[int]) -> dict[str, int]:
    if isinstance(bins, Mapping):
        sizes: dict[str, int] = dict(cast("Mapping[str, int]", bins))
    else:
        many = list(bins)
        if len(many) > len(_NAMES):
            msg = f"numbers alone are those of {list(_NAMES)}, got {len(many)}; name the measures"
            raise ConfigError(msg, "bins")
        sizes = dict(zip(_NAMES, many, strict=False))
    if not sizes:
        msg = "bins are numbers of scores by measure, got none"
        raise ConfigError(msg, "bins")
    return {name: whole(n, f"bins.{name}") for name, n in sizes.items()}


def _several(held: Bools, names: list[str]) -> Bools:
    """Cells that rules of more than one segment cover."""
    by_segment = [held[[n == name for n in names]].any(axis=0) for name in dict.fromkeys(names)]
    several: Bools = np.sum(by_segment, axis=0) > 1
    return several


def _listed(where: Bools, cells: Cells) -> tuple[Cell, ...]:
    scores = [column[where].astype(int).tolist() for column in cells.values()]
    return tuple(zip(*scores, strict=True))


def _some(cells: tuple[Cell, ...]) -> dict[str, object]:
    shown = ", ".join("-".join(map(str, cell)) for cell in cells[:_SHOWN])
    return {"some": shown if len(cells) <= _SHOWN else f"{shown}, ..."}
