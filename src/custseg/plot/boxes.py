"""Value now beside potential: how many customers, and how much money, in each of the boxes."""

from collections.abc import Sequence
from typing import Any, Final

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Codes, Floats, Ints
from custseg.errors import DataError, did_you_mean
from custseg.labels import label, title
from custseg.plot.canvas import Axes, Canvas
from custseg.plot.heat import Heat, percent
from custseg.tiering import NineBox

_CELL: Final = (1.75, 0.82)
_LARGE: Final = {"en": (1e9, 1e6), "zh": (1e8, 1e4)}
_WORDS: Final = ("plot.box.huge", "plot.box.large")


def nine_box(
    data: object,
    box: NineBox | None = None,
    *,
    money: str | None = None,
    ax: Axes | None = None,
    locale: str = "en",
) -> Axes:
    r"""Customers by level of value (rows, the highest on top) and of potential (columns).

    A cell says how many they are, which share, how much money if asked, and what the box gives
    them. Whoever has bought nothing, and so has a potential only, has a row of its own at the
    bottom; whoever's potential is not known a column at the right.

    Args:
        data: A table with the levels, as a ``TierPlan`` with a potential adds them.
        box: What each cell means; by default the nine of ``NineBox()``.
        money: A column of money, summed up by cell.
        ax: Axes to draw on; without them, new ones.
        locale: ``en`` or ``zh``.

    Raises:
        MissingColumnError: The table lacks a column.
        DataError: A level is none of the box, or money is endless.
        ConfigError: There is no such locale.
        MissingDependencyError: matplotlib is not installed.

    >>> levels = [{"value_level": "high", "potential_level": "low"}] * 3
    >>> nine_box(levels).texts[0].get_text()
    '3\n100 %\nVIP service'
    """
    meaning = NineBox() if box is None else box
    grid = _Boxes.of(data, meaning, money)
    heat = grid.heat("en")
    canvas = Canvas.of(ax, locale, heat.size)
    heat = grid.heat(canvas.locale)
    heat.draw(canvas, over=canvas.word("box.over"), beside=canvas.word("customers"))
    code = "box.note" if money is None else "box.money"
    note = canvas.word(code, value=title(money or "", canvas.locale))
    if grid.unknown:
        lacking = canvas.word("box.lacking", customers=f"{grid.unknown:,}")
        note = canvas.word("and").join((note, lacking))
    heat.titled(canvas, canvas.word("box.title"), note)
    return canvas.done()


@attrs.frozen(eq=False)
class _Boxes:
    """Levels of value x levels of potential; the last of both are those that are not known.

    Attributes:
        box: What the cells mean.
        counts: Customers.
        sums: Money as far as it is known, NaN where it is of nobody; ``None``: not asked for.
        unknown: Customers whose money is not known.
    """

    box: NineBox
    counts: Ints
    sums: Floats | None
    unknown: int = 0

    @classmethod
    def of(cls, data: object, box: NineBox, money: str | None) -> "_Boxes":
        table = frames.table(data)
        wanted = [box.value, box.potential, *([money] if money else [])]
        table.require(wanted)
        some = table.select(wanted)
        levels = (box.value_levels, box.potential_levels)
        at = [_levels(some, name, known) for name, known in zip(wanted, levels, strict=False)]
        shape = tuple(len(known) + 1 for known in levels)
        key = at[0] * shape[1] + at[1]
        size = shape[0] * shape[1]
        counts = np.bincount(key, minlength=size).reshape(shape)
        if money is None:
            return cls(box, counts, None)
        read = np.asarray(some.read({money: "number"})[money], dtype=np.float64)
        if np.isinf(read).any():
            msg = "holds endless values, which have no sum"
            raise DataError(msg, money)
        known = ~np.isnan(read)
        sums = np.bincount(key[known], read[known], minlength=size).astype(np.float64)
        sums[np.bincount(key[known], minlength=size) == 0] = np.nan
        return cls(box, counts, sums.reshape(shape), int(np.count_nonzero(~known)))

    def heat(self, locale: str) -> Heat:
        """The cells in a language, the highest value on top; those not known only if there."""
        high, wide = (size - 1 for size in self.counts.shape)
        rows = [*range(high - 1, -1, -1), *([high] if self.counts[high].any() else [])]
        columns = [*range(wide), *([wide] if self.counts[:, wide].any() else [])]
        whole = max(int(self.counts.sum()), 1)
        shares = self.counts[np.ix_(rows, columns)] / whole
        texts = [[self._told(i, j, whole, locale) for j in columns] for i in rows]
        names = (
            [*self.box.value_levels, "plot.box.prospects"],
            [*self.box.potential_levels, "plot.box.unknown"],
        )
        here = ((names[0], rows), (names[1], columns))
        named = [[_level(known[i], locale) for i in part] for known, part in here]
        sizes = self.counts[rows].sum(axis=1).tolist()
        clear = np.zeros(shares.shape, dtype=np.bool_)
        top = float(shares.max(initial=0.0)) or 1.0
        last = high in rows
        return Heat(shares, clear, named[0], sizes, named[1], last, top, texts, _CELL)

    def _told(self, i: int, j: int, whole: int, locale: str) -> str:
        count = int(self.counts[i, j])
        lines = [f"{count:,}"]
        if count:
            lines.append(percent(count / whole))
            if self.sums is not None:
                lines[-1] += f" · {_short(float(self.sums[i, j]), locale)}"
        meant = self._meant(i, j)
        return "\n".join([*lines, *([label(meant, locale)] if meant else [])])

    def _meant(self, i: int, j: int) -> str:
        """The service of a cell; who is not known is served as the lowest."""
        place = j if j < len(self.box.potential_levels) else 0
        if i < len(self.box.value_levels):
            return self.box.cells[i][place].service
        known = self.box.prospects and j < len(self.box.potential_levels)
        return self.box.prospects[place].service if known else ""


def _levels(table: Any, name: str, known: Sequence[str]) -> Ints:  # noqa: ANN401 - a table
    """The place of each level; one behind the last where it is not known."""
    read = table.read({name: "text"})[name]
    codes = read if isinstance(read, Codes) else Codes(np.full(0, -1), ())
    odd = [word for word in codes.words if word not in known]
    if odd:
        hint = did_you_mean(odd[0], known)
        msg = f"holds {odd[0]!r}, which is no level of the box: {list(known)}.{hint}"
        raise DataError(msg, name)
    place = {word: i for i, word in enumerate(known)}
    table_of = np.array([*(place[word] for word in codes.words), len(known)], dtype=np.int64)
    return table_of[codes.at]


def _level(word: str, locale: str) -> str:
    """A level by its own word, where it has one: high, not a customer of the high tier."""
    own = f"plot.level.{word}"
    said = label(own, locale)
    return label(word, locale) if said == own else said


def _short(value: float, locale: str) -> str:
    """Money to read, in the large numbers that a language counts by.

    >>> _short(1_310_000.0, "en"), _short(-8592.0, "en"), _short(float("nan"), "en")
    ('1.31 M', '-8,592', '-')
    """
    if np.isnan(value):
        return "-"
    for size, word in zip(_LARGE[locale], _WORDS, strict=True):
        if abs(value) >= size:
            return label(word, locale).format(value=value / size)
    return f"{value:,.0f}"
