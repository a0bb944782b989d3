"""The laws of routing: one by one or all at once, stored in between, in any order of rows."""

import json
from collections.abc import Iterator
from copy import deepcopy
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

import attrs

from custseg.allocate import Cap, Router, RouterState
from custseg.checks.anykind import any_table
from custseg.checks.document import document
from custseg.checks.kinds import Answers, answers, same, told
from custseg.checks.law import demand, working
from custseg.checks.samples import Rows, people, reps
from custseg.config import dump, load

_AT: Final = "came_at"
_START: Final = datetime.fromisoformat("2026-06-30T09:00")
_TEAMS: Final = ((5, 0, 7, 3), (50, 50, 50), (1,), ())
_SHORT: Final = 12


def strategy(made: Any) -> Iterator[str]:  # noqa: ANN401 - a routing strategy
    """A strategy is held against the laws of a router that has it, alone and with a cap."""
    capped = Router(made, guards=(Cap(3),))
    team = _team(capped, _TEAMS[0])
    _one_by_one(capped, _leads(capped, team), team)
    yield from router(Router(made))


def guard(made: Any) -> Iterator[str]:  # noqa: ANN401 - a guard
    """A guard is held against the laws of a router that has it: who it refuses gets nothing."""
    yield from router(Router(guards=(made,)))


def router(made: Router) -> Iterator[str]:
    """State in, state out: a round of storing changes nothing, and neither does any order."""
    for capacity in _TEAMS:
        _one_by_one(made, _leads(made, _team(made, capacity))[:_SHORT], _team(made, capacity))
    yield from ("one by one", "state", "refused")
    team = _team(made, _TEAMS[0])
    yield from any_table((_leads(made, team), team), partial(_owners, made), "routing")
    yield from document(made)


def _one_by_one(made: Router, leads: Rows, team: Rows) -> None:
    """Each lead alone, with the state written and read in between, as all at once."""
    with working("one by one"):
        batch = made.route_all(leads, team, at_column=_AT)
        opened, state, found = made.team(team), RouterState(), dict[Any, Any]()
        for lead in sorted(leads, key=lambda row: (row[_AT], row[made.lead_id])):
            kept = deepcopy(state)
            one = made.route(lead, opened, state, at=lead[_AT])
            demand("state", "a state was changed in place", holds=kept == state)
            demand("refused", "a lead went to who is dropped", holds=_allowed(made, one))
            state = load(json.dumps(dump(one.state)))
            found[lead[made.lead_id]] = one.rep_id, one.reason.code
            json.dumps(one.as_dict())
    names = (made.owner, f"{made.owner}_reason")
    expected = answers(batch.table, names, made.lead_id)
    demand("one by one", told(expected, found), holds=same(found, expected))
    stored = attrs.asdict(batch.state) == attrs.asdict(state)
    demand("state", "the states of one by one and all at once differ", holds=stored)


def _allowed(made: Router, one: Any) -> bool:  # noqa: ANN401 - a routed lead
    """Who got it was not dropped, except as a fallback or as an owner who always keeps it."""
    if one.reason.code == "fallback_rep" or made.keep == "always":
        return True
    chosen = [c for c in one.explanation.candidates if c.rep_id == one.rep_id]
    return one.rep_id is None or (len(chosen) == 1 and chosen[0].dropped is None)


def _owners(made: Router, leads: Any, team: Any) -> Answers:  # noqa: ANN401 - any kind of table
    batch = made.route_all(leads, team, at_column=_AT)
    return answers(batch.table, (made.owner, f"{made.owner}_reason"), made.lead_id)


def _leads(made: Router, team: Rows) -> Rows:
    """Leads that come in bunches, the ids against the order of time."""
    rows = people(dict(made.team(team).reading.needs))
    for i, row in enumerate(rows):
        row[made.lead_id] = f"L{97 * i % 101:03d}"
        row[_AT] = (_START + timedelta(hours=7 * (i // 3))).isoformat()
    return rows


def _team(made: Router, capacity: tuple[int, ...]) -> Rows:
    needs = dict(made.strategy.rep_needs(()))
    for part in made.guards:
        needs |= part.rep_needs(())
    for wish in (*made.gates, *made.wishes):
        needs |= wish.rep_needs
    return [{made.rep_id: rep.pop("rep_id"), **rep} for rep in reps(needs, capacity)]
