# ruff: noqa: PLC0415 - each half runs where its own libraries are
"""Do cards of optbinning score here as there? Makes the file that the tests compare with.

    PYTHON_OF_OPTBINNING benchmarks/optbinning_cards.py --make tests/scoring/importing/cards.json

Runs in an environment with optbinning 1.0 and scikit-learn, without custseg: generated customers,
cards of several settings, their tables and documents, and the scores of some customers, among them
missing, special and never seen values. Then, with custseg and the file that this made:

    python benchmarks/optbinning_cards.py --read FILE

tells the largest difference of a score and of a probability. Of words that were never seen
optbinning's own scores and probabilities say two things; ours says what its scores do.
"""

import argparse
import json
import math
import warnings
from pathlib import Path

SETTINGS = {
    "points to double the odds": {
        "scaling_method": "pdo_odds",
        "scaling_method_params": {"pdo": 20, "odds": 50, "scorecard_points": 600},
    },
    "rounded, from an intercept": {
        "scaling_method": "pdo_odds",
        "scaling_method_params": {"pdo": 40, "odds": 1, "scorecard_points": 400},
        "rounding": True,
        "intercept_based": True,
    },
    "from 0 to 100, reversed": {
        "scaling_method": "min_max",
        "scaling_method_params": {"min": 0, "max": 100},
        "reverse_scorecard": True,
    },
}
CODES = ([-999], {"gone": -999, "asked": [-1, -2]}, None)


def people(size):
    """Generated customers: numbers, codes, words with commas, quotes and Chinese, and an event."""
    import numpy as np
    import pandas as pd

    draw = np.random.RandomState(5)
    words = ["fair", "ad", "web, shop", "O'Neil", 'say "hi"', "王牌", "x y", "rare"]
    shares = [0.2, 0.2, 0.15, 0.15, 0.1, 0.1, 0.09, 0.01]
    table = pd.DataFrame(
        {
            "visits": draw.poisson(4, size).astype(float),
            "revenue": np.round(draw.gamma(2, 137.123, size), 3),
            "share": np.round(draw.uniform(0, 1, size), 4),
            "source": draw.choice(words, size, p=shares),
            "region": draw.choice(["N", "S", "E"], size),
        }
    )
    pull = 0.3 * table.visits - 2.5 + 0.002 * table.revenue + (table.source == "fair")
    event = (draw.rand(size) < 1 / (1 + np.exp(-pull))).astype(int)
    table.loc[draw.rand(size) < 0.1, "visits"] = np.nan
    table.loc[draw.rand(size) < 0.06, "revenue"] = -999
    table["source"] = table.source.astype(object).where(draw.rand(size) > 0.05, None)
    return table, event


def asked(table):
    """Customers to score: some of them, and what none of them was."""
    import pandas as pd

    odd = table.head(8).copy()
    odd["source"] = ["never seen", "", None, "rare", "fair", "王牌", "NAN", "Fair"]
    odd["revenue"] = [-1, -2, -1000, None, 0, 1e9, 52.895, -999]
    odd["visits"] = [1.5, -5, 1e6, None, 2.5, 3.5, 6.5, 0]
    return pd.concat([table.tail(60), odd], ignore_index=True)


def plain(value):
    return None if isinstance(value, float) and math.isnan(value) else value


def written(size):
    """Cards with what they say of the customers asked about."""
    from optbinning import BinningProcess, Scorecard
    from sklearn.linear_model import LogisticRegression

    table, event = people(size)
    probes = asked(table)
    cards = []
    for (name, how), codes in zip(SETTINGS.items(), CODES, strict=True):
        process = BinningProcess(
            [*table.columns],
            categorical_variables=["source", "region"],
            special_codes=codes,
            binning_fit_params={"source": {"cat_cutoff": 0.05}},
        )
        card = Scorecard(process, LogisticRegression(), **how).fit(table, event)
        lines = card.table("detailed").drop(columns="Bin")
        cards.append(
            {
                "name": name,
                "how": how,
                "base": float(card.intercept_),
                "table": json.loads(lines.to_json(orient="records")),
                "variables": [
                    json.loads(json.dumps(card.binning_process_.get_binned_variable(v).to_dict()))
                    for v in table.columns
                ],
                "scores": card.score(probes).tolist(),
                "no_event": card.predict_proba(probes)[:, 0].tolist(),
            }
        )
    rows = [{k: plain(v) for k, v in row.items()} for row in probes.to_dict("records")]
    return {"rows": rows, "cards": cards}


def compared(held):
    """Print the largest differences, and give them."""
    found = {"scores": {}, "chances": {}}
    from custseg.scoring import Odds, optbinning_card

    for one in held["cards"]:
        given, odds = one["how"]["scaling_method_params"], None
        if one["how"]["scaling_method"] == "pdo_odds":
            odds = Odds(at=given["scorecard_points"], odds=given["odds"], double=given["pdo"])
        card = optbinning_card(one["table"], one["variables"], base=one["base"], odds=odds)
        rows = card.apply(held["rows"])
        apart = max(abs(r["score"] - s) for r, s in zip(rows, one["scores"], strict=True))
        found["scores"][one["name"]] = apart
        print(f"{one['name']}: scores differ by {apart:.4f} at most", end="")
        if odds is not None:
            chances = zip(rows, one["no_event"], strict=True)
            far = max(abs(row["probability"] - p) for row, p in chances)
            found["chances"][one["name"]] = far
            print(f", chances by {far:.4f}", end="")
        print()
    return len(rows), found


def keep_them(measured):
    from _results import entry, keep

    rows, found = measured
    sides = {f"custseg, {what}": {"figures": figures} for what, figures in found.items()}
    keep([entry("cards of optbinning: largest difference", rows, sides)])


def main():
    asks = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asks.add_argument("--make", help="the file to make")
    asks.add_argument("--read", help="the file that was made")
    asks.add_argument("--write", action="store_true", help="keep the figures in results/")
    asks.add_argument("--customers", type=int, default=1200)
    given = asks.parse_args()
    if given.make:
        warnings.simplefilter("ignore")
        made = json.dumps(written(given.customers), ensure_ascii=False, indent=1)
        Path(given.make).write_text(made + "\n", encoding="utf-8")
    if given.read:
        found = compared(json.loads(Path(given.read).read_text(encoding="utf-8")))
        if given.write:
            keep_them(found)


if __name__ == "__main__":
    main()
