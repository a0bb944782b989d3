"""Who hands customers to whom, as ribbons from giver to taker."""

from collections.abc import Mapping
from typing import Any, Final

import attrs
import numpy as np

from custseg._typing import Ints
from custseg.allocate import PlanChange, Rebalance
from custseg.frames import optional
from custseg.plot.canvas import Axes, Canvas, Style
from custseg.plot.palette import CAME, FELL, STAYED
from custseg.plot.ribbons import apart, ribbons

_SIZE: Final = (8.5, 5.2)
_WIDE: Final = 0.03
_TIGHT: Final = 0.055
_MOST: Final = 12
_CLEAR: Final = 0.75


def owner_flows(
    change: PlanChange | Rebalance[Any] | Mapping[tuple[Any, Any], int],
    *,
    ax: Axes | None = None,
    locale: str = "en",
) -> Axes:
    """Customers who change hands: givers at the left, takers at the right.

    Beyond twelve givers or takers the smaller ones stand together. Ribbons from nobody and to
    nobody have colours of their own.

    Args:
        change: From ``compare_plans`` or ``rebalance``, or (from, to) -> customers, ``None`` for
            nobody.
        ax: Axes to draw on; without them, new ones.
        locale: ``en`` or ``zh``.

    Raises:
        ConfigError: There is no such locale.
        MissingDependencyError: matplotlib is not installed.

    >>> ax = owner_flows({("R1", "R2"): 3, ("R1", None): 1})
    >>> sorted(text.get_text() for text in ax.texts)[1:]
    ['R1  4', 'R2  3', 'nobody  1']
    """
    flows = _flows(change)
    canvas = Canvas.of(ax, locale, _SIZE)
    _Handovers.of(flows).draw(canvas)
    note = canvas.word("handovers.note", moved=sum(flows.values()))
    canvas.titled(canvas.word("handovers.title"), note)
    return canvas.done()


def _flows(
    change: PlanChange | Rebalance[Any] | Mapping[tuple[Any, Any], int],
) -> Mapping[tuple[Any, Any], int]:
    if isinstance(change, PlanChange):
        return change.flows
    if isinstance(change, Rebalance):
        return {(flow.before, flow.after): flow.count for flow in change.flows}
    return change


@attrs.frozen
class _End:
    """One giver or taker: somebody, nobody, or all the smaller ones."""

    who: Any = None
    others: bool = False


@attrs.frozen(eq=False)
class _Handovers:
    """Givers and takers from the ground up; customers from x to."""

    givers: tuple[_End, ...]
    takers: tuple[_End, ...]
    moves: Ints

    @classmethod
    def of(cls, flows: Mapping[tuple[Any, Any], int]) -> "_Handovers":
        givers, takers = (_ends(flows, side) for side in (0, 1))
        moves = np.zeros((len(givers), len(takers)), dtype=np.int64)
        for (giver, taker), count in flows.items():
            moves[_place(givers, giver), _place(takers, taker)] += count
        return cls(givers, takers, moves)

    def draw(self, canvas: Canvas) -> None:
        size = max(len(self.givers), len(self.takers)) + 1
        framed = np.zeros((1, size, size), dtype=np.int64)
        framed[0, 1 : len(self.givers) + 1, 1 : len(self.takers) + 1] = self.moves
        patch = optional("matplotlib.patches").PathPatch
        for ribbon in ribbons(framed):
            style: Style = {"alpha": _CLEAR, "linewidth": 0}
            style["facecolor"] = _paint(self.givers[ribbon.source], self.takers[ribbon.target])
            canvas.ax.add_patch(patch(ribbon.outline(_WIDE, 1 - _WIDE), **style))
        _column(canvas, self.givers, self.moves.sum(axis=1), left=True)
        _column(canvas, self.takers, self.moves.sum(axis=0), left=False)
        canvas.plain(rules=False)
        top = max(float(self.moves.sum()), 1.0)
        canvas.ax.set(xlim=(-_WIDE, 1 + _WIDE), ylim=(0.0, top), yticks=[])
        canvas.ax.set_xticks((0, 1), [canvas.word(f"handovers.{w}") for w in ("gives", "takes")])


def _ends(flows: Mapping[tuple[Any, Any], int], side: int) -> tuple[_End, ...]:
    """Nobody lowest, then the rest together, then the largest, in the order of their names."""
    sizes: dict[Any, int] = {}
    for way, count in flows.items():
        sizes[way[side]] = sizes.get(way[side], 0) + count
    nobody = [_End()] if sizes.pop(None, 0) else []
    order = sorted(sizes, key=lambda who: (-sizes[who], str(who)))
    rest = [_End(others=True)] if len(order) > _MOST else []
    shown = sorted(order[:_MOST], key=str, reverse=True)
    return (*nobody, *rest, *(_End(who) for who in shown))


def _place(ends: tuple[_End, ...], who: Any) -> int:  # noqa: ANN401 - an id of any type
    sought = _End(who)
    return ends.index(sought if sought in ends else _End(others=True))


def _paint(giver: _End, taker: _End) -> str:
    nobody = _End()
    return FELL if taker == nobody else CAME if giver == nobody else STAYED


def _column(canvas: Canvas, ends: tuple[_End, ...], sizes: Ints, *, left: bool) -> None:
    at, ground = (0.0 if left else 1.0), np.cumsum(sizes) - sizes
    style: Style = {"color": canvas.ink.faint, "zorder": 3}
    style |= {"linewidth": 1.5, "edgecolor": canvas.ink.paper}
    canvas.ax.bar(np.full(len(ends), at), sizes, 2 * _WIDE, bottom=ground, **style)
    gap = _TIGHT * max(float(sizes.sum()), 1.0)
    side = -1.0 if left else 1.0
    told: Style = {"ha": "right" if left else "left", "va": "center", "fontsize": 9.5}
    told |= {"textcoords": "offset points", "annotation_clip": False, "color": canvas.ink.strong}
    for end, size, place in zip(ends, sizes.tolist(), apart(ground + sizes / 2, gap), strict=True):
        edge = (at + side * _WIDE, place)
        canvas.ax.annotate(f"{_name(canvas, end)}  {size:,}", edge, (8.0 * side, 0.0), **told)


def _name(canvas: Canvas, end: _End) -> str:
    if end.others:
        return canvas.word("handovers.others")
    return canvas.word("handovers.nobody") if end.who is None else str(end.who)
