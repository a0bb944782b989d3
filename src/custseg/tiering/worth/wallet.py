"""What could this customer bring, seen beside its peers?"""

from collections.abc import Iterable, Mapping
from functools import cached_property
from math import inf, isfinite, isnan, nan
from typing import Any, ClassVar, Final, cast

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Bools, Codes, Columns, Floats, Gives, Kind, Needs, Record, words
from custseg.errors import ConfigError, NotEnoughDataError
from custseg.frames.scalar import reader
from custseg.model import RowModel, Scalar
from custseg.reasons import Explanation, Reason
from custseg.tiering.worth.frontier import PeerGroup
from custseg.tiering.worth.ladder import Rungs, Told

_MONEY: Final = ("potential", "headroom", "share_of_wallet")
_PEERS: Final = ("potential_confidence", "peer_group", "peers")


def _groups(given: Iterable[PeerGroup]) -> tuple[PeerGroup, ...]:
    return tuple(given)


@attrs.frozen(kw_only=True)
class PotentialModel(RowModel):
    """Frontiers of groups of peers, ready to apply.

    Adds

    - ``potential``: what the best of its peers would bring in its place; never below what it
      brings itself, and never below 0;
    - ``headroom``: potential less what it brings;
    - ``share_of_wallet``: what it brings as a share of its potential, 0 to 1;
    - ``potential_confidence``: how well the frontier is backed by peers, 0 to 1;
    - ``peer_group`` and ``peers``: the group that was used, and how many customers it was learnt
      from.

    Who has bought nothing, or of whom it is not known what they bring, gets a potential, but no
    headroom and no share.

    Attributes:
        current: The column of what a customer brings now.
        peers: The columns that make the groups, the coarsest first.
        scale: The column of its size.
        bought: The column of its number of purchases; 0 is a prospect. A table may lack it.
        scaled: Groups with the frontier of a unit of size.
        plain: Groups with the frontier of a whole customer, for those of unknown size.

    Raises:
        ConfigError: A column is read and given at once, or a coarser group is lacking.

    >>> model = PotentialModel(current="revenue", plain=(PeerGroup((), 50, 900.0, 0.6),))
    >>> model.one({"revenue": 300})["headroom"], model.one({"revenue": 1200})["potential"]
    (600.0, 1200.0)
    """

    schema_version: ClassVar[int] = 1

    current: str
    peers: tuple[str, ...] = attrs.field(default=(), converter=words)
    scale: str | None = None
    bought: str | None = "frequency"
    scaled: tuple[PeerGroup, ...] = attrs.field(default=(), converter=_groups)
    plain: tuple[PeerGroup, ...] = attrs.field(converter=_groups)

    def __attrs_post_init__(self) -> None:
        """Check the columns and the ladders."""
        check_columns(self.needs)
        for name, groups in (("scaled", self.scaled), ("plain", self.plain)):
            paths = {group.path for group in groups}
            wanted: set[tuple[str, ...]] = {path[:-1] for path in paths}
            if lost := (wanted | {()} if name == "plain" else wanted) - paths:
                msg = f"{name} lacks {len(lost)} coarser groups, such as that of everybody"
                raise ConfigError(msg)
            if not all(isfinite(group.frontier) for group in groups):
                msg = f"the frontiers of {name} must be finite numbers"
                raise ConfigError(msg)

    @property
    def needs(self) -> Needs:
        """The columns that are read."""
        return needs_of(self.current, self.peers, self.scale, self.bought)

    @property
    def optional(self) -> frozenset[str]:
        """Who is a prospect may be left open."""
        return frozenset() if self.bought is None else frozenset({self.bought})

    @property
    def gives(self) -> Mapping[str, Gives]:
        """The columns that are added."""
        kinds: tuple[Gives, ...] = ("number", "number", "number", "number", "text", "integer")
        return dict(zip((*_MONEY, *_PEERS), kinds, strict=True))

    @cached_property
    def _ladders(self) -> tuple[Rungs, Rungs]:
        return Rungs.of(self.scaled), Rungs.of(self.plain)

    @cached_property
    def _told(self) -> Told:
        return Told(tuple(group for rungs in self._ladders for group in rungs.groups))

    def kernel(self, cols: Columns) -> Columns:
        """Climb the ladder, then compare."""
        current = brought(cols, self.current, self.bought)
        potential, at = self._frontier(cols, len(current))
        potential = np.fmax(np.maximum(potential, 0.0), current)
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            share = np.maximum(current, 0.0) / potential
            headroom = potential - current
        money = zip(_MONEY, (potential, headroom, share), strict=True)
        numbers = {name: np.where(np.isfinite(x), x, np.nan) for name, x in money}
        return {**numbers, **self._told.columns(at)}

    def frontier(self, cols: Columns) -> Floats:
        """What the best of its peers bring, whatever a customer brings itself.

        Args:
            cols: The columns that are read.
        """
        return self._frontier(cols, len(cast("Floats", cols[self.current])))[0]

    def _frontier(self, cols: Columns, size: int) -> tuple[Floats, Any]:
        """What the best peers bring, and the place of their group."""
        peers = [cast("Codes", cols[name]) for name in self.peers]
        (per_unit, plain), unit = self._ladders, sizes(cols, self.scale, size)
        fine, whole = per_unit.places(peers, size), plain.places(peers, size)
        with np.errstate(over="ignore"):
            by_size = per_unit.frontiers[fine] * unit
        fits = np.isfinite(by_size)
        at = np.where(fits, fine, whole + len(per_unit.groups))
        return np.where(fits, by_size, plain.frontiers[whole]), at

    def shortcut(self) -> Scalar:
        """The same of one record, by numbers alone."""
        read, spare = reader(self.needs), dict.fromkeys(self.optional)

        def run(record: Mapping[str, Any]) -> dict[str, Any]:
            return self._single(read({**spare, **record}))

        return run

    def _single(self, row: Mapping[str, Any]) -> dict[str, Any]:
        current = row[self.current]
        if not isfinite(current) or (self.bought is not None and row[self.bought] == 0):
            current = nan
        frontier, group = self._beside(row)
        potential = max(frontier, 0.0, -inf if isnan(current) else current)
        known = not isnan(current)
        return {
            "potential": potential,
            "headroom": _finite(potential - current) if known else None,
            "share_of_wallet": max(current, 0.0) / potential if known and potential else None,
            "potential_confidence": group.confidence,
            "peer_group": group.name,
            "peers": group.peers,
        }

    def _beside(self, row: Mapping[str, Any]) -> tuple[float, PeerGroup]:
        (per_unit, plain), peers = self._ladders, [row[name] for name in self.peers]
        unit = 0.0 if self.scale is None else row[self.scale]
        if isfinite(unit) and unit > 0 and self.scaled:
            group = per_unit.one(peers)
            if isfinite(by_size := group.frontier * unit):
                return by_size, group
        group = plain.one(peers)
        return group.frontier, group

    def explain(self, record: Record) -> Explanation:
        """Beside whom the customer is seen.

        Args:
            record: One customer, with the columns that are read.

        Returns:
            The group of peers; what the customer brings and could bring is shown only with
            ``values=True``.

        >>> model = PotentialModel(current="revenue", plain=(PeerGroup((), 50, 900.0, 0.6),))
        >>> why = model.explain({"revenue": 300})
        >>> print(why.text())
        peer group: all
          - seen beside 50 peers without regard to size, the best of whom bring 900
        >>> why.as_dict(values=True)["reasons"][0]["values"]["headroom"]
        600.0
        """
        out = self.one(record)
        row = reader(self.needs)({**dict.fromkeys(self.optional), **frames.as_mapping(record)})
        _, group = self._beside(row)
        settings: dict[str, object] = {"peers": group.peers, "frontier": group.frontier}
        code = "peers_of_all"
        if any(group is one for one in self.scaled):
            code, settings = "peers_of_size", {**settings, "scale": self.scale}
        held = {name: out[name] for name in (self.current, *_MONEY)}
        given = {name: out[name] for name in (*_PEERS[1:], _PEERS[0])}
        return Explanation("peer_group", given, (Reason(code, settings, held),))

    def coverage(self, data: object) -> float:
        """Share of customers who bring no more than the frontier of their peers.

        Near the quantile of the fit, the frontier holds; far from it, learn it again.

        Args:
            data: Customers, such as those of a later period.

        Raises:
            NotEnoughDataError: Of nobody it is known what they bring.

        >>> model = PotentialModel(current="revenue", plain=(PeerGroup((), 50, 900.0, 0.6),))
        >>> model.coverage([{"revenue": v} for v in (100, 500, 900, 1300)])
        0.75
        """
        table = frames.table(data)
        needs: dict[str, Kind] = {**self.needs}
        for name in self.optional - {*table.columns}:
            del needs[name]
        cols = table.read(needs)
        current = brought(cols, self.current, self.bought)
        known = ~np.isnan(current)
        if not known.any():
            msg = f"no customer's {self.current!r} is known, so nothing is covered"
            raise NotEnoughDataError(msg)
        return float(np.mean((current <= self.frontier(cols))[known]))


def needs_of(
    current: str, peers: Iterable[str], scale: str | None, bought: str | None
) -> dict[str, Kind]:
    """The columns that a potential reads, and as what."""
    texts: dict[str, Kind] = dict.fromkeys(peers, "text")
    numbers = [name for name in (current, scale, bought) if name is not None]
    return {**texts, **dict.fromkeys(numbers, "number")}


def check_columns(needs: Iterable[str]) -> None:
    """Refuse to read what is given.

    Raises:
        ConfigError: A column is read and given at once.
    """
    if twice := sorted({*needs} & {*_MONEY, *_PEERS}):
        msg = (
            f"{twice} would be read and written at once; give the columns that are read other names"
        )
        raise ConfigError(msg)


def brought(cols: Columns, current: str, bought: str | None) -> Floats:
    """What each customer brings; NaN of prospects and where it is not known."""
    values = cast("Floats", cols[current])
    known: Bools = np.isfinite(values)
    if bought is not None and bought in cols:
        known &= cast("Floats", cols[bought]) != 0
    return np.where(known, values, np.nan)


def sizes(cols: Columns, scale: str | None, size: int) -> Floats:
    """The size of each customer; NaN where it is not known or nothing."""
    if scale is None:
        return np.full(size, np.nan)
    units = cast("Floats", cols[scale])
    return np.where((units > 0) & np.isfinite(units), units, np.nan)


def _finite(value: float) -> float | None:
    return value if isfinite(value) else None
