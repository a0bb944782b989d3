"""A representative leaves: who takes over which customers, why, on which day, and how to undo it.

Run it with ``python examples/rep_leaves.py [customers]``; it makes up a CRM and writes nothing.
"""

import json
import sys
from collections import Counter
from datetime import date
from math import ceil

from custseg.allocate import (
    Budget,
    MoveJournal,
    Phases,
    Rebalance,
    Rebalancing,
    RepLeaves,
    WorkCalendar,
    rebalance,
    review,
    suggest,
)
from custseg.datasets import crm

DAY = date(2026, 6, 30)
Records = list[dict[str, object]]


def company(customers: int, reps: int = 60) -> tuple[Records, Records]:
    """A CRM whose owners were shared out well once, and drifted since."""
    made = crm(customers=customers, locale="zh", reps=reps)
    truth = {row["customer_id"]: row for row in made.truth}
    people = [
        {
            "customer_id": row["customer_id"],
            "territory": row["territory"],
            "industry": row["industry"],
            "language": row["language"],
            "tier": truth[row["customer_id"]]["tier"],
            "revenue": truth[row["customer_id"]]["yearly_value"],
        }
        for row in made.customers
    ]
    team = [{**rep, "on_leave_from": None, "on_leave_until": None} for rep in made.reps]
    book: Records = suggest(people, team).assign(people, team).table
    for place, row in enumerate(book):
        row.pop("owner_reason", None)
        if place % 23 == 0:  # taken over by hand, wherever somebody had time
            row["owner"] = team[(place * 7) % reps]["rep_id"]
    held = Counter(row["owner"] for row in book)
    return book, [{**rep, "capacity": ceil(1.01 * held[rep["rep_id"]])} for rep in team]


def journey(people: Records, team: Records, leaver: str) -> Rebalance[Records]:
    """One call: three customers in a hundred may move, over working days."""
    phases = Phases(count=100, start=DAY, calendar=WorkCalendar.china())
    how = Rebalancing(moves=Budget(share=0.03), phases=phases)
    return rebalance(people, team, DAY, settings=how, events=[RepLeaves(leaver)])


def main() -> None:
    """Tell the story."""
    people, team = company(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
    leaver = str(team[6]["rep_id"])
    print(*review(people, team, DAY).text().splitlines()[:8], sep="\n")
    done = journey(people, team, leaver)
    print(done.text())
    for move in done.moves[:5]:
        print(move.day, move.customer_id, move.before, "->", move.after, move.why.text())
    for point in done.pareto([0.0, 0.01, 0.03, 0.1]):
        print(f"{point.moved:6.0f} moves: {point.points:,.2f} points, gap {point.gap}")
    stored = json.dumps(done.journal.as_dict())
    back = MoveJournal.of(json.loads(stored)).undo(done.table)
    same = all(a["owner"] == b["owner"] for a, b in zip(back, people, strict=True))
    print(f"undone by one call from {len(stored):,} bytes of JSON: {same}")


if __name__ == "__main__":
    main()
