"""The answer for a table that stays in its engine: the same plan, without its rows."""

from collections.abc import Sequence
from typing import Any, cast

import attrs
import numpy as np

from custseg._typing import Ints
from custseg.allocate.planning.asking.reading import Asking
from custseg.allocate.planning.counting.marking import marks
from custseg.allocate.planning.counting.pieces import Pieces
from custseg.allocate.planning.counting.placing import ordering
from custseg.allocate.planning.telling.audit import plan_hash
from custseg.allocate.planning.telling.explaining import explained
from custseg.allocate.planning.telling.plan import AllocationPlan, Unassigned
from custseg.allocate.planning.telling.why import OwnerExplanation, Turn
from custseg.allocate.wishing.columns import codes
from custseg.allocate.wishing.sides import read_side, unique_ids
from custseg.errors import ConfigError, DataError
from custseg.frames import Table, table
from custseg.labels import filled, label
from custseg.reasons import Reason
from custseg.rules import F, merged


@attrs.frozen(eq=False, repr=False)
class EnginePlan(AllocationPlan[Any]):
    """Who looks after whom, of customers who stay in their engine.

    ``table`` is lazy. Loads, prices, proof, totals and fairness are those of the plan, worked out
    from counts. ``waiting`` is the list of those without an owner as a lazy table; ``unassigned``
    fetches it.

    Attributes:
        customers: The opened table of the customers.
        asking: What was asked of them.
        pieces: The plan by class; ``None`` where the columns of the problem were streamed.
        marks: What tells classes apart.

    >>> import polars as pl
    >>> from custseg.allocate import Allocation
    >>> people = pl.DataFrame({"customer_id": [1, 2, 3]}).lazy()
    >>> plan = Allocation().assign(people, [{"rep_id": "R1", "capacity": 2}])
    >>> plan.table.collect()["owner"].to_list(), plan.by_classes
    (['R1', 'R1', None], True)
    """

    customers: Table[Any]
    asking: Asking
    pieces: Pieces | None = None
    marks: Ints = attrs.field(factory=lambda: np.zeros(0, dtype=np.int64))

    @property
    def by_classes(self) -> bool:
        """Whether customers were counted by class; else what is read of them was fetched."""
        return self.pieces is not None

    @property
    def waiting(self) -> Any:  # noqa: ANN401 - the caller's kind of table
        """The customers without an owner, as a lazy table."""
        return table(self.table).where(F(self.asking.told.owner).is_missing())

    @property
    def unassigned(self) -> tuple[Unassigned, ...]:
        """Everybody without an owner, in order of priority; ids, reasons and ranks are fetched."""
        told = self.asking.told
        reason = f"{told.owner}_reason"
        needs = merged([ordering(told), {reason: "text"}])
        held = table(self.waiting).select(dict.fromkeys((told.customer_id, *needs)))
        side = read_side(held, told.customer_id, needs, told.priority)
        why = codes(side.columns, reason).texts()
        rows = zip(side.ids, why, strict=True)
        return tuple(Unassigned(one, Reason(code or "")) for one, code in rows)

    def explain(self, customer_id: object) -> OwnerExplanation:
        """Say why a customer has the owner it has, or none: one row is fetched.

        Args:
            customer_id: The id as it was given.

        Raises:
            DataError: There is no such customer.
        """
        if self.pieces is None:
            return super().explain(customer_id)
        return _explained(self, self.pieces, customer_id)

    def as_dict(self) -> dict[str, object]:
        """Plain data for JSON: totals and loads; those left out are counted in the totals."""
        loads = [attrs.asdict(load) for load in self.loads]
        return {"totals": dict(self.totals), "loads": loads}

    def text(self, locale: str = "en") -> str:
        """Lines to read, and how the plan was made.

        Args:
            locale: ``en`` or ``zh``.
        """
        way = "allocate.streamed" if self.pieces is None else "allocate.by_classes"
        classes = 0 if self.pieces is None else np.unique(self.pieces.classes).size
        return f"{super().text(locale)}\n{filled(label(way, locale), classes=classes)}"

    @property
    def hash(self) -> str:
        """Fingerprint of settings, of what was read by class, and of who got how many."""
        if self.pieces is None:
            return super().hash
        return plan_hash(self.outcome, self.pieces.outcome.sizes)


def _explained(plan: EnginePlan, pieces: Pieces, customer_id: object) -> OwnerExplanation:
    asking, told = plan.asking, plan.asking.told
    columns = asking.columns(plan.customers.columns)
    problem = asking.problem(_row(plan.customers, told.customer_id, customer_id, columns))
    kind = int(np.flatnonzero(plan.marks == marks(problem))[0])
    some = np.flatnonzero(pieces.classes == kind)
    if some.size > 1:
        names = (told.customer_id, told.owner)
        found = _row(table(plan.table), told.customer_id, customer_id, names).keys(told.owner)
        owner = found.ids()[int(found.at[0])] if found.at[0] >= 0 else None
        rep = asking.team.ids.index(owner) if owner is not None else -1
        some = some[pieces.reps[some] == rep]
    told_so = explained(int(some[0]), pieces.outcome)
    turns = tuple(Turn(why, worth) for why, worth in problem.urgency(0))
    return attrs.evolve(told_so, priority=turns)


def _row(customers: Table[Any], name: str, wanted: object, columns: Sequence[str]) -> Table[Any]:
    """The row of one customer, fetched.

    Raises:
        DataError: There is no such customer.
    """
    try:
        found = table(customers.where(F(name) == cast("Any", wanted))).select(columns)
    except ConfigError as error:
        raise _nobody() from error
    except DataError as error:
        if error.column != name:
            raise
        raise _nobody() from error
    ids = unique_ids(found, name)  # engines may compare long numbers as floats
    if wanted not in ids:
        raise _nobody()
    return table(found.take(np.array([ids.index(wanted)], dtype=np.intp)))


def _nobody() -> DataError:
    msg = "no customer has the id asked for; ids keep their type, so 17 is not '17'"
    return DataError(msg)
