"""The decisions of a book: the rule of each customer, and whom it means on the day."""

from collections.abc import Iterable, Sequence
from typing import Any

import attrs
import numpy as np

from custseg._typing import Bools, Columns, Index
from custseg.allocate.ruling.joint import Joint
from custseg.allocate.ruling.reach import Sharing, Staff
from custseg.allocate.ruling.rule import Fallback, Rule
from custseg.allocate.ruling.ruled import Ruled
from custseg.allocate.ruling.table import Chosen
from custseg.allocate.ruling.targets import Same


@attrs.frozen(eq=False)
class Deciding:
    """What decisions are made of.

    Attributes:
        rules: The rules in force.
        places: Their places in the book.
        fallback: What holds otherwise.
        staff: The representatives.
        away: Who of them is on leave.
    """

    rules: tuple[Rule, ...]
    places: tuple[int, ...]
    fallback: Fallback
    staff: Staff
    away: Bools

    def ruled(self, chosen: Chosen, customers: Columns) -> Ruled:
        """The decision of each customer.

        Args:
            chosen: The rules that hold of each.
            customers: Their columns.
        """
        same = tuple(dict.fromkeys(each for rule in self.rules for each in rule.to.same))
        shared = {each: self.staff.sharing(each, customers) for each in same}
        joint = _decisions(chosen, self._wanted(chosen.sets, same), shared)
        at, cells = joint.at, joint.cells
        open_ = np.zeros((len(cells), self.staff.size), dtype=np.bool_)
        for place in np.unique(cells[:, 0]).tolist():
            rows = cells[:, 0] == place
            classes = {each: cells[rows, 1 + i] for i, each in enumerate(same)}
            open_[rows] = self._open(chosen.sets[place], classes, shared)
        sets = [chosen.sets[place] for place in cells[:, 0].tolist()]
        return self._told(
            Ruled(
                at,
                open_,
                tuple(" + ".join(self.rules[i].name for i in some) for some in sets),
                tuple(self._pool(some) for some in sets),
                ("",) * len(sets),
                tuple(tuple(self.places[i] for i in some) for some in sets),
                chosen.way,
            )
        )

    def _wanted(self, sets: Sequence[tuple[int, ...]], same: Sequence[Same]) -> Bools:
        """Which words each set of rules asks for."""
        asked = [{each for rule in some for each in self.rules[rule].to.same} for some in sets]
        table = [[each in some for each in same] for some in asked]
        return np.array(table, dtype=np.bool_).reshape(len(sets), len(same))

    def _open(
        self, rules: Iterable[int], classes: dict[Same, Index], shared: dict[Same, Sharing]
    ) -> Any:  # noqa: ANN401 - rows of yes and no, or one for all of them
        """Whom some rules allow together: whoever one of them allows."""
        out: Any = False
        for place in rules:
            to = self.rules[place].to
            mine = self.staff.meant(to)[None, :]
            for each in to.same:
                mine = mine & shared[each].open[classes[each]]
            out = out | mine
        return out

    def _pool(self, some: tuple[int, ...]) -> str | None:
        """The pool of the first of some rules, if all of them send to a pool."""
        pools = [self.rules[i].to.pool for i in some]
        return pools[0] if pools and all(pools) else None

    def _spare(self, places: tuple[int, ...]) -> str | None:
        """The pool that one of several rules names, where nobody of the others is there."""
        rules = dict(zip(self.places, self.rules, strict=True))
        return next((pool for i in places if (pool := rules[i].to.pool)), None)

    def _told(self, found: Ruled) -> Ruled:
        """The fallback where no rule holds, or nobody of whom it means is there."""
        here = np.any(found.open & ~self.away, axis=1).tolist()
        names, pools, instead = list(found.names), list(found.pool), list(found.instead)
        open_ = found.open.copy()
        otherwise = self.staff.meant(self.fallback.to)
        for at, there in enumerate(here):
            if there or pools[at] is not None:
                continue
            open_[at] = False
            pools[at] = self._spare(found.rules[at])
            if pools[at] is None:
                names[at], instead[at] = self.fallback.name, names[at]
                pools[at] = self.fallback.pool
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
