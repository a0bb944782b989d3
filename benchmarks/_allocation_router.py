"""The router beside the best that hindsight could do: leads come one by one, prices are learnt.

    python benchmarks/_allocation_router.py [leads] [representatives]

The prices come from the first 2, 10 and 30 % of the leads; a solver of the whole sees them all.
`run` gives the figures to `benchmarks/allocation.py`.
"""

import sys
from time import process_time
from typing import Any

import attrs
import numpy as np

from _results import entry, keep
from custseg._typing import Columns, Floats, Ints, Needs
from custseg.allocate import HasRoom, MostRoom, PriceGuided, RoundRobin, Router
from custseg.allocate.solving.optimal import Exact
from custseg.reasons import Reason

SHARES = (0.02, 0.1, 0.3)


@attrs.frozen(eq=False)
class Table:
    """A wish that looks its points up: the lead's column ``row`` in a table of points."""

    points_: Floats
    needs: Needs = attrs.field(factory=lambda: {"row": "number"})
    rep_needs: Needs = attrs.field(factory=dict[str, Any])
    reason: Reason = attrs.field(factory=lambda: Reason("match", {"column": "row"}))

    def points(self, customers: Columns, reps: Columns) -> Floats:  # noqa: ARG002
        """The rows asked for."""
        at = np.asarray(customers["row"], dtype=np.int64)
        return self.points_[at]


def instance(leads: int, reps: int, seed: int = 7) -> tuple[Floats, Ints]:
    """Points of territory, industry, seniority, language and personal fit; 5 % spare places."""
    draw = np.random.default_rng(seed)
    sizes = (30, 20, 3, 3)
    people = [_drawn(draw, size, leads) for size in sizes]
    team = [_drawn(draw, size, reps) for size in sizes]
    points = np.zeros((leads, reps))
    for weight, mine, theirs in zip((40, 25, 20, 10), people, team, strict=True):
        points += weight * (mine[:, None] == theirs[None, :])
    points += draw.integers(0, 10_000, points.shape) / 1000
    strength = np.array([1.5, 1.2, 0.8])[team[2]]
    hi = np.ceil(leads * 1.05 * strength / strength.sum()).astype(np.int64)
    return points / 105.0, hi


def run(points: Floats, hi: Ints, shares: tuple[float, ...] = SHARES) -> list[dict[str, object]]:
    """Each way to route, in the order of rows, as a part of the best in hindsight."""
    start = process_time()
    whole = Exact().solve(points, np.zeros_like(hi), hi)
    best = _total(points, whole)
    rows: list[dict[str, object]] = [_row("all known before", 1.0, start, len(points))]
    baselines = [("round robin", RoundRobin(), False), ("most room", MostRoom(), False)]
    baselines += [("best with room", PriceGuided(follow=0), True)]
    for name, strategy, weighs in baselines:
        rows.append(_routed(name, strategy, (points, hi, best), weighs=weighs))
    for share in shares:
        prices = learnt(points, hi, share)
        for follow in (0.0, 1.0):
            name = f"prices of the first {share:.0%}" + (", following" if follow else "")
            strategy = PriceGuided(prices, follow=follow)
            rows.append(_routed(name, strategy, (points, hi, best), weighs=True))
    return rows


def learnt(points: Floats, hi: Ints, share: float) -> dict[str, float]:
    """The prices of the first leads with capacities in proportion."""
    count = max(int(len(points) * share), 1)
    few = np.ceil(hi * share).astype(np.int64)
    found = Exact().solution(points[:count], np.zeros_like(hi), few)
    return {str(rep): max(float(price), 0.0) for rep, price in enumerate(found.prices)}


def _routed(
    name: str, strategy: Any, given: tuple[Floats, Ints, float], *, weighs: bool
) -> dict[str, object]:
    points, hi, best = given
    team = [{"rep_id": rep, "capacity": int(most)} for rep, most in enumerate(hi)]
    wishes = (Table(points),) if weighs else ()
    router = Router(strategy, wishes=wishes, guards=[HasRoom()])
    leads = [{"lead_id": row, "row": row} for row in range(len(points))]
    opened = router.team(team)
    start = process_time()
    table: Any = router.route_all(leads, opened, at="2026-06-30T09:00").table
    at = np.array([-1 if row["owner"] is None else row["owner"] for row in table])
    return _row(name, _total(points, at) / best, start, len(points))


def _row(name: str, share: float, start: float, leads: int) -> dict[str, object]:
    spent = process_time() - start
    return {"way": name, "share": round(share, 5), "us": round(spent / leads * 1e6, 1)}


def _total(points: Floats, at: Any) -> float:
    seated = np.flatnonzero(at >= 0)
    return float(points[seated, at[seated]].sum())


def _drawn(draw: np.random.Generator, size: int, count: int) -> Ints:
    odds = 1 / np.arange(1, size + 1) ** 0.8
    return draw.choice(size, count, p=odds / odds.sum())


def main() -> None:
    """Print a table."""
    sizes = [int(text) for text in sys.argv[1:] if text != "--write"]
    leads, reps = (*sizes, *(20_000, 100)[len(sizes) :])
    print(f"{leads} leads, {reps} representatives")
    rows = run(*instance(leads, reps))
    if "--write" in sys.argv:
        sides = {
            f"custseg, {row['way']}": {
                "figures": {"share of the best": row["share"], "us a lead": row["us"]}
            }
            for row in rows
        }
        keep([entry("leads one by one", leads, sides)], "allocation")
    for row in rows:
        print(f"{row['way']:36} {row['share']:8.2%} {row['us']:8} us a lead")


if __name__ == "__main__":
    main()
