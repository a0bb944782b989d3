"""Drawings in SVG: who moved from which class to which, and how much the richest hold."""

from collections.abc import Iterator, Mapping
from html import escape
from typing import Final

import attrs

from custseg._typing import Floats
from custseg.report.figures import count
from custseg.report.grids import painted

_WIDE, _SIDE, _BAR, _TALL, _LEAST, _GAP = 420, 104, 10, 210, 30, 8
_EDGE: Final = 18  # room for the line of heads
_CURVE, _LEFT, _FOOT, _TOP, _RIGHT = 230, 47, 42, 24, 20


@attrs.frozen
class Node:
    """A class on one side of a picture of flows.

    Attributes:
        code: Its code, which says the colour.
        name: What people call it.
        size: Customers.
    """

    code: str
    name: str
    size: int


@attrs.frozen
class _Placed:
    """A node where it stands.

    Attributes:
        node: The node.
        top: Where its bar begins.
        high: How high the bar is.
    """

    node: Node
    top: float
    high: float


def ribbons(
    before: tuple[Node, ...],
    now: tuple[Node, ...],
    moves: Mapping[tuple[str, str], int],
    heads: tuple[str, str],
    *,
    said: str,
) -> str:
    """Customers who flow from the classes at the left to those at the right.

    Args:
        before: Classes at the left, from the top.
        now: Classes at the right.
        moves: Customers by the codes of both sides.
        heads: What the sides are.
        said: The picture in words.
    """
    whole = max(sum(node.size for node in before), sum(node.size for node in now), 1)
    scale = _TALL / whole
    left, right = _stand(before, scale), _stand(now, scale)
    high = max(_end(left), _end(right)) + 4
    drawn = [
        *_bands(left, right, moves, scale),
        *_column(left, at_left=True),
        *_column(right, at_left=False),
        _words(_SIDE - 6, 11, "end", heads[0], "faint"),
        _words(_WIDE - _SIDE + 6, 11, "start", heads[1], "faint"),
    ]
    return _svg(_WIDE, high, drawn, said)


def _svg(wide: float, high: float, drawn: list[str], said: str) -> str:
    return (
        f'<svg viewBox="0 0 {wide} {high:.0f}" role="img" '
        f'aria-label="{escape(said, quote=True)}">{"".join(drawn)}</svg>'
    )


def _words(x: float, y: float, anchor: str, text: str, kind: str = "") -> str:
    named = f' class="{kind}"' if kind else ""
    return f'<text x="{x:.0f}" y="{y:.1f}" text-anchor="{anchor}"{named}>{escape(text)}</text>'


def _stand(nodes: tuple[Node, ...], scale: float) -> dict[str, _Placed]:
    """Nodes below one another, each with room for its two lines of words."""
    found: dict[str, _Placed] = {}
    top = float(_EDGE)
    for node in nodes:
        high = max(node.size * scale, 1.0)
        room = max(high, float(_LEAST))
        found[node.code] = _Placed(node, top + (room - high) / 2, high)
        top += room + _GAP
    return found


def _end(placed: Mapping[str, _Placed]) -> float:
    return max((p.top + max(p.high, (p.high + _LEAST) / 2) for p in placed.values()), default=0.0)


def _column(placed: Mapping[str, _Placed], *, at_left: bool) -> Iterator[str]:
    x = _SIDE if at_left else _WIDE - _SIDE - _BAR
    word, anchor = (_SIDE - 6, "end") if at_left else (_WIDE - _SIDE + 6, "start")
    for p in placed.values():
        middle = p.top + p.high / 2
        yield (
            f'<rect class="{painted(p.node.code)}" x="{x}" y="{p.top:.1f}" width="{_BAR}" '
            f'height="{p.high:.1f}" rx="1.5"/>'
        )
        yield _words(word, middle - 2, anchor, p.node.name)
        yield _words(word, middle + 12, anchor, count(p.node.size), "faint")


def _bands(
    left: Mapping[str, _Placed],
    right: Mapping[str, _Placed],
    moves: Mapping[tuple[str, str], int],
    scale: float,
) -> Iterator[str]:
    x, z = _SIDE + _BAR, _WIDE - _SIDE - _BAR
    middle = (x + z) / 2
    start = {code: p.top for code, p in left.items()}
    stop = {code: p.top for code, p in right.items()}
    for a in left:
        for b in right:
            number = moves.get((a, b), 0)
            if not number:
                continue
            wide = max(number * scale, 0.6)
            y, v = start[a], stop[b]
            start[a], stop[b] = y + number * scale, v + number * scale
            kind = "stay" if a == b else "move"
            yield (
                f'<path class="{painted(a)} {kind}" d="M{x} {y:.1f}C{middle} {y:.1f} {middle} '
                f"{v:.1f} {z} {v:.1f}V{v + wide:.1f}C{middle} {v + wide:.1f} {middle} "
                f'{y + wide:.1f} {x} {y + wide:.1f}Z"><title>'
                f"{escape(left[a].node.name)} → {escape(right[b].node.name)}: {count(number)}"
                "</title></path>"
            )


def curve(
    people: Floats, money: Floats, told: tuple[float, float], *, said: tuple[str, ...]
) -> str:
    """The share of the money that the richest hold, from the richest to the poorest.

    Args:
        people: Shares of the customers, from 0 to 1.
        money: Share of the money that so many hold.
        told: The point to mark: share of the customers and of the money.
        said: The picture in words, the words of the axes, and those at the point.
    """
    whole, across, up, there = said
    high = _CURVE + _TOP + _FOOT
    wide = _CURVE * 4 // 3
    x, y = _LEFT + told[0] * wide, _TOP + (1 - told[1]) * _CURVE
    line = " ".join(
        f"{_LEFT + a * wide:.1f},{_TOP + (1 - b) * _CURVE:.1f}"
        for a, b in zip(people.tolist(), money.tolist(), strict=True)
    )
    floor = _TOP + _CURVE
    drawn = [
        *_ruled(wide),
        f'<path class="area" d="M{_LEFT} {floor} L{line} V{floor}Z"/>',
        f'<path class="even" d="M{_LEFT} {floor}L{_LEFT + wide} {_TOP}"/>',
        f'<polyline class="line" points="{line}"/>',
        f'<path class="even" d="M{x:.1f} {floor}V{y:.1f}H{_LEFT}"/>',
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.5"/>',
        _words(x + 10, y + 18, "start", there, "strong"),
        _words(_LEFT + wide, floor + 36, "end", across, "faint"),
        _words(_LEFT - 6, _TOP - 10, "start", up, "faint"),
    ]
    return _svg(_LEFT + wide + _RIGHT, high, drawn, whole)


def _ruled(wide: float) -> Iterator[str]:
    """Lines at each quarter, with their shares."""
    for quarter in range(5):
        y = _TOP + _CURVE * (4 - quarter) / 4
        x = _LEFT + wide * quarter / 4
        yield f'<path class="rule" d="M{_LEFT} {y:.1f}H{_LEFT + wide}"/>'
        if quarter:
            yield _words(_LEFT - 6, y + 4, "end", f"{25 * quarter}%", "faint")
        yield _words(
            x, _TOP + _CURVE + 15, "middle" if quarter else "start", f"{25 * quarter}%", "faint"
        )
