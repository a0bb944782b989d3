"""A representative leaves, on real names and on a made-up CRM of any size.

``python benchmarks/rebalancing.py maven`` reads ``../shared/data/crm_maven_*.parquet`` (Maven
Analytics, "CRM Sales Opportunities": 35 agents, 85 accounts, 8,800 opportunities) and takes the
open opportunities as the units; ``python benchmarks/rebalancing.py 20000 100000`` makes CRMs up;
``ties`` asks what is hardest: owners by lot, territories alone to tell anybody apart, and a budget
of 2 % of the value. It prints process CPU seconds, one thread; `--write` keeps those of the
made-up ones.
"""

import argparse
import json
import os
import random
import runpy
import time
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

import pandas as pd

from _results import entry, keep
from custseg.allocate import (
    Allocation,
    Budget,
    DealColumns,
    First,
    Limits,
    Match,
    MoveJournal,
    OnLeave,
    Phases,
    Rebalancing,
    RepLeaves,
    rebalance,
    review,
    with_results,
)

ROOT = Path(__file__).parents[1]
DATA = ROOT.parent / "shared" / "data"
DAY = "2018-01-02"


def maven() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Open opportunities with their agents, and the agents with what they have closed."""
    deals = pd.read_parquet(DATA / "crm_maven_sales_pipeline.parquet")
    teams = pd.read_parquet(DATA / "crm_maven_sales_teams.parquet")
    accounts = pd.read_parquet(DATA / "crm_maven_accounts.parquet").set_index("account")
    closed = deals[deals.deal_stage.isin(["Won", "Lost"])]
    won = closed[closed.deal_stage == "Won"]
    names = DealColumns(
        rep_id="sales_agent", stage="deal_stage", amount="close_value", closed_at="closed_at"
    )
    deals["closed_at"] = pd.to_datetime(deals.close_date, format="%d-%m-%y")
    teams = with_results(teams, deals, DAY, rep_id="sales_agent", names=names)
    price = won.groupby("product").close_value.mean()
    product = closed.groupby(["sales_agent", "product"]).size().reset_index()
    sold = product[product[0] >= 20].groupby("sales_agent")["product"].agg(";".join)
    teams["products"] = teams.sales_agent.map(sold)
    live = deals[deals.deal_stage.isin(["Engaging", "Prospecting"])].copy()
    live["region"] = live.sales_agent.map(teams.set_index("sales_agent").regional_office)
    live["sector"] = live.account.map(accounts.sector)
    live["value"] = live["product"].map(price)
    held = live.sales_agent.value_counts()
    teams["capacity"] = (teams.sales_agent.map(held).fillna(40) * 1.1 + 5).astype(int)
    live = live.rename(columns={"sales_agent": "owner"})
    ended = ["deal_stage", "closed_at", "close_date", "close_value", "close_quarter"]
    return live.drop(columns=ended), teams


SPEC = Allocation(
    wishes=[
        Match("region", "regional_office", code="same_territory"),
        Match("product", "products", separator=";"),
    ],
    weights=[60, 40],
    limits=Limits(),
    priority=[First("value")],
    unit="opportunity",
    customer_id="opportunity_id",
    rep_id="sales_agent",
)


def told(label: str, start: float) -> float:
    """Print what it cost, and give it."""
    spent = time.process_time() - start
    print(f"{label}: {spent:.2f} CPU s")
    return spent


def on_maven() -> None:
    """The journey on real names."""
    deals, teams = maven()
    print(review(deals, teams, DAY, allocation=SPEC).text()[:1500])
    how = Rebalancing(
        moves=Budget(share=0.03), value="value", phases=Phases(count=40, start=DAY, every=1)
    )
    events = [
        RepLeaves("Darcel Schlecht"),
        OnLeave("Vicki Laflamme", "2018-01-08", "2018-01-19"),
    ]
    start = time.process_time()
    done = rebalance(deals, teams, DAY, allocation=SPEC, settings=how, events=events)
    told("maven, one call", start)
    print(done.text())
    for move in done.moves[:5]:
        print(move.day, move.customer_id, move.before, "->", move.after, move.why.text())
    for point in done.pareto([0.0, 0.01, 0.03, 0.1, 1.0]):
        print(dict(point.as_dict()))
    journal = MoveJournal.of(json.loads(json.dumps(done.journal.as_dict())))
    print("undone:", journal.undo(done.table).owner.equals(deals.owner))


def made_up(customers: int, *, write: bool) -> None:
    """The journey of the example at another size."""
    story = runpy.run_path(str(ROOT / "examples" / "rep_leaves.py"))
    people, team = story["company"](customers, 60)
    start = time.process_time()
    done = story["journey"](people, team, "R007")
    spent = {"custseg, one call": told(f"{customers:,} customers, 60 reps, one call", start)}
    print("\n".join(done.text().splitlines()[:6]))
    start = time.process_time()
    curve = done.pareto([0.0, 0.01, 0.03, 0.05, 0.1])
    spent["custseg, Pareto curve of 5 budgets"] = told("Pareto curve of 5 budgets", start)
    print([(point.moved, round(point.points, 2), point.gap) for point in curve])
    start = time.process_time()
    done.undo()
    spent["custseg, undo"] = told("undo", start)
    if write:
        sides = {what: {"cpu": seconds} for what, seconds in spent.items()}
        keep([entry("a representative leaves", customers, sides)])


def tied(customers: int = 20_000, reps: int = 60) -> None:
    """Many customers with the same points, and no two of the same value."""
    lot = random.Random(0)  # noqa: S311 - made up, not secret
    places = [f"t{number}" for number in range(8)]
    team = [
        {"rep_id": f"R{number}", "territory": places[number % 8], "capacity": capacity}
        for number, capacity in enumerate([int(1.05 * customers / reps) + 1] * reps)
    ]
    people = [
        {
            "customer_id": f"C{number}",
            "territory": lot.choice(places),
            "owner": f"R{lot.randrange(reps)}",
            "revenue": round(lot.lognormvariate(5, 1.5), 2),
        }
        for number in range(customers)
    ]
    how = Rebalancing(moves=Budget(share=0.02, value="revenue"))
    start = time.process_time()
    done = rebalance(people, team, DAY, settings=how)
    told(f"{customers:,} customers, {reps} reps, many ties", start)
    print("\n".join(done.text().splitlines()[:4]))


def main() -> None:
    """Print what was asked for."""
    parser = argparse.ArgumentParser(description="A representative leaves.")
    parser.add_argument("what", nargs="*", default=["maven", "20000"])
    parser.add_argument("--write", action="store_true", help="keep the figures in results/")
    options = parser.parse_args()
    for what in options.what:
        if what == "maven":
            on_maven()
        elif what == "ties":
            tied()
        else:
            made_up(int(what), write=options.write)


if __name__ == "__main__":
    main()
