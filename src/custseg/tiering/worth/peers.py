"""Which peers is a customer seen beside, and how good are the best of them?"""

from typing import Any, Final, TypeVar, cast

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Codes, Columns, Floats, words
from custseg.errors import ConfigError, DataError, NotEnoughDataError
from custseg.tiering.settings import check_shares, is_number
from custseg.tiering.worth.frontier import Credit, PeerGroup, learnt
from custseg.tiering.worth.wallet import (
    PotentialModel,
    brought,
    check_columns,
    needs_of,
    sizes,
)

T = TypeVar("T")
_USUAL: Final = ("industry", "size_band")
_SIZE: Final = "employees"


@attrs.frozen
class Potential:
    """How to tell what a customer could bring: as much as the best of its peers, by its size.

    Peers are alike in some columns, such as industry and size band. The frontier of a group is a
    high quantile of what its customers bring (a unit of size, where a size is given). A group of
    ``n`` peers is believed by ``n / (n + shrink)``; the rest of the weight is with the coarser
    group: industry and size band, then industry, then everybody. Whoever is in no fine group, for
    a column is missing or its group was never seen, is in a coarser one; whose size is missing is
    seen beside peers without regard to size.

    The confidence is the mean of these weights over all rungs of the ladder, 0 for a rung that is
    not reached; being seen without regard to size is one more rung that is not reached.

    Attributes:
        current: The column of what a customer brings now.
        peers: The columns that make the groups, the coarsest first.
        scale: The column of its size, such as employees, beds or shops; ``None``: none.
        quantile: Which quantile of the peers is the frontier.
        shrink: Peers at which a group's own frontier and that of the coarser group count alike.
        bought: The column of its number of purchases; 0 is a prospect, who sets no frontier. A
            table may lack it.

    Raises:
        ConfigError: The quantile is not between 0 and 1, ``shrink`` is below 0, a column comes
            twice or is one that is given.

    Source: Perlich, Rosset, Lawrence & Zadrozny 2007, "High-quantile modeling for customer wallet
    estimation", KDD (the wallet as a high quantile, such as 0.9, of what peers spend). The weight
    n / (n + k): Bühlmann 1967, "Experience rating and credibility", ASTIN Bulletin 4; k = 30 is a
    house value: a group of 30 counts by half.

    >>> people = [{"trade": t, "staff": n, "revenue": 90 * n} for t in "ab" for n in (1, 2, 4)]
    >>> model = Potential(peers=("trade",), scale="staff").fit(people)
    >>> one = model.one({"trade": "a", "staff": 10, "revenue": 400})
    >>> one["potential"], one["headroom"], one["peer_group"], one["peers"]
    (900.0, 500.0, 'a', 3)
    """

    current: str = "revenue"
    peers: tuple[str, ...] = attrs.field(default=(), converter=words, kw_only=True)
    scale: str | None = attrs.field(default=None, kw_only=True)
    quantile: float = attrs.field(default=0.9, kw_only=True)
    shrink: float = attrs.field(default=30.0, kw_only=True)
    bought: str | None = attrs.field(default="frequency", kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Check the settings."""
        check_shares("quantile", (self.quantile,))
        if not (is_number(self.shrink) and 0 <= self.shrink < np.inf):
            msg = f"shrink must be a number of peers, 0 or more, got {self.shrink!r}"
            raise ConfigError(msg)
        named = [n for n in (self.current, *self.peers, self.scale, self.bought) if n is not None]
        if twice := sorted({name for name in named if named.count(name) > 1}):
            msg = f"{twice} are named twice; each column says one thing"
            raise ConfigError(msg)
        check_columns(named)

    def fit(self, data: object) -> PotentialModel:
        """Learn the frontiers.

        Args:
            data: One row a customer.

        Raises:
            MissingColumnError: A named column is missing.
            DataError: What a customer brings is infinite, or a column is not a number.
            NotEnoughDataError: Of nobody it is known what they bring.
        """
        table = frames.table(data)
        needs = needs_of(self.current, self.peers, self.scale, self.bought)
        if self.bought is not None and self.bought not in table.columns:
            del needs[self.bought]
        cols = table.select(needs).read(needs)
        current = self._known(cols)
        with np.errstate(over="ignore"):
            rate = current / sizes(cols, self.scale, len(current))
        return PotentialModel(
            current=self.current,
            peers=self.peers,
            scale=self.scale,
            bought=self.bought,
            scaled=self._learnt(rate, cols, 0),
            plain=self._learnt(current, cols, int(self.scale is not None)),
        )

    def _known(self, cols: Columns) -> Floats:
        values = cast("Floats", cols[self.current])
        if infinite := int(np.isinf(values).sum()):
            msg = f"{infinite} of {len(values)} values are infinite; make them missing first"
            raise DataError(msg, self.current)
        current = brought(cols, self.current, self.bought)
        if np.isnan(current).all():
            msg = (
                f"of none of {len(current)} rows it is known what they bring ({self.current!r}); "
                "fit on customers who have bought"
            )
            raise NotEnoughDataError(msg)
        return current

    def _learnt(self, values: Floats, cols: Columns, lost: int) -> tuple[PeerGroup, ...]:
        """The groups, from the customers whose value is known."""
        known = np.isfinite(values)
        peers = [cast("Codes", cols[name]) for name in self.peers]
        among = [attrs.evolve(codes, at=codes.at[known]) for codes in peers]
        rungs = 1 + len(peers) + lost
        credit = Credit(quantile=self.quantile, shrink=self.shrink, rungs=rungs)
        return learnt(values[known], among, credit)


def potential(
    data: T,
    *,
    current: str = "revenue",
    peers: tuple[str, ...] | None = None,
    scale: str | None = None,
    quantile: float = 0.9,
) -> T:
    """Tell what each customer could bring, and how far it is from that.

    Args:
        data: One row a customer: records or a frame.
        current: The column of what a customer brings now.
        peers: The columns that make the groups of peers, the coarsest first; by default those of
            ``industry`` and ``size_band`` that there are.
        scale: The column of its size; by default ``employees``, where it is there.
        quantile: Which quantile of the peers is the frontier.

    Returns:
        The same kind of table with ``potential``, ``headroom``, ``share_of_wallet``,
        ``potential_confidence``, ``peer_group`` and ``peers`` added.

    Raises:
        MissingColumnError: A named column is missing.

    >>> rows = [{"industry": "retail", "revenue": 10 * i} for i in range(11)]
    >>> one = potential(rows)[2]
    >>> one["potential"], one["headroom"], one["peer_group"]
    (90.0, 70.0, 'retail')
    """
    opened: Any = frames.table(data)
    found = tuple(name for name in _USUAL if name in opened.columns) if peers is None else peers
    size = _SIZE if scale is None and _SIZE in opened.columns else scale
    spec = Potential(current, peers=found, scale=size, quantile=quantile)
    return cast("T", spec.fit(opened).apply(opened))
