"""What settled customers leave of the loads."""

from custseg.allocate import Allocation, Load
from custseg.allocate.planning.sharing.job import Job
from custseg.allocate.planning.sharing.settled import settled
from custseg.allocate.solving.optimal import Exact
from custseg.frames import table
from custseg.rules import F

TEAM = [{"rep_id": "R1", "capacity": 9}, {"rep_id": "R2", "capacity": 9}]
PEOPLE = [
    {"customer_id": k, "owner": "R1", "signed": int(k < 2), "revenue": 10.0} for k in range(4)
]


def job(**load):
    spec = Allocation(locked=F("signed") == 1, loads=[Load("revenue", **load)])
    problem = spec.problem(table(PEOPLE), table(TEAM), None)
    fixed = settled(problem)
    return Job(problem, Exact(), fixed.at < 0, fixed)


def test_locked_customers_weigh_in_the_loads_of_their_owners():
    left = job(low=5.0, high=25.0).loads
    assert left.hi[0].tolist() == [5.0, 25.0]
    assert left.lo[0].tolist() == [0.0, 5.0]


def test_more_than_the_load_leaves_nothing_and_not_less():
    left = job(high=15.0).loads
    assert left.hi[0].tolist() == [0.0, 15.0]
