"""The decisions of a book: the rule of each customer, and whom it means on the day."""

from collections.abc import Sequence
from functools import cached_property

import attrs
import numpy as np

from custseg._typing import Bools, Columns, Index
from custseg.allocate.ruling.deciding.force import InForce
from custseg.allocate.ruling.deciding.reach import Sharing, Staff
from custseg.allocate.ruling.ruled import Ruled
from custseg.allocate.ruling.saying.targets import Same
from custseg.allocate.ruling.tabling.grid import Joint
from custseg.allocate.ruling.tabling.table import Chosen


@attrs.frozen(eq=False)
class Deciding:
    """What decisions are made of.

    Attributes:
        force: The rules in force.
        staff: The representatives.
        away: Who of them is on leave.
    """

    force: InForce
    staff: Staff
    away: Bools

    def ruled(self, chosen: Chosen, customers: Columns) -> Ruled:
        """The decision of each customer.

        Args:
            chosen: The rules that hold of each.
            customers: Their columns.
        """
        same = tuple(dict.fromkeys(each for rule in self.force.rules for each in rule.to.same))
        shared = {each: self.staff.sharing(each, customers) for each in same}
        joint = _decisions(chosen, self._wanted(chosen.sets, same), shared)
        at, cells = joint.at, joint.cells
        open_ = np.zeros((len(cells), self.staff.size), dtype=np.bool_)
        for rule in range(len(self.force.rules)):
            mine = np.array([rule in some for some in chosen.sets], dtype=np.bool_)
            rows = np.flatnonzero(mine[cells[:, 0]])
            classes = {each: cells[rows, 1 + i] for i, each in enumerate(same)}
            open_[rows] |= self._open(rule, classes, shared)
        decided: list[int] = cells[:, 0].tolist()
        sets = [chosen.sets[place] for place in decided]
        return self._told(
            Ruled(
                at,
                open_,
                tuple(" + ".join(self.force.rules[i].name for i in some) for some in sets),
                tuple(self._pool(some) for some in sets),
                ("",) * len(sets),
                tuple(tuple(self.force.places[i] for i in some) for some in sets),
                chosen.way,
            )
        )

    def _wanted(self, sets: Sequence[tuple[int, ...]], same: Sequence[Same]) -> Bools:
        """Which words each set of rules asks for."""
        rules = self.force.rules
        asked = [{each for place in some for each in rules[place].to.same} for some in sets]
        table = [[each in some for each in same] for some in asked]
        return np.array(table, dtype=np.bool_).reshape(len(sets), len(same))

    @cached_property
    def _meant(self) -> tuple[Bools, ...]:
        """Whom each rule means, whatever the customer's words."""
        return tuple(self.staff.meant(rule.to) for rule in self.force.rules)

    def _open(self, rule: int, classes: dict[Same, Index], shared: dict[Same, Sharing]) -> Bools:
        """Whom a rule allows: one row for all decisions, or one for each."""
        mine = self._meant[rule][None, :]
        for each in self.force.rules[rule].to.same:
            mine = mine & shared[each].open[classes[each]]
        return mine

    def _pool(self, some: tuple[int, ...]) -> str | None:
        """The pool of the first of some rules, if all of them send to a pool."""
        pools = [self.force.rules[i].to.pool for i in some]
        return pools[0] if pools and all(pools) else None

    def _spare(self, places: tuple[int, ...]) -> str | None:
        """The pool that one of several rules names, where nobody of the others is there."""
        rules = dict(zip(self.force.places, self.force.rules, strict=True))
        return next((pool for i in places if (pool := rules[i].to.pool)), None)

    def _told(self, found: Ruled) -> Ruled:
        """The fallback where no rule holds, or nobody of whom it means is there."""
        here = np.any(found.open & ~self.away, axis=1).tolist()
        names, pools, instead = list(found.names), list(found.pool), list(found.instead)
        open_ = found.open.copy()
        otherwise = self.staff.meant(self.force.fallback.to)
        for at, there in enumerate(here):
            if there or pools[at] is not None:
                continue
            open_[at] = False
            pools[at] = self._spare(found.rules[at])
            if pools[at] is None:
                names[at], instead[at] = self.force.fallback.name, names[at]
                pools[at] = self.force.fallback.pool
                open_[at] = otherwise
        return attrs.evolve(
            found, open=open_, names=tuple(names), pool=tuple(pools), instead=tuple(instead)
        )


def _decisions(chosen: Chosen, wanted: Bools, shared: dict[Same, Sharing]) -> Joint:
    """Rules and words of each row, each combination once: its set of rules, then its classes."""
    rows = len(chosen.at)
    start = Joint(np.zeros(rows, dtype=np.int32), np.zeros((1, 0), dtype=np.int32))
    joint = start.beside(chosen.at, len(chosen.sets))
    for i, each in enumerate(shared.values()):
        at = each.coded(0, rows)
        if not wanted[:, i].all():
            at = at * wanted[:, i].view(np.int8).take(chosen.at)
        joint = joint.beside(at, each.size)
    return joint
