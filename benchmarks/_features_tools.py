# ruff: noqa: PLC0415 - a peer is loaded only by the process that tries it
"""What optbinning, openretailscience and OR-tools do for the rows of the comparison."""

import json
import tempfile
from pathlib import Path

import numpy as np

from _features_buying import transactions
from _features_marks import FULL, NONE, SOME

# ----------------------------------------------------------------------------- optbinning


def leads(size=600):
    import pandas as pd

    rng = np.random.default_rng(4)
    visits = rng.poisson(4, size).astype(float)
    source = rng.choice(["fair", "ad", "web"], size)
    won = (rng.random(size) < 1 / (1 + np.exp(2.0 - 0.4 * visits))).astype(int)
    return pd.DataFrame({"visits": visits, "source": source}), won


def card():
    from optbinning import BinningProcess, Scorecard
    from sklearn.linear_model import LogisticRegression

    table, won = leads()
    process = BinningProcess(["visits", "source"], categorical_variables=["source"])
    scaling = {"pdo": 20, "odds": 50, "scorecard_points": 600}
    made = Scorecard(
        process,
        LogisticRegression(),
        scaling_method="pdo_odds",
        scaling_method_params=scaling,
    )
    return made.fit(table, won)


def optbinning_cards():
    table, _ = leads()
    assert len(card().score(table)) == len(table)


def optbinning_outcomes():
    from optbinning import ContinuousOptimalBinning, MulticlassOptimalBinning

    table, won = leads()
    visits = table["visits"].to_numpy()
    money = ContinuousOptimalBinning("visits").fit(visits, visits * 10 + won)
    kinds = MulticlassOptimalBinning("visits").fit(visits, np.clip(visits // 3, 0, 2).astype(int))
    assert {money.status, kinds.status} == {"OPTIMAL"}


def optbinning_one():
    """A table of one row: milliseconds, not microseconds."""
    table, _ = leads()
    assert len(card().score(table.head(1))) == 1


def optbinning_pandas():
    table, won = leads()
    from optbinning import BinningProcess

    found = BinningProcess(["visits"]).fit_transform(table[["visits"]], won)
    assert list(found.columns) == ["visits"]


def optbinning_polars():
    import polars as pl

    table, _ = leads()
    card().score(pl.DataFrame(table.to_dict("list")))


def optbinning_json():
    """Each variable's bins; the card as a whole is pickled."""
    from optbinning import OptimalBinning

    table, won = leads()
    made = OptimalBinning("visits").fit(table["visits"].to_numpy(), won)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "bins.json"
        made.to_json(str(file))
        assert json.loads(file.read_text(encoding="utf-8"))


# ----------------------------------------------------------------------------- openretailscience


def sales():
    """Orders as it names them, some of them in two periods and of several products."""
    frame = transactions(80).rename(columns={"paid_at": "transaction_date", "amount": "unit_spend"})
    rng = np.random.default_rng(5)
    half = np.where(frame["transaction_date"] < "2026-04-01", "first", "second")
    return frame.assign(
        transaction_id=np.arange(len(frame)) // 2,
        product=rng.choice(["tea", "pot", "cup"], len(frame)),
        period=half,
        unit_quantity=1,
    )


def retail_states():
    """New, repeating and lapsed between two periods: no reasons, no dates."""
    from openretailscience.segmentation.nlr import NLRSegmentation

    found = NLRSegmentation(sales(), period_col="period", p1_value="first", p2_value="second").df
    assert {"New", "Repeating", "Lapsed"} <= set(found["segment_name"])


def retail_models():
    """The summary that pymc-marketing takes; it fits no model itself."""
    from openretailscience.experimental.clv import CLVStats

    assert {"frequency", "recency", "T"} <= set(CLVStats(sales(), period="day").df.reset_index())


def rfm():
    from openretailscience.segmentation.rfm import RFMSegmentation

    return RFMSegmentation


def retail_rfm():
    found = rfm()(sales(), current_date="2026-07-01", r_segments=5, f_segments=5, m_segments=5)
    assert {"r_score", "f_score", "m_score", "rfm_segment"} <= set(found.df.reset_index())


def retail_pandas():
    import pandas as pd

    assert isinstance(rfm()(sales(), current_date="2026-07-01").df, pd.DataFrame)


def retail_tables():
    """Through Ibis: an Arrow or Polars table becomes one of Ibis first."""
    import ibis
    import pyarrow as pa

    table = ibis.memtable(pa.Table.from_pandas(sales(), preserve_index=False))
    assert len(rfm()(table, current_date="2026-07-01").table.to_pyarrow()) == 80


def in_duckdb():
    import ibis

    connection = ibis.duckdb.connect()
    connection.con.register("seen", sales())
    connection.con.execute("CREATE TABLE sales AS FROM seen")
    return rfm()(connection.table("sales"), current_date="2026-07-01")


def retail_engines():
    """DuckDB is tried; Spark is one more backend of Ibis, and was read."""
    assert len(in_duckdb().table.execute()) == 80


def retail_sql():
    import ibis

    assert "SELECT" in str(ibis.to_sql(in_duckdb().table, dialect="postgres"))


def retail_baskets():
    from openretailscience.analysis.cross_shop import CrossShop
    from openretailscience.analysis.product_association import ProductAssociation

    rules = ProductAssociation(sales(), value_col="product", group_col="transaction_id").df
    assert len(rules)
    assert CrossShop(sales(), group_1_col="product", group_1_val="tea", group_2_val="pot")


# ----------------------------------------------------------------------------- OR-tools


def assigned(points):
    from ortools.graph.python import linear_sum_assignment

    solver = linear_sum_assignment.SimpleLinearSumAssignment()
    rows, columns = (each.ravel() for each in np.indices(points.shape))
    solver.add_arcs_with_cost(rows, columns, -points.ravel())
    assert solver.solve() == solver.OPTIMAL
    return solver


def tools_allocation():
    """The best plan of given points, one customer each; points, limits and reasons are yours."""
    assert -assigned(np.array([[9, 1], [2, 3]])).optimal_cost() == 12


def tools_pandas():
    """Its models of integers take a series of variables and give one of answers."""
    import pandas as pd
    from ortools.sat.python import cp_model

    model, solver = cp_model.CpModel(), cp_model.CpSolver()
    takes = model.new_bool_var_series("takes", index=pd.Index(["ann", "bob"]))
    model.add_exactly_one(takes)
    model.maximize(3 * takes["ann"] + 2 * takes["bob"])
    solver.solve(model)
    assert solver.boolean_values(takes).to_dict() == {"ann": True, "bob": False}


def tools_routes():
    from ortools.constraint_solver import pywrapcp, routing_enums_pb2

    far = [[0, 2, 9], [2, 0, 4], [9, 4, 0]]
    index = pywrapcp.RoutingIndexManager(3, 1, 0)
    routing = pywrapcp.RoutingModel(index)
    moved = routing.RegisterTransitMatrix(far)
    routing.SetArcCostEvaluatorOfAllVehicles(moved)
    how = pywrapcp.DefaultRoutingSearchParameters()
    how.first_solution_strategy = routing_enums_pb2.FirstSolutionStrategy.PATH_CHEAPEST_ARC
    assert routing.SolveWithParameters(how).ObjectiveValue() == 15


TRIED = {
    "optbinning": {
        "scorecards from outcomes": (FULL, optbinning_cards),
        "outcomes other than yes and no": (FULL, optbinning_outcomes),
        "one record in a web request": (SOME, optbinning_one),
        "pandas": (FULL, optbinning_pandas),
        "Polars, Arrow": (NONE, optbinning_polars),
        "a policy as JSON": (SOME, optbinning_json),
    },
    "openretailscience": {
        "states of customers, with reasons and dates": (SOME, retail_states),
        "models of buying": (SOME, retail_models),
        "RFM and segments": (FULL, retail_rfm),
        "pandas": (FULL, retail_pandas),
        "Polars, Arrow": (SOME, retail_tables),
        "DuckDB, Spark": (FULL, retail_engines),
        "answers as SQL": (FULL, retail_sql),
        "baskets, cross-shopping, prices": (FULL, retail_baskets),
    },
    "OR-tools": {
        "who looks after whom": (SOME, tools_allocation),
        "pandas": (SOME, tools_pandas),
        "routes, shifts, schedules": (FULL, tools_routes),
    },
}
