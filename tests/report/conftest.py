import pytest

import custseg as cs

BAD = "<script>alert(1)</script>"
FORMULA = "=cmd()|'calc'!A0"


def tables(until=None):
    """A generated company; its first customer is no friend of ours."""
    crm = cs.datasets.crm(400, seed=17)
    people = [dict(row) for row in crm.customers]
    people[0] |= {"name": BAD, "city": FORMULA, "company": FORMULA}
    reps = [{**rep, "rep_id": BAD if i == 0 else rep["rep_id"]} for i, rep in enumerate(crm.reps)]
    return {
        "customers": people[:until],
        "transactions": crm.transactions,
        "feedback": crm.feedback,
        "opportunities": crm.opportunities,
        "reps": reps,
    }


@pytest.fixture(scope="session")
def job():
    """A job whose model of buying suffices with few customers."""
    chance = cs.classify.ModelProbability(enough=cs.classify.Enough(buyers=50))
    return cs.Pipeline(
        lifecycle=cs.classify.Lifecycle(chance),
        conventions=cs.Conventions(tz="Asia/Shanghai", currency="CNY"),
    )


@pytest.fixture(scope="session")
def run(job):
    return job.run(**tables(), as_of="2026-06-30")


@pytest.fixture(scope="session")
def earlier(job):
    """The run of a quarter before, some customers of which came later."""
    return job.run(**tables(until=-20), as_of="2026-03-31")
