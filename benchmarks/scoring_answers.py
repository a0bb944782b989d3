# ruff: noqa: PLC0415 - a peer is loaded only by the process that asks it
"""How well do scores tell who is won? Learners of custseg beside peers, on three sets of outcomes.

    python benchmarks/scoring_answers.py [--peers-python PATH] [--draws 20]
        [--only folds|curve|held-out]

Sets (from ../shared/data; without a file its lines are left out): leads of X Education as known at
first touch (what is filled in by the sale is left out; "Select" is an answer that nobody chose),
bank marketing without the duration of the call, churn of Telco. `folds` is five-fold: AUC, Brier
score, calibration error over ten bins, and how many more are won in the top tenth than on average.
`curve` is the AUC on X Education after few and many closed leads, mean and standard error of
draws; the rest of the leads is the test. Peers: optbinning (in an environment of its own, with
scikit-learn), logistic regression on one-hot columns and histogram gradient boosting (60 trees) of
scikit-learn, both with the numbers filled by their median, and the naive Bayes of Odoo (to the
digit: `tests/published/test_odoo_lead_scoring.py`), alone and with numbers in fifths.

The points by hand were written from what is said about scoring leads, churn and calls, and from
the meaning of the columns; whoever wrote them knew that these sets exist, but fitted nothing. The
usual strength and the bands of the expert prior were chosen with the results on all three sets in
view: none of the three is a check of them, and they may flatter it.

`held-out` is the check: leads of `custseg.datasets` of seeds that nothing was chosen on (their
default seed is in the tests), the last three quarters as the test. Its points by hand are those of
the how-to page, written with the generator at hand; the wrong ones contradict it, to see what bad
points cost. Generated odds add up, as those of cards do: peers that learn what columns say together
have nothing to gain there.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
import pandas as pd

from _results import entry, keep, version_of

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
FOLDS, SIZES = 5, (60, 100, 200, 500, 1000, 3000)
AFTER_FIRST_TOUCH = (
    "Last Activity",
    "Last Notable Activity",
    "Tags",
    "Lead Quality",
    "Lead Profile",
    "Asymmetrique Activity Index",
    "Asymmetrique Profile Index",
    "Asymmetrique Activity Score",
    "Asymmetrique Profile Score",
)


# ----------------------------------------------------------------------------- sets


def leads():
    table = pd.read_parquet(SHARED / "crm_leads_x_education.parquet")
    won = table.pop("Converted").to_numpy().astype(bool)
    table = table.drop(columns=["Prospect ID", "Lead Number", *AFTER_FIRST_TOUCH])
    table = table.replace("Select", None)
    return table[[name for name in table if table[name].nunique() > 1]], won


def bank():
    table = pd.read_parquet(SHARED / "crm_bank_marketing.parquet")
    won = (table.pop("y") == "yes").to_numpy()
    return table.drop(columns=["duration", "Cust_num"]), won


def telco():
    table = pd.read_parquet(SHARED / "crm_telco_churn_ibm.parquet")
    won = (table.pop("Churn") == "Yes").to_numpy()
    return table.drop(columns="customerID"), won


SETS = {"X Education, first touch": leads, "bank, no duration": bank, "Telco churn": telco}
FILES = {
    "X Education, first touch": "crm_leads_x_education.parquet",
    "bank, no duration": "crm_bank_marketing.parquet",
    "Telco churn": "crm_telco_churn_ibm.parquet",
}


# ----------------------------------------------------------------------------- points by hand


def by_hand(name):
    """A card as a salesperson would write it."""
    from custseg.scoring import Scorecard

    factors = {
        "X": _leads_by_hand,
        "b": _bank_by_hand,
        "T": _telco_by_hand,
        "g": _generated_by_hand,
        "w": _generated_wrongly,
    }[name[0]]()
    return Scorecard(factors, low=None, high=None)


def _leads_by_hand():
    from custseg.scoring import Factor, Levels, Ramp

    jobs = {"Working Professional": 20, "Businessman": 12, "Unemployed": 6, "Housewife": 6}
    known, asked, searched = (
        dict.fromkeys(("Reference", "Welingak Website", "WeLearn"), 14),
        dict.fromkeys(("Click2call", "Olark Chat", "Live Chat", "Referral Sites"), 8),
        dict.fromkeys(("Google", "google", "bing", "Organic Search", "Direct Traffic"), 7),
    )
    few = dict.fromkeys(("Facebook", "Social Media", "blog"), 3)
    origins = {"Lead Add Form": 20, "Quick Add Form": 15, "API": 5, "Landing Page Submission": 5}
    return (
        Factor("time on site", "Total Time Spent on Website", worth=30, curve=Ramp(0, 1500)),
        Factor(
            "occupation",
            "What is your current occupation",
            curve=Levels({**jobs, "Other": 6, "Student": 3}),
        ),
        Factor("source", "Lead Source", curve=Levels({**known, **asked, **searched, **few})),
        Factor("origin", "Lead Origin", curve=Levels(origins)),
        Factor("no e-mail", "Do Not Email", curve=Levels({"Yes": -10})),
        Factor("no calls", "Do Not Call", curve=Levels({"Yes": -5})),
        Factor("visits", "TotalVisits", worth=5, curve=Ramp(0, 6)),
    )


def _bank_by_hand():
    from custseg.scoring import Factor, Levels, Ramp

    jobs = {"student": 10, "retired": 10, "management": 5, "admin.": 4, "self-employed": 4}
    return (
        Factor("poutcome", curve=Levels({"success": 30, "other": 8, "failure": 5})),
        Factor("job", curve=Levels({**jobs, "unemployed": 4, "technician": 3})),
        Factor("balance", worth=8, curve=Ramp(0, 4000)),
        Factor("housing", curve=Levels({"yes": -8})),
        Factor("loan", curve=Levels({"yes": -6})),
        Factor("default", curve=Levels({"yes": -8})),
        Factor("contact", curve=Levels({"cellular": 6, "telephone": 4})),
        Factor("campaign", worth=-8, curve=Ramp(1, 8)),
        Factor("education", curve=Levels({"tertiary": 5, "secondary": 2})),
    )


def _telco_by_hand():
    from custseg.scoring import Factor, Levels, Ramp

    return (
        Factor("Contract", curve=Levels({"Month-to-month": 30, "One year": 8})),
        Factor("tenure", worth=25, curve=Ramp(36, 0)),
        Factor("InternetService", curve=Levels({"Fiber optic": 12, "DSL": 5})),
        Factor("PaymentMethod", curve=Levels({"Electronic check": 8})),
        Factor("OnlineSecurity", curve=Levels({"No": 5})),
        Factor("TechSupport", curve=Levels({"No": 5})),
        Factor("SeniorCitizen", worth=3, curve=Ramp(0, 1)),
        Factor("Dependents", curve=Levels({"Yes": -3})),
        Factor("MonthlyCharges", worth=5, curve=Ramp(20, 110)),
    )


def _generated_by_hand():
    sources = {"referral": 30, "partner": 20, "fair": 15, "search": 12, "ad": 5}
    return _generated(sources, {"owner": 20, "manager": 15, "staff": 8, "student": -10})


def _generated_wrongly():
    sources = {"ad": 30, "search": 20, "partner": 15, "fair": 12, "referral": 5}
    return _generated(sources, {"staff": 20, "student": 15, "owner": 8, "manager": -10})


def _generated(sources, roles):
    from custseg.scoring import Factor, Levels, Ramp

    return (
        Factor("minutes", worth=20, curve=Ramp(0, 20)),
        Factor("source", curve=Levels(sources)),
        Factor("role", curve=Levels(roles)),
    )


# ----------------------------------------------------------------------------- learners


def _card(learner):
    """Fit a learner of custseg, and ask for the probability of others."""

    def asked(_name, old, won, new):
        card = learner.fit(old.assign(won=won), outcome="won")
        return card.apply(new)["probability"].to_numpy()

    return asked


def woe(*args):
    from custseg.scoring import WeightOfEvidence

    return _card(WeightOfEvidence())(*args)


def bayes(*args):
    from custseg.scoring import NaiveBayes

    return _card(NaiveBayes())(*args)


def odoo(*args):
    """Categories alone; a set without numbers of its own stays as it is."""
    from custseg.scoring import NaiveBayes

    words = tuple(name for name in args[1] if not pd.api.types.is_numeric_dtype(args[1][name]))
    return _card(NaiveBayes(columns=words, exact=True))(*args)


def odoo_fifths(*args):
    from custseg.scoring import NaiveBayes

    return _card(NaiveBayes(exact=True, bands=5))(*args)


def expert(name, *args):
    from custseg.scoring import ExpertPrior

    return _card(ExpertPrior(by_hand(name)))(name, *args)


def hand(name, _old, _won, new):
    """Points, not chances: its Brier score and calibration are not asked."""
    return by_hand(name).apply(new)["score"].to_numpy()


def _matrix(old, new, *, hot):
    from sklearn.compose import make_column_transformer
    from sklearn.impute import SimpleImputer
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import OneHotEncoder, OrdinalEncoder, StandardScaler

    numbers = [n for n in old if pd.api.types.is_numeric_dtype(old[n])]
    texts = [n for n in old if n not in numbers]
    coded = (
        OneHotEncoder(handle_unknown="ignore", min_frequency=5)
        if hot
        else OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1)
    )
    filled = make_pipeline(SimpleImputer(strategy="median"), StandardScaler())
    made = make_column_transformer((filled if hot else "passthrough", numbers), (coded, texts))
    fill = dict.fromkeys(texts, "none")
    return made.fit_transform(old.fillna(fill)), made.transform(new.fillna(fill))


def logistic(_name, old, won, new):
    from sklearn.linear_model import LogisticRegression

    x, z = _matrix(old, new, hot=True)
    return LogisticRegression(max_iter=2000).fit(x, won).predict_proba(z)[:, 1]


def boosting(_name, old, won, new):
    from sklearn.ensemble import HistGradientBoostingClassifier

    x, z = _matrix(old, new, hot=False)
    model = HistGradientBoostingClassifier(max_iter=60, random_state=0)
    return model.fit(x, won).predict_proba(z)[:, 1]


def optbinning(_name, old, won, new):
    from optbinning import BinningProcess, Scorecard
    from sklearn.linear_model import LogisticRegression

    texts = [n for n in old if not pd.api.types.is_numeric_dtype(old[n])]
    old, new = old.astype(dict.fromkeys(texts, object)), new.astype(dict.fromkeys(texts, object))
    process = BinningProcess(list(old.columns), categorical_variables=texts)
    card = Scorecard(binning_process=process, estimator=LogisticRegression(max_iter=1000))
    card.fit(old, won.astype(int), metric_missing="empirical")
    return card.predict_proba(new)[:, 1]


LEARNERS = {
    "points by hand": hand,
    "Odoo naive Bayes": odoo,
    "Odoo naive Bayes, fifths": odoo_fifths,
    "custseg NaiveBayes": bayes,
    "custseg WeightOfEvidence": woe,
    "custseg ExpertPrior": expert,
    "optbinning": optbinning,
    "logistic regression": logistic,
    "gradient boosting": boosting,
}
PEERS = ("optbinning",)
CURVE = (
    "points by hand",
    "Odoo naive Bayes, fifths",
    "custseg NaiveBayes",
    "custseg WeightOfEvidence",
    "custseg ExpertPrior",
    "logistic regression",
    "gradient boosting",
)


BY_HAND = ("points by hand", "custseg ExpertPrior")
HELD_OUT_SIZES = (60, 200, 1000)
HELD_OUT = (
    ("good points", "points by hand"),
    ("wrong points", "points by hand"),
    ("good points", "custseg NaiveBayes"),
    ("good points", "custseg WeightOfEvidence"),
    ("good points", "logistic regression"),
    ("good points", "gradient boosting"),
    ("good points", "custseg ExpertPrior"),
    ("wrong points", "custseg ExpertPrior"),
)


# ----------------------------------------------------------------------------- measures


def measured(score, won, *, chances=True):
    from custseg.measures.calibrating import calibration
    from custseg.measures.tally import Tally

    tally = Tally.of(np.asarray(score, dtype=float), won)
    found = {"auc": tally.auc, "lift": float(tally.lift((0.1,))[0])}
    if chances:
        found |= {"brier": tally.brier, "ece": float(calibration(tally, 10).error)}
    return found


def folds(rows):
    draws = np.random.default_rng(0)
    return draws.permutation(np.arange(rows) % FOLDS)


def five_folds(name, learner):
    table, won = SETS[name]()
    fold, score = folds(len(won)), np.zeros(len(won))
    for i in range(FOLDS):
        new = fold == i
        score[new] = LEARNERS[learner](name, table[~new], won[~new], table[new])
    told = measured(score, won, chances=learner != "points by hand")
    return told | {"version": version_of(learner)}


def curve(name, learner, size, draws):
    table, won = SETS[name]()
    found = []
    for seed in range(draws):
        order = np.random.default_rng(seed).permutation(len(won))
        old, new = order[:size], order[size:]
        try:
            score = LEARNERS[learner](name, table.iloc[old], won[old], table.iloc[new])
        except ValueError:  # too little to learn from: nothing is told
            score = np.zeros(len(new))
        found.append(measured(score, won[new], chances=False)["auc"])
    return float(np.mean(found)), float(np.std(found) / len(found) ** 0.5)


def asked(question, python):
    """Ask in this process, or in the environment of a peer."""
    if python is None:
        return answer(question)
    with tempfile.NamedTemporaryFile("r", suffix=".json") as file:
        words = [python, __file__, "--worker", json.dumps(question), "--out", file.name]
        subprocess.run(words, check=True, capture_output=True, text=True)
        return json.loads(Path(file.name).read_text(encoding="utf-8"))


def answer(question):
    return {"folds": five_folds, "curve": curve}[question["ask"]](*question["with"])


def held_out(hand, learner, size, draws):
    """AUC on generated leads of one seed a draw."""
    from custseg import datasets

    found = []
    for seed in range(101, 101 + draws):
        table = pd.DataFrame(datasets.leads(4000, seed=seed).closed)
        won = (table.pop("outcome") == "won").to_numpy()
        table = table.drop(columns=["lead_id", "created_at", "tag", "message", "amount"])
        old, new = table.iloc[:size], table.iloc[1000:]
        try:
            score = LEARNERS[learner](hand, old, won[:size], new)
        except ValueError:  # too little to learn from: nothing is told
            score = np.zeros(len(new))
        found.append(measured(score, won[1000:], chances=False)["auc"])
    return float(np.mean(found)), float(np.std(found) / len(found) ** 0.5)


# ----------------------------------------------------------------------------- tables


def print_folds(peers, *, write):
    for name in SETS:
        sides = {}
        if not (SHARED / FILES[name]).exists():
            continue
        print(f"\n{name}, five-fold\n")
        print(f"| {'learner':26} | AUC    | Brier  | ECE   | lift |")
        print(f"|{'-' * 28}|--------|--------|-------|------|")
        for learner in LEARNERS:
            if learner in PEERS and peers is None:
                continue
            python = peers if learner in PEERS else None
            found = asked({"ask": "folds", "with": [name, learner]}, python)
            sides[side(learner)] = {"version": found.pop("version"), "figures": found}
            brier = f"{found['brier']:.4f}" if "brier" in found else "     -"
            ece = f"{found['ece']:.3f}" if "ece" in found else "    -"
            told = f"{found['auc']:.4f} | {brier} | {ece} | {found['lift']:.2f}"
            print(f"| {learner:26} | {told} |", flush=True)
        if write:
            keep([entry(f"five-fold: {name}", len(SETS[name]()[1]), sides)])


def side(learner):
    """A learner as it is kept: points by hand are custseg's own card."""
    return learner if learner not in BY_HAND[:1] else f"custseg {learner}"


def print_curve(draws, names, *, write):
    for name in names:
        sides = {}
        if not (SHARED / FILES[name]).exists():
            continue
        print(f"\n{name}: AUC after so many closed leads (mean of draws, standard error)\n")
        heads = " | ".join(f"{size:>12}" for size in SIZES)
        print(f"| {'learner':26} | {heads} |")
        print(f"|{'-' * 28}|{'|'.join('-' * 14 for _ in SIZES)}|")
        for learner in CURVE:
            cells = []
            for size in SIZES:
                many = draws if size <= 200 else max(2, draws // 4)
                mean, error = curve(name, learner, size, many)
                cells.append(f"{mean:.3f} ±{error:.3f}")
                sides.setdefault(side(learner), {"figures": {}})["figures"][str(size)] = mean
            print(f"| {learner:26} | {' | '.join(f'{cell:>12}' for cell in cells)} |", flush=True)
        if write:
            keep([entry(f"after few outcomes: {name}", len(SETS[name]()[1]), sides)])


def print_held_out(draws, *, write):
    sides = {}
    print("\ngenerated leads: AUC after so many closed leads (mean of seeds, standard error)\n")
    print(f"| {'learner':40} | {' | '.join(f'{size:>12}' for size in HELD_OUT_SIZES)} |")
    print(f"|{'-' * 42}|{'|'.join('-' * 14 for _ in HELD_OUT_SIZES)}|")
    for hand, learner in HELD_OUT:
        told = f"{learner}, {hand}" if learner in BY_HAND else learner
        means = [held_out(hand, learner, size, draws) for size in HELD_OUT_SIZES]
        cells = [f"{f'{mean:.3f} ±{error:.3f}':>12}" for mean, error in means]
        figures = {str(n): mean for n, (mean, _) in zip(HELD_OUT_SIZES, means, strict=True)}
        sides[side(learner) + told.removeprefix(learner)] = {"figures": figures}
        print(f"| {told:40} | {' | '.join(cells)} |", flush=True)
    if write:
        keep([entry("after few outcomes: generated leads", 3000, sides)])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--peers-python")
    parser.add_argument("--only", choices=("folds", "curve", "held-out"))
    parser.add_argument("--draws", type=int, default=20)
    parser.add_argument("--every", action="store_true", help="the curve of every set")
    parser.add_argument("--write", action="store_true", help="keep the figures in results/")
    parser.add_argument("--worker")
    parser.add_argument("--out")
    given = parser.parse_args()
    if given.worker:
        Path(given.out).write_text(json.dumps(answer(json.loads(given.worker))), encoding="utf-8")
        return
    if given.only in {None, "folds"}:
        print_folds(given.peers_python, write=given.write)
    if given.only in {None, "curve"}:
        print_curve(given.draws, SETS if given.every else list(SETS)[:1], write=given.write)
    if given.only in {None, "held-out"}:
        print_held_out(given.draws, write=given.write)


if __name__ == "__main__":
    sys.exit(main())
