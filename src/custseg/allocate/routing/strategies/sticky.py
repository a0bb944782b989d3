"""The same customer always to the same representative, without any memory: a weighted hash."""

from collections.abc import Collection
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from custseg._typing import Floats, Needs
from custseg.allocate.routing.desk.desk import RoutingDesk
from custseg.allocate.routing.strategies.turns import weights
from custseg.allocate.solving.drawing import drawn, keys
from custseg.reasons import Reason


@attrs.frozen
class StickyHash:
    """Each customer to one representative by a hash of both ids, in proportion to weights.

    Nothing is stored. It draws as ``Hash`` does: with the same ids and weights, a lead goes to whom
    a plan by ``Hash`` gave its customer, where nobody was full. When somebody leaves, only that
    one's customers go elsewhere; when somebody comes, customers move to nobody but the newcomer.

    Attributes:
        by: The column of the leads that must stay together, such as an account; a lead without
            one, or no column: the lead's own id.
        weight: A column of the representatives; ``None``: all alike.

    Source:
        Rendezvous hashing: Thaler and Ravishankar (1998); weights by -ln(u) / w.

    >>> from custseg.allocate import Router
    >>> router, team = Router(StickyHash(by="account")), [{"rep_id": r} for r in "abcd"]
    >>> leads = [{"lead_id": i, "account": a} for i, a in enumerate(("X", "Y", "X", "X"))]
    >>> owners = [row["owner"] for row in router.route_all(leads, team, at="2026-06-30").table]
    >>> owners[0] == owners[2] == owners[3]
    True
    """

    by: str | None = None
    weight: str | None = attrs.field(default=None, kw_only=True)

    @property
    def reason(self) -> Reason:
        """The hash."""
        return Reason("sticky_hash", {} if self.by is None else {"column": self.by})

    @property
    def lead_needs(self) -> Needs:
        """What keeps leads together."""
        return {} if self.by is None else {self.by: "text"}

    def rep_needs(self, there: Collection[str]) -> Needs:  # noqa: ARG002 - the same for every table
        """The weight, if there is one."""
        return {} if self.weight is None else {self.weight: "number"}

    def levels(self, desk: RoutingDesk) -> Floats:
        """What each draws by its weight, the least first.

        Args:
            desk: The lead and the team.
        """
        key = desk.lead.word(self.by) if self.by is not None else None
        cost: Floats = drawn(keys([desk.lead.given if key is None else key]), _keys(desk))[0]
        if self.weight is None:
            return cost
        weight = weights(desk, self.weight)
        return np.where(weight > 0, cost / np.where(weight > 0, weight, 1.0), np.nan)


def _keys(desk: RoutingDesk) -> NDArray[np.uint64]:
    kept: Any = desk.team.known.get("hashes")
    if kept is None:
        kept = keys(desk.team.ids)
        desk.team.keep("hashes", kept)
    found: NDArray[np.uint64] = kept
    return found
