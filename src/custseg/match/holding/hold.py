"""Look a customer up in its table, and tell what holds it together."""

from typing import Any

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Index
from custseg.errors import DataError
from custseg.frames import Table
from custseg.match.graph import shared
from custseg.match.holding.account import EntityExplanation, HoldingLink
from custseg.match.holding.cohesion import cohesion
from custseg.match.keys import keys_of, rule_of
from custseg.match.opened import SAME_ID, Opened, Taught
from custseg.match.parting import Apart
from custseg.match.weighing.weights import chances


def held_together(
    rules: Taught, table: Table[Any], record: object, apart: Apart = ()
) -> EntityExplanation:
    """What holds the customer together that a record is.

    Args:
        rules: How records are matched.
        table: All records, since they decide who is one customer, and how common a value is.
        record: The id of one of its records.
        apart: Pairs of ids of records that are never one customer.

    Raises:
        DataError: There is no such record.
    """
    opened = Opened.of(rules, table, apart)
    entities = opened.entities(rules)
    place = opened.ids.held.values.index(record) if record in opened.ids.held.values else -2
    found = np.flatnonzero(opened.ids.at == place)
    if not len(found):
        msg = "there is no record of this id in the table; name one as the table has it"
        raise DataError(msg, opened.ids.column or "")
    rows = np.flatnonzero(entities.at == entities.at[found[0]])
    rows = rows[np.argsort(opened.ids.rank[rows], kind="stable")]
    chance = np.nan if entities.chance is None else float(entities.chance[rows[0]])
    return _Held(rules, opened, rows, chance).told()


@attrs.frozen(eq=False)
class _Held:
    """The records of one customer."""

    rules: Taught
    opened: Opened
    rows: Index
    chance: float

    @property
    def _names(self) -> tuple[str, ...]:
        return (*map(rule_of, self.rules.keys), SAME_ID)

    def told(self) -> EntityExplanation:
        rule, weight = self._rule(), self._weight()
        must: Bools = rule >= 0
        found = cohesion(weight, must, self.rules.clusters.start)
        links = [
            self._link(*ends, rule, weight) for ends in zip(found.left, found.right, strict=True)
        ]
        against = [self._link(*ends, rule, weight) for ends in zip(*found.against, strict=True)]
        return EntityExplanation(
            tuple(map(self._id, range(len(self.rows)))),
            tuple(links),
            tuple(map(self._id, found.bridges)),
            tuple(sorted(against, key=lambda link: link.weight or 0.0)),
            None if np.isnan(self.chance) else self.chance,
        )

    def _link(self, left: int, right: int, rule: Index, weight: Floats) -> HoldingLink:
        bits = float(weight[left, right]) if self.rules.learnt is not None else None
        return HoldingLink(
            self._id(left),
            self._id(right),
            None if rule[left, right] < 0 else self._names[int(rule[left, right])],
            bits,
            None if bits is None else float(chances(np.array([bits]))[0]),
        )

    def _id(self, place: int) -> object:
        return self.opened.ids.id_of(int(self.rows[place]))

    def _rule(self) -> Index:
        """The first rule that any two of the records share, -1 where none."""
        rule = np.full((len(self.rows), len(self.rows)), -1, dtype=np.intp)
        if self.rules.repeated_ids == "merge":
            same = self.opened.ids.at[self.rows]
            rule[(same[:, None] == same) & (same >= 0)] = len(self.rules.keys)
        for place in range(len(self.rules.keys) - 1, -1, -1):
            codes = keys_of(self.rules.keys[place], self.opened.columns)
            at = shared(codes, self.rules.cap).at[self.rows]
            rule[(at[:, None] == at) & (at >= 0)] = place
        return rule

    def _weight(self) -> Floats:
        """What any two of the records weigh; -inf if nothing is weighed."""
        weight = np.full((len(self.rows), len(self.rows)), -np.inf)
        if self.opened.found is not None and self.rules.learnt is not None:
            one, two = np.triu_indices(len(self.rows), 1)
            found = self.opened.found.between(
                self.rules.learnt.weights, self.rows[one], self.rows[two]
            )
            weight[one, two] = weight[two, one] = found
        return weight
