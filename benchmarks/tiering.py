"""Tiering: custseg beside its peers, row by row.

    python benchmarks/tiering.py [--quick] [--large] [--rounds 2] [--only "breaks 1e6"]
        [--peers-python PATH] [--old-peers-python PATH]

A row is a function below: what is asked, of which data, of whom, and what ratio is promised;
``_beside.py`` says how it is measured. Natural breaks are compared by their sum of squares, scores
by how many customers get each of them; whoever answers otherwise is named below the table.

Peers live in environments of their own, custseg in none of them:

    --peers-python      jenkspy mapclassify numba ckwrap ckmeans kmeans1d scikit-learn pandas
    --old-peers-python  "pandas<3" openretailscience rfm transitionMatrix abc-analysis inventorize
                        abc-classification

Some of them have copyleft licences (ckwrap, abc-analysis) or none that is open
(openretailscience): they are measured here and used nowhere else. What is not installed is said
and left out.
"""

import sys

import numpy as np

from _beside import run
from _tiering_breaks import EXACT, QUADRATIC, breaks
from _tiering_data import LARGE, QUICK, USUAL, measures, orders, reviews, spend, tiers
from _tiering_rest import in_engine, moves, review, shares
from _tiering_scores import FIFTHS, scores, summary

HOMES = {
    **dict.fromkeys(("ckmeans", "ckwrap", "kmeans1d", "jenkspy", "mapclassify"), "peers"),
    **dict.fromkeys(("KMeans", "KBinsDiscretizer"), "peers"),
    **dict.fromkeys(("openretailscience", "rfm", "transitionMatrix"), "old-peers"),
    **dict.fromkeys(("abc-analysis", "inventorize", "abc-classification"), "old-peers"),
}
MANY = {"ckmeans": 6, "ckwrap": 20, "kmeans1d": 50}
NO_TIES = {"ckmeans": 3, "ckwrap": 8, "kmeans1d": 30}
ALL = (*EXACT, *QUADRATIC, "KMeans")

ROWS = {
    "breaks of 1e4": lambda: breaks("spend 1e4", 5, ALL, {}),
    "breaks of 1e5": lambda: breaks("spend 1e5", 5, ALL, dict.fromkeys(QUADRATIC, 1000)),
    "breaks, k=3": lambda: breaks("spend", 3, EXACT, MANY),
    "breaks, k=5": lambda: breaks("spend", 5, (*EXACT, "KMeans"), MANY),
    "breaks, k=10": lambda: breaks("spend", 10, EXACT, MANY),
    "breaks, no ties, k=3": lambda: breaks("no ties", 3, EXACT, NO_TIES),
    "breaks, no ties, k=5": lambda: breaks("no ties", 5, EXACT, NO_TIES),
    "breaks, no ties, k=10": lambda: breaks("no ties", 10, EXACT, NO_TIES),
    "scores": scores,
    "transactions to scores": lambda: summary("transactions", "openretailscience"),
    "few transactions to scores": lambda: summary("few transactions", "rfm"),
    "shares": shares,
    "moves": lambda: moves("moves", "pd.crosstab", 30),
    "few moves": lambda: moves("few moves", "transitionMatrix", 1000),
    "review": review,
    "quantiles in an engine": lambda: in_engine("Quantiles", FIFTHS, peers=True),
    "shares in an engine": lambda: in_engine("Pareto", (0.95, 0.8)),
    "breaks in an engine": lambda: in_engine("NaturalBreaks", 5),
}


def size(quick):
    """Customers of the large rows."""
    return QUICK if quick else LARGE if "--large" in GIVEN else USUAL


GIVEN = tuple(sys.argv)
DATA = {
    "spend 1e4": lambda _: spend(10_000),
    "spend 1e5": lambda quick: spend(20_000 if quick else 100_000),
    "spend": lambda quick: spend(size(quick)),
    "no ties": lambda quick: {"spent": np.random.default_rng(6).exponential(50, size(quick))},
    "measures": lambda quick: measures(size(quick)),
    "transactions": lambda quick: orders(size(quick), 5 * size(quick)),
    "few transactions": lambda _: orders(50_000, 200_000),
    "moves": lambda quick: tiers(10 * size(quick)),
    "few moves": lambda _: tiers(20_000),
    "reviews": lambda quick: reviews(size(quick)),
}


if __name__ == "__main__":
    sys.argv = [given for given in sys.argv if given != "--large"]
    run("Tiering beside its peers.", ROWS, DATA, HOMES)
