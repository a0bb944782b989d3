"""Moves as a Sankey diagram: nodes, and links between them, as drawing libraries take them."""

import attrs
import numpy as np

from custseg._typing import Ints
from custseg.frames import UNITS
from custseg.labels import label
from custseg.showing import Shown
from custseg.tiering.moves.bridge import Worth


@attrs.frozen
class SankeyNode:
    """A state at one of two reviews.

    Attributes:
        state: Its word; ``entered`` before, and ``left`` after, for who is in none on that side.
        side: ``previous`` or ``current``.
        customers: How many are in it.
        worth: What those in a tier are worth at that review; ``None`` where it was not asked for.

    >>> SankeyNode("low", "previous", 12, None).name
    'previous:low'
    """

    state: str
    side: str
    customers: int
    worth: float | None

    @property
    def name(self) -> str:
        """A name that no other node of the diagram has."""
        return f"{self.side}:{self.state}"


@attrs.frozen
class SankeyLink:
    """Customers who go from one node to another.

    Attributes:
        source: Place of the node they leave.
        target: Place of the node they get to.
        customers: How many.
        worth_before: What they were worth in a tier before; ``None`` where it was not asked for.
        worth_after: What they are worth in a tier now.

    >>> SankeyLink(0, 1, 12, 250.0, 300.0).customers
    12
    """

    source: int
    target: int
    customers: int
    worth_before: float | None
    worth_after: float | None


@attrs.frozen
class Sankey(Shown):
    """Nodes and links; nodes without customers are left out.

    Attributes:
        nodes: States before, lowest tier first, then those of now.
        links: Who goes from which to which.

    >>> from custseg.tiering import migration
    >>> migration([{"tier_previous": "low", "tier": "high"}]).sankey.links
    (SankeyLink(source=0, target=1, customers=1, worth_before=None, worth_after=None),)
    """

    nodes: tuple[SankeyNode, ...]
    links: tuple[SankeyLink, ...]

    def as_dict(self, locale: str = "en") -> dict[str, object]:
        """As D3, ECharts and Plotly take it: ``value`` is how broad a link is, in customers.

        Args:
            locale: The language of the ``label`` of nodes.
        """
        nodes = [{"name": node.name, "label": _said(node, locale)} for node in self.nodes]
        return {
            "nodes": [
                {**named, "customers": node.customers, "worth": node.worth}
                for named, node in zip(nodes, self.nodes, strict=True)
            ],
            "links": [{**attrs.asdict(link), "value": link.customers} for link in self.links],
        }


def _said(node: SankeyNode, locale: str) -> str:
    own = node.state in {"entered", "left"}
    return label(f"migration.{node.state}" if own else node.state, locale)


def diagram(states: tuple[str, ...], moves: Ints, worth: Worth | None) -> Sankey:
    """The diagram of moves.

    Args:
        states: The states; in ``moves`` they have the places from 1.
        moves: Customers, from x to; place 0 is who was in no state.
        worth: What they are worth, the same way.

    >>> diagram(("low",), np.array([[0, 2], [1, 5]]), None).links[0].customers
    5
    """
    shown = moves.copy()
    shown[0, 0] = 0
    order = [*range(1, len(shown)), 0]
    before = [i for i in order if shown[i].any()]
    now = [j for j in order if shown[:, j].any()]
    money = (None, None) if worth is None else (worth.before, worth.after)
    nodes = (
        *_nodes((*states, "entered"), before, shown, money[0], "previous"),
        *_nodes(
            (*states, "left"), now, shown.T, None if worth is None else worth.after.T, "current"
        ),
    )
    links = tuple(
        SankeyLink(a, len(before) + b, int(shown[i, j]), *(_money(m, (i, j)) for m in money))
        for a, i in enumerate(before)
        for b, j in enumerate(now)
        if shown[i, j]
    )
    return Sankey(nodes, links)


def _nodes(
    words: tuple[str, ...], places: list[int], moves: Ints, worth: Ints | None, side: str
) -> list[SankeyNode]:
    """Words stand for the places from 1; the last of them is for place 0."""
    sums = None if worth is None else np.asarray(worth.sum(axis=1))
    return [SankeyNode(words[i - 1], side, int(moves[i].sum()), _money(sums, (i,))) for i in places]


def _money(units: Ints | None, cell: tuple[int, ...]) -> float | None:
    return None if units is None else float(units[cell]) / UNITS
