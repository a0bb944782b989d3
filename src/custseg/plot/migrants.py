"""Who moved between tiers, as ribbons between two reviews and as a heat map."""

from collections.abc import Sequence
from typing import Final

import attrs
import numpy as np

from custseg._typing import Ints
from custseg.errors import ConfigError
from custseg.frames import optional
from custseg.labels import label
from custseg.measures.intervals import ratio
from custseg.plot.canvas import Axes, Canvas, Style
from custseg.plot.fonts import spoken
from custseg.plot.heat import Heat, percent
from custseg.plot.palette import CAME, FELL, ROSE, STAYED, WENT, ranked
from custseg.plot.ribbons import apart, ribbons
from custseg.tiering import Migration
from custseg.tiering.moves.matrix import FEW

_SIZE: Final = (8.5, 4.8)
_WIDE: Final = 0.035
_TIGHT: Final = 0.06
_PAINT: Final = {"stayed": STAYED, "up": ROSE, "down": FELL, "entered": CAME, "left": WENT}
_CLEAR: Final = {"stayed": 0.45, "up": 0.75, "down": 0.75, "entered": 0.55, "left": 0.6}
_APART: Final = 0.3


def migration_flow(migration: Migration, *, ax: Axes | None = None, locale: str = "en") -> Axes:
    """Customers by tier at two reviews, with ribbons of who moved: a Sankey diagram.

    Tiers stand one above the other, the highest on top; below them states outside, and who came
    or left. A ribbon has the colour of its direction.

    Args:
        migration: From ``tiering.migration``.
        ax: Axes to draw on; without them, new ones.
        locale: ``en`` or ``zh``.

    Raises:
        ConfigError: There is no such locale, or it is no migration.
        MissingDependencyError: matplotlib is not installed.

    >>> import custseg as cs
    >>> rows = [{"tier_previous": "low", "tier": "high"}, {"tier_previous": "high", "tier": "high"}]
    >>> ax = migration_flow(cs.tiering.migration(rows))
    >>> [text.get_text() for text in ax.get_legend().get_texts()]
    ['stayed 1', 'moved up 1']
    """
    _check(migration)
    canvas = Canvas.of(ax, locale, _SIZE)
    _Flow.of(migration).draw(canvas)
    canvas.titled(canvas.word("migration.title"), canvas.word("migration.note"), above=24.0)
    return canvas.done()


@attrs.frozen(eq=False)
class _Flow:
    """Places from the ground up: who came or left, states outside, tiers.

    Attributes:
        words: The state of each place; the first is nowhere.
        tiers: How many of them are tiers: the last ones.
        moves: Customers from x to.
    """

    words: tuple[str, ...]
    tiers: int
    moves: Ints

    @classmethod
    def of(cls, migration: Migration) -> "_Flow":
        many = len(migration.tiers)
        outside = range(many + 1, len(migration.moves))
        order = [0, *outside, *range(1, many + 1)]
        moves = migration.moves[np.ix_(order, order)]
        moves[0, 0] = 0
        return cls(("", *migration.outside, *migration.tiers), many, moves)

    def draw(self, canvas: Canvas) -> None:
        told = self._ribbons(canvas)
        top = max(float(self.moves.sum()), 1.0)
        for side, at in enumerate((0.0, 1.0)):
            self._column(canvas, side, at)
        canvas.plain(rules=False)
        ends: Style = {"xlim": (-_WIDE, 1 + _WIDE), "ylim": (0.0, top), "yticks": []}
        canvas.ax.set(**ends)
        sides = (canvas.word("migration.previous"), canvas.word("migration.current"))
        canvas.ax.set_xticks((0, 1), sides)
        handles = optional("matplotlib.patches").Patch
        shown = [
            handles(color=_PAINT[kind], label=f"{label(f'migration.{kind}', canvas.locale)} {n:,}")
            for kind, n in told.items()
            if n
        ]
        style: Style = {"frameon": False, "fontsize": 9.5, "ncols": 5, "handlelength": 1.0}
        style |= {"loc": "lower left", "bbox_to_anchor": (-0.01, 1.0), "borderaxespad": 0.2}
        canvas.ax.legend(handles=shown, labelcolor=canvas.ink.strong, **style, columnspacing=1.4)

    def _ribbons(self, canvas: Canvas) -> dict[str, int]:
        patch = optional("matplotlib.patches").PathPatch
        framed = np.pad(self.moves, ((1, 0), (1, 0)))[None]  # place 0 has no column
        told = dict.fromkeys(_PAINT, 0)
        for ribbon in ribbons(framed):
            kind = self._kind(ribbon.source, ribbon.target)
            if kind:
                told[kind] += int(ribbon.high[0] - ribbon.low[0])
            style: Style = {"facecolor": _PAINT.get(kind, WENT), "linewidth": 0}
            style["alpha"] = _CLEAR.get(kind, _APART)
            drawn = patch(ribbon.outline(_WIDE, 1 - _WIDE), **style, zorder=1 + (kind != "stayed"))
            canvas.ax.add_patch(drawn)
        return told

    def _kind(self, source: int, target: int) -> str:
        first = len(self.words) - self.tiers
        if source >= first and target >= first:
            return "stayed" if source == target else "up" if target > source else "down"
        if target >= first:
            return "entered"
        return "left" if source >= first else ""

    def _column(self, canvas: Canvas, side: int, at: float) -> None:
        sizes = self.moves.sum(axis=1 - side)
        there = np.flatnonzero(sizes)
        painted = self._painted(side)
        ground = (np.cumsum(sizes) - sizes)[there]
        colours = [painted[i] for i in there.tolist()]
        style: Style = {"linewidth": 0, "zorder": 3, "color": colours}
        canvas.ax.bar(np.full(len(there), at), sizes[there], 2 * _WIDE, bottom=ground, **style)
        gap = _TIGHT * max(float(sizes.sum()), 1.0)
        whole = max(int(sizes[1:].sum()), 1)
        for i, place in zip(there.tolist(), apart(ground + sizes[there] / 2, gap), strict=True):
            share = f" ({percent(sizes[i] / whole)})" if i else ""
            said = f"{self._word(i, side, canvas.locale)}  {sizes[i]:,}{share}"
            put = {"ha": "right" if not side else "left", "va": "center", "fontsize": 9.5}
            off = (-8.0, 0.0) if not side else (8.0, 0.0)
            edge = (at - _WIDE, place) if not side else (at + _WIDE, place)
            put |= {"textcoords": "offset points", "annotation_clip": False}
            canvas.ax.annotate(said, edge, off, color=canvas.ink.strong, **put)

    def _painted(self, side: int) -> list[str]:
        tiers = self.words[len(self.words) - self.tiers :]
        outside = len(self.words) - self.tiers - 1
        return [CAME if not side else WENT, *[WENT] * outside, *ranked(tiers).values()]

    def _word(self, place: int, side: int, locale: str) -> str:
        if place:
            return label(self.words[place], locale)
        return label("migration.left" if side else "migration.entered", locale)


def migration_heatmap(migration: Migration, *, ax: Axes | None = None, locale: str = "en") -> Axes:
    """From each tier (a row) to each other (a column): the share of customers who moved.

    The last column is who left, the last row who came. Rows of fewer than 30 customers are
    framed: their shares are guesses.

    Args:
        migration: From ``tiering.migration``, or ``pooled`` of a series.
        ax: Axes to draw on; without them, new ones.
        locale: ``en`` or ``zh``.

    Raises:
        ConfigError: There is no such locale, or it is no migration.
        MissingDependencyError: matplotlib is not installed.

    >>> import custseg as cs
    >>> rows = [{"tier_previous": "low", "tier": "high"}, {"tier_previous": "high", "tier": "high"}]
    >>> ax = migration_heatmap(cs.tiering.migration(rows, tiers=("low", "high")))
    >>> [text.get_text() for text in ax.texts][:4]
    ['0*', '100 %*', '0*', '100 %*']
    """
    _check(migration)
    language = spoken(locale)
    counts = np.column_stack((migration.counts, migration.exits))
    counts = np.vstack((counts, np.append(migration.entries, 0)))
    sizes, names = counts.sum(axis=1), [label(state, language) for state in migration.states]
    columns, rows = _ends(names, counts, language)
    counts = counts[: len(rows), : len(columns)]
    sizes = sizes[: len(rows)]
    few = np.broadcast_to(((sizes > 0) & (sizes < FEW))[:, None], counts.shape)
    shares = ratio(counts, sizes[:, None])
    shares[len(names) :, len(names) :] = np.nan  # nobody comes and leaves at once
    heat = Heat(shares, few, rows, sizes.tolist(), columns, len(rows) > len(names))
    canvas = Canvas.of(ax, language, heat.size)
    heat.draw(canvas, over=canvas.word("matrix.over"), beside=canvas.word("customers"))
    note = canvas.word("migration.heat")
    if few.any():
        note = canvas.word("starred", note=note, star=canvas.word("matrix.few", few=FEW))
    heat.titled(canvas, canvas.word("migration.title"), note)
    return canvas.done()


def _check(given: object) -> None:
    if not isinstance(given, Migration):
        msg = f"must be a migration, such as pooled of a series, got {type(given).__name__}"
        raise ConfigError(msg, "migration")


def _ends(names: Sequence[str], counts: Ints, language: str) -> tuple[list[str], list[str]]:
    """Names of columns and rows; who left and who came only where there are any."""
    left = [label("migration.left", language)] if counts[:, -1].any() else []
    came = [label("migration.entered", language)] if counts[-1].any() else []
    return [*names, *left], [*names, *came]
