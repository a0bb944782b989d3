"""Who are the customers: their lifecycle, grades and tiers, and both together?"""

from collections.abc import Iterator, Mapping
from typing import ClassVar, Final

import attrs

from custseg.labels import label, title
from custseg.layout import Shade
from custseg.pipeline import Run
from custseg.report.blocks import Beside, Block, Heading
from custseg.report.cube import Cube
from custseg.report.figures import count, headed, share, words
from custseg.report.grids import Bars, Grid

_CROSSED: Final = (("lifecycle", "tier"), ("value_level", "potential_level"))
_LIFECYCLE: Final = "lifecycle"
_RANKED: Final = frozenset({"grade", "segment", "tier"})
_FIRST: Final = ("lifecycle", "lifecycle_state", "tier")
_ORDER: Final = (*_FIRST, "grade", "segment")
_UNKNOWN: Final = "unknown"


@attrs.frozen(eq=False)
class People:
    """Who the customers are.

    Attributes:
        size: How many they are.
        counts: Customers by what was decided, and by its words.
        cube: The same with their money.
    """

    code: ClassVar[str] = "people"

    size: int
    counts: Mapping[str, Mapping[str, int]]
    cube: Cube

    @classmethod
    def of(cls, run: Run, cube: Cube) -> "People":
        """Of a run."""
        finer = "lifecycle_state"
        states = dict(zip(cube.words.get(finer, ()), _sums(cube, finer), strict=True))
        told = {**run.counts, finer: states}
        return cls(run.size, {name: told[name] for name in _ORDER if told.get(name)}, cube)

    def as_dict(self) -> dict[str, object]:
        """Counts as plain data."""
        crossed = {
            f"{rows}_by_{cols}": {
                word: dict(zip(self.cube.words[cols], line, strict=True))
                for word, line in zip(
                    self.cube.words[rows], self.cube.grid(rows, cols), strict=True
                )
            }
            for rows, cols in _CROSSED
            if self.cube.has(rows, cols)
        }
        counts = {name: dict(held) for name, held in self.counts.items()}
        return {"customers": self.size, "counts": counts, **crossed}

    def blocks(self, locale: str) -> Iterator[Block]:
        """Bars of each decision, and grids of two."""
        bars = {
            name: (Heading(headed(title(name, locale))), Bars.of(_best(name, held), locale))
            for name, held in self.counts.items()
        }
        grids = [
            (Heading(headed(words(f"{rows}_by_{cols}", locale))), self._grid(rows, cols, locale))
            for rows, cols in _CROSSED
            if self.cube.has(rows, cols)
        ]
        first = [bars.pop(name) for name in _FIRST if name in bars]
        yield Beside((*first, *grids, *bars.values()), flows=True)

    def told(self, locale: str) -> str:
        """Who has bought, and who of them still does."""
        held = self.counts.get(_LIFECYCLE, {})
        bought = self.size - held.get("potential", 0)
        if not {"active", "dormant"} & set(held) or not bought:
            return ""
        return words(
            "people",
            locale,
            bought=count(bought),
            active=count(held.get("active", 0)),
            share=share(held.get("active", 0), bought),
            dormant=count(held.get("dormant", 0)),
        )

    def _grid(self, rows: str, cols: str, locale: str) -> Grid:
        found = self.cube.grid(rows, cols)
        top = max((n for line in found for n in line), default=0) or 1
        heads = (
            "",
            *(label(word, locale) for word in self.cube.words[cols]),
            title("customers", locale),
        )
        body: list[tuple[str | Shade, ...]] = []
        for word, line in zip(self.cube.words[rows], found, strict=True):
            cells = (Shade(count(n), n / top if n else None) for n in line)
            body.append((label(word, locale), *cells, count(sum(line))))
        return Grid(heads, tuple(body), words(f"{rows}_by_{cols}", locale))


def _sums(cube: Cube, name: str) -> list[int]:
    return cube.sums(name) if cube.has(name) else []


def _best(name: str, held: Mapping[str, int]) -> dict[str, int]:
    """The classes of a decision, the best first where one is better than another."""
    order = list(held.items())
    if name not in _RANKED:
        return dict(order)
    known = [pair for pair in order if pair[0] != _UNKNOWN]
    return dict([*reversed(known), *(pair for pair in order if pair[0] == _UNKNOWN)])
