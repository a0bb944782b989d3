"""Who brings the money: how much the best customers hold, and each tier?"""

from collections.abc import Iterator
from typing import ClassVar, Final

import attrs

from custseg.features.fewest import FEWEST
from custseg.frames import UNITS
from custseg.labels import label, title
from custseg.pipeline import Run
from custseg.report.blocks import Beside, Block, Heading, Picture, Said
from custseg.report.cube import Cube
from custseg.report.drawings import curve
from custseg.report.figures import HIDDEN, brief, count, headed, joined, share, words
from custseg.report.grids import Bar, Bars

_FIFTH, _MOST = 0.2, 0.8
_ENOUGH: Final = int(FEWEST / _FIFTH)


@attrs.frozen(eq=False)
class Wealth:
    """Who brings the money.

    Attributes:
        cube: The money by class.
        currency: What it is counted in, where that is said.
        by: What customers are divided by.
    """

    code: ClassVar[str] = "money"

    cube: Cube
    currency: str
    by: tuple[str, ...]

    @classmethod
    def of(cls, run: Run, cube: Cube) -> "Wealth | None":
        """Of a run; ``None`` where nobody paid anything, or too few did."""
        if not cube.shown:
            return None
        said: object = getattr(getattr(run.policy, "conventions", None), "currency", None)
        by = tuple(name for name in ("tier", "lifecycle") if cube.has(name))
        return cls(cube, str(said or ""), by)

    @property
    def top(self) -> float | None:
        """What the best fifth of the buyers holds; ``None``: too few to say."""
        few = self.cube.whole("buyers") < _ENOUGH
        return None if few else self.cube.purses.held(_FIFTH)

    def as_dict(self) -> dict[str, object]:
        """Sums as plain data; money of too few customers is hidden."""
        made: dict[str, object] = {
            "buyers": self.cube.whole("buyers"),
            "revenue": self.cube.whole("units") / UNITS,
            "revenue_365d": self.cube.whole("recent") / UNITS,
            "top_20_percent_hold": self.top,
        }
        for by in self.by:
            made[f"revenue_by_{by}"] = {
                word: None if few else units / UNITS for word, _, units, few in self._classes(by)
            }
        return made

    def blocks(self, locale: str) -> Iterator[Block]:
        """The best fifth, its curve, and the money of each class."""
        yield Said(self.told(locale), "lead")
        drawn = () if self.top is None else (self._curve(locale, self.top),)
        yield Beside((drawn, tuple(block for by in self.by for block in self._class(by, locale))))

    def told(self, locale: str) -> str:
        """What was paid by how many, and how much of it the best hold."""
        cube = self.cube
        money = brief(cube.whole("units"), locale)
        paid = words(
            "money", locale, money=self.priced(money, locale), buyers=count(cube.whole("buyers"))
        )
        if self.top is None:
            return paid
        few = cube.purses.few(_MOST)
        best = words("money_top", locale, held=share(self.top, 1), few=share(few, 1))
        return joined((paid, best), locale)

    def priced(self, money: str, locale: str) -> str:
        """Money with its currency."""
        return words("priced", locale, currency=self.currency, money=money).strip()

    def _curve(self, locale: str, top: float) -> Picture:
        people, money = self.cube.purses.curve(FEWEST)
        said = (
            words("curve", locale, held=share(top, 1)),
            words("curve_across", locale),
            words("curve_up", locale),
            words("curve_point", locale, held=f"{100 * top:.0f}%"),
        )
        return Picture(curve(people, money, (_FIFTH, top), said=said), said[0])

    def _class(self, by: str, locale: str) -> Iterator[Block]:
        yield Heading(headed(words("money_by", locale, by=title(by, locale))))
        yield self._bars(by, locale)

    def _bars(self, by: str, locale: str) -> Bars:
        found = list(self._classes(by))
        many, whole = self.cube.whole("customers"), self.cube.whole("units") or 1
        heads = ("", *(words(f"money_{n}", locale) for n in ("customers", "share", "each")))
        bars = tuple(
            Bar(
                label(word, locale),
                (
                    share(size, many),
                    HIDDEN if few else share(max(units, 0), whole),
                    HIDDEN if few else brief(round(units / size), locale) if size else "-",
                ),
                (("before", size / many), ("after", 0.0 if few else max(units, 0) / whole)),
            )
            for word, size, units, few in found
        )
        legend = (
            ("before", words("money_customers", locale)),
            ("after", words("money_share", locale)),
        )
        return Bars(heads, bars, stacked=False, legend=legend)

    def _classes(self, by: str) -> Iterator[tuple[str, int, int, bool]]:
        """Each class from the highest: its word, customers, money, and whether to hide that."""
        cube = self.cube
        away = [not told for told in cube.open(by)]
        found = zip(cube.words[by], cube.sums(by), cube.sums(by, "units"), away, strict=True)
        yield from reversed(list(found)) if by == "tier" else found
