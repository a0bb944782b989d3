"""Both sides read: who is to be shared out among whom, by which rules, wishes and limits."""

from collections.abc import Sequence
from typing import Any

import attrs
import numpy as np

from custseg._typing import Bools, Index, Kind, Needs
from custseg.allocate.limiting.compiling import compiled
from custseg.allocate.limiting.loads import Loads
from custseg.allocate.planning.asking.problem import Problem
from custseg.allocate.planning.settings import BARRED, Settings
from custseg.allocate.ruling.ruled import Ruled
from custseg.allocate.wishing.columns import codes
from custseg.allocate.wishing.points import Score, parts
from custseg.allocate.wishing.protocol import dated
from custseg.allocate.wishing.sides import Side, read_side, read_unordered
from custseg.allocate.wishing.staying import Stay
from custseg.errors import MissingColumnError
from custseg.frames import Table
from custseg.frames.vector import holds
from custseg.rules import merged
from custseg.values.flags import flag


def read_problem(
    settings: Settings, customers: Table[Any], reps: Table[Any], as_of: float | None
) -> Problem:
    """Read both sides into one problem, in canonical order.

    Args:
        settings: What the allocation was told.
        customers: One row a customer.
        reps: One row a representative.
        as_of: The day of the plan.
    """
    return Asking.of(settings, reps, as_of).problem(customers)


@attrs.frozen(eq=False)
class Asking:
    """What is asked of any customers, the team read already; it may travel to where they are.

    Attributes:
        settings: What the allocation was told.
        told: The same on the day of the plan.
        team: The representatives.
        as_of: The day of the plan.
    """

    settings: Settings
    told: Settings
    team: Side
    as_of: float | None

    @classmethod
    def of(cls, settings: Settings, reps: Table[Any], as_of: float | None) -> "Asking":
        """Read the team.

        Args:
            settings: What the allocation was told.
            reps: One row a representative.
            as_of: The day of the plan.
        """
        told = attrs.evolve(
            settings, wishes=dated(settings.wishes, as_of), gates=dated(settings.gates, as_of)
        )
        return cls(settings, told, _team(told, reps), as_of)

    def columns(self, there: Sequence[str]) -> tuple[str, ...]:
        """The columns of the customers that are read, of those that are there; ids first."""
        return tuple(dict.fromkeys((self.told.customer_id, *_needs(self.told, there))))

    def unordered(self, customers: Table[Any]) -> Problem:
        """The problem of some customers as their rows come, without ids.

        Args:
            customers: One row a customer.
        """
        needs = _needs(self.told, customers.columns)
        return self._problem(read_unordered(customers, needs), None)

    def problem(self, customers: Table[Any], *, most: int | None = None) -> Problem:
        """The problem of some customers, in canonical order.

        Args:
            customers: One row a customer.
            most: How many customers there are in all; ``None``: these.
        """
        return self._problem(_people(self.told, customers), most)

    def _problem(self, people: Side, most: int | None) -> Problem:
        told, team, as_of = self.told, self.team, self.as_of
        most = people.size if most is None else most
        places = told.limits.places(team.columns, team.ids, most=most, as_of=as_of)
        barred, present = _barred(told, people), _present(told, people, team)
        gates = Score(told.gates, np.zeros(len(told.gates)), people, team) if told.gates else None
        return Problem(
            Score(told.wishes, parts(told.weights, len(told.wishes)), people, team),
            places,
            barred,
            present,
            gates=gates,
            ruled=_ruled(told, people, team, as_of),
            loads=_loads(told, people, team, ~barred, places.away),
            families=_families(told, people),
            locked=_locked(told, people),
            strays=_strays(told, people, present),
            settings=self.settings,
            as_of=as_of,
        )


def _team(told: Settings, reps: Table[Any]) -> Side:
    own: Needs = {told.rep_id: "text"}
    wanted = (told.rep_needs, told.limits.needs(reps.columns), own)
    needs = merged(dict(each) for each in wanted)
    return read_side(reps.select([told.rep_id, *needs]), told.rep_id, needs)


def _people(told: Settings, customers: Table[Any]) -> Side:
    needs = _needs(told, customers.columns)
    return _beside(told, read_side(customers, told.customer_id, needs, told.priority))


def _needs(told: Settings, there: Sequence[str]) -> Needs:
    """The columns of the customers to read, of those that are there."""
    own: dict[str, Kind] = {}
    if told.do_not_assign != BARRED or BARRED in there:
        own[told.do_not_assign] = "text"
    if told.owner in there:
        own[told.owner] = "text"
    elif told.locked is not None and there and not _keeping(told):
        raise MissingColumnError(told.owner, there)
    return merged(dict(each) for each in (told.needs, own))


def _beside(told: Settings, people: Side) -> Side:
    """Families stand where the first of them does, so that they are served together."""
    families = _families(told, people)
    if families is None:
        return people
    order = np.argsort(families, kind="stable")
    ids = [people.ids[row] for row in order.tolist()]
    return Side(ids, people.rows[order], people.part(order))


def _ruled(told: Settings, people: Side, team: Side, as_of: float | None) -> Ruled | None:
    if told.rules is None:
        return None
    return told.rules.ruled(people.columns, team.columns, as_of=as_of, size=people.size)


def _barred(told: Settings, people: Side) -> Bools:
    if told.do_not_assign not in people.columns:
        return np.zeros(people.size, dtype=np.bool_)
    said = codes(people.columns, told.do_not_assign)
    bars = np.array([*(flag(word) is not False for word in said.words), False])
    return np.asarray(bars[said.at])


def _keeping(told: Settings) -> str | None:
    """The column of the present owner that a wish names."""
    return next((wish.column for wish in told.wishes if isinstance(wish, Stay)), None)


def _present(told: Settings, people: Side, team: Side) -> Index | None:
    kept = _keeping(told) or told.owner
    if kept not in people.columns:
        return None
    names = (name or "" for name in codes(team.columns, told.rep_id).texts())
    return codes(people.columns, kept).recode(tuple(names))


def _strays(told: Settings, people: Side, present: Index | None) -> Bools | None:
    if present is None:
        return None
    return np.asarray((codes(people.columns, _keeping(told) or told.owner).at >= 0) & (present < 0))


def _locked(told: Settings, people: Side) -> Bools | None:
    if told.locked is None:
        return None
    return np.asarray(holds(told.locked, people.columns, people.size))


def _families(told: Settings, people: Side) -> Index | None:
    """Families numbered by their first member; who has none is one alone."""
    if told.together is None:
        return None
    said = codes(people.columns, told.together).at.astype(np.int64)
    alone = said < 0
    said[alone] = np.arange(people.size)[alone] + said.max(initial=-1) + 1
    _, first, at = np.unique(said, return_index=True, return_inverse=True)
    place = np.empty(first.size, dtype=np.intp)
    place[np.argsort(first)] = np.arange(first.size)
    return np.asarray(place[at])


def _loads(told: Settings, people: Side, team: Side, counted: Bools, away: Bools) -> Loads | None:
    if not told.loads:
        return None
    loads = compiled(told.loads, people, team, counted=counted, away=away)
    return loads if told.split is None else told.split.into(loads, people)
