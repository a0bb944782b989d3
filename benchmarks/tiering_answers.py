# ruff: noqa: PLC0415 - a peer is loaded only by the process that asks it
"""One column, many answers: what tiering tools say of the same customers.

    python benchmarks/tiering_answers.py [--peers-python PATH] [--old-peers-python PATH]

Columns: purchase days and money of the customers of CDNOW, of Online Retail and of a Taobao shop
where nine in ten buy once (the last two from ../shared/data; without the files they are left out).
Every strategy of custseg must answer, and no two customers with equal values may differ: this is
asserted. Of the peers it is reported. Cells are the sizes of the classes, lowest first; ``split``
says how many customers have an equal who was put in another class. The environments of the peers
are those of tiering.py.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path

import numpy as np

from _results import entry, keep, version_of

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
FIFTHS = (0.2, 0.4, 0.6, 0.8)


# ----------------------------------------------------------------------------- peers


def qcut(x):
    import pandas as pd

    return pd.qcut(x, 5, labels=False)


def qcut_drop(x):
    import pandas as pd

    return pd.qcut(x, 5, labels=False, duplicates="drop")


def rank_qcut(x):
    import pandas as pd

    return pd.qcut(pd.Series(x).rank(method="first"), 5, labels=False)


def polars_qcut(x):
    import polars as pl

    made = pl.Series(x).qcut(5, labels=list("01234"), allow_duplicates=True)
    return made.cast(pl.String).cast(pl.Int64)


def discretizer(x):
    from sklearn.preprocessing import KBinsDiscretizer

    model = KBinsDiscretizer(5, encode="ordinal", strategy="quantile", subsample=None)
    return model.fit_transform(x[:, None])[:, 0]


def ntile(x):
    import duckdb
    import pandas as pd

    given = pd.DataFrame({"i": np.arange(len(x)), "x": x})
    asked = "SELECT i, ntile(5) OVER (ORDER BY x) AS c FROM given ORDER BY i"
    with duckdb.connect() as engine:
        engine.register("given", given)
        return engine.sql(asked).fetchnumpy()["c"]


def openretailscience(x):
    import pandas as pd
    from openretailscience.segmentation.rfm import RFMSegmentation

    rows = {"customer_id": np.arange(len(x)), "unit_spend": x, "transaction_id": np.arange(len(x))}
    table = pd.DataFrame(rows | {"transaction_date": pd.Timestamp("2026-06-30")})
    found = RFMSegmentation(table, "2026-06-30", 5, 5, 5).table.execute()
    return found.sort_values("customer_id")["m_score"].to_numpy()


def mapclassify_quantiles(x):
    import mapclassify

    return mapclassify.Quantiles(x, 5).yb


def fisher_jenks(x):
    import mapclassify

    return mapclassify.FisherJenks(x, 3).yb


def head_tail(x):
    import mapclassify

    return mapclassify.HeadTailBreaks(x).yb


def jenkspy(x):
    import jenkspy as peer

    return np.searchsorted(peer.jenks_breaks(x, n_classes=3)[1:-1], x)


def ckmeans(x):
    import ckmeans as peer

    return np.searchsorted([group[-1] for group in peer.ckmeans(x, 3)[:-1]], x)


def ckwrap(x):
    import ckwrap as peer

    return peer.ckmeans(x, 3).labels


def kmeans1d(x):
    import kmeans1d as peer

    return peer.cluster(x, 3).clusters


def kmeans(x):
    from sklearn.cluster import KMeans

    model = KMeans(3, n_init=1, random_state=0).fit(x[:, None])
    return np.argsort(np.argsort(model.cluster_centers_[:, 0]))[model.labels_]


def abc_analysis(x):
    import pandas as pd
    from abc_analysis import abc_analysis as peer

    found, codes = peer(pd.Series(x)), np.zeros(len(x), dtype=int)
    codes[found["Aind"]], codes[found["Bind"]] = 2, 1
    return codes


def inventorize(x):
    import pandas as pd
    from inventorize import ABC

    found = ABC(pd.DataFrame({"i": np.arange(len(x)), "x": x})).sort_values("i")
    return found["Category"].map({"A": 2, "B": 1, "C": 0}).to_numpy()


def abc_classification(x):
    import pandas as pd
    from abc_classification.abc_classifier import ABCClassifier

    given = pd.DataFrame({"i": np.arange(len(x)), "x": x})
    found = ABCClassifier(given).classify("i", "x").sort_values("i")
    return found["class"].map({"A": 2, "B": 1, "C": 0}).to_numpy()


PEERS = {
    "fifths": {
        "pd.qcut": (qcut, "pandas", None),
        "pd.qcut, drop": (qcut_drop, "pandas", None),
        "rank(first), pd.qcut": (rank_qcut, "pandas", None),
        "polars qcut": (polars_qcut, "polars", None),
        "KBinsDiscretizer": (discretizer, "scikit-learn", "peers"),
        "mapclassify Quantiles": (mapclassify_quantiles, "mapclassify", "peers"),
        "DuckDB ntile": (ntile, "duckdb", None),
        "openretailscience": (openretailscience, "openretailscience", "old_peers"),
    },
    "three natural classes": {
        "mapclassify FisherJenks": (fisher_jenks, "mapclassify", "peers"),
        "jenkspy": (jenkspy, "jenkspy", "peers"),
        "ckmeans": (ckmeans, "ckmeans", "peers"),
        "ckwrap": (ckwrap, "ckwrap", "peers"),
        "kmeans1d": (kmeans1d, "kmeans1d", "peers"),
        "KMeans": (kmeans, "scikit-learn", "peers"),
    },
    "head and tail": {"mapclassify HeadTailBreaks": (head_tail, "mapclassify", "peers")},
    "80 % and 95 % of the sum": {
        "abc-analysis": (abc_analysis, "abc-analysis", "old_peers"),
        "inventorize": (inventorize, "inventorize", "old_peers"),
        "abc-classification (70 %, 90 %)": (abc_classification, "abc-classification", "old_peers"),
    },
}


# ----------------------------------------------------------------------------- custseg


def strategies(question):
    """Every strategy of custseg that answers a question."""
    from custseg import tiering as t

    made = {
        "fifths": {
            "Quantiles": t.Quantiles(FIFTHS),
            "Quantiles, up": t.Quantiles(FIFTHS, "up"),
            "Quantiles, middle": t.Quantiles(FIFTHS, "middle"),
            "RQuantiles (R rfm)": t.RQuantiles(5),
            "Quota": t.Quota((0.8, 0.6, 0.4, 0.2)),
        },
        "three natural classes": {"NaturalBreaks": t.NaturalBreaks(3)},
        "head and tail": {"HeadTail": t.HeadTail()},
        "80 % and 95 % of the sum": {
            "Pareto": t.Pareto(),
            "Pareto, down": t.Pareto(ties="down"),
            "Pareto, middle": t.Pareto(ties="middle"),
        },
        "others": {
            "Thresholds (2, 5)": t.Thresholds((2.0, 5.0)),
            "Halves": t.Halves(),
            "Quota (500, 100)": t.Quota((500, 100)),
            "AtLeast (5,000, else 2 and 5)": t.AtLeast(5000, t.Pareto(), t.Cuts((2.0, 5.0))),
        },
    }
    return {f"custseg {name}": cutter for name, cutter in made[question].items()}


def columns():
    """Purchase days and money of each customer, by data set."""
    import custseg as cs

    yield from measured("CDNOW", cs.datasets.cdnow(), cs.Names(at="date"), "1998-06-30")
    retail = SHARED / "tx_online_retail_uci.parquet"
    if retail.exists():
        import pandas as pd

        rows = pd.read_parquet(retail).dropna(subset=["CustomerID"])
        rows["amount"] = (rows["Quantity"] * rows["UnitPrice"]).round(2)
        names = cs.Names(customer="CustomerID", at="InvoiceDate")
        yield from measured("Online Retail", rows, names, "2011-12-10")
    shop = SHARED / "tx_cn_taobao_shop_a.parquet"
    if shop.exists():
        import pandas as pd

        rows = pd.read_parquet(shop)
        rows = rows[rows["订单状态"] == "交易成功"]
        names = cs.Names(customer="买家昵称", at="付款日期", amount="实付金额")
        yield from measured("Taobao shop", rows, names, "2019-06-30")


def measured(name, rows, names, as_of):
    import custseg as cs
    from custseg.frames import table

    found = table(cs.tiering.rfm_measures(cs.TransactionLog.of(rows, names), as_of=as_of))
    for column, said in (("frequency", "days"), ("revenue", "money")):
        values = found.read({column: "number"})[column]
        yield f"{name}, {said}", np.asarray(values[~np.isnan(values)])


# ----------------------------------------------------------------------------- asking


def told(values, codes):
    """Class sizes, lowest first, and how many customers have an equal in another class."""
    codes = np.asarray(codes).astype(np.int64)
    _, who = np.unique(values, return_inverse=True)
    least, most = np.full(who.max() + 1, codes.max()), np.full(who.max() + 1, codes.min())
    np.minimum.at(least, who, codes)
    np.maximum.at(most, who, codes)
    return {"sizes": np.bincount(codes).tolist(), "split": int((least != most)[who].sum())}


def answer(question, name, values):
    warnings.simplefilter("ignore")
    try:
        codes = np.asarray(PEERS[question][name][0](values.copy()))
    except Exception as error:  # noqa: BLE001 - whatever a peer raises is its answer
        return {"error": f"raises {type(error).__name__}"}
    return told(values, codes - codes.min())


def asked(options, home, path):
    """What the peers of one environment answer on each column."""
    python = sys.executable if home is None else getattr(options, f"{home}_python")
    names = [n for peers in PEERS.values() for n, (_, _, lives) in peers.items() if lives == home]
    if python is None:
        return {name: {} for name in names}, {}
    call = [python, __file__, "--worker", str(home), "--folder", str(path)]
    done = subprocess.run(call, capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def worker(options):
    home = None if options.worker == "None" else options.worker
    found, known = {}, {}
    for question, peers in PEERS.items():
        for name, (_, package, lives) in peers.items():
            if lives == home:
                known[name] = version_of(package)
                found[name] = {
                    path.stem: answer(question, name, np.load(path))
                    for path in sorted(Path(options.folder).glob("*.npy"))
                    if known[name]
                }
    print(json.dumps([found, known]))


def ours(question, given):
    """Every strategy answers every column, and splits no equals."""
    for name, cutter in strategies(question).items():
        cells = {}
        for column, values in given.items():
            cells[column] = told(values, cutter.cuts(values).codes(values))
            assert not cells[column]["split"], (name, column)
        yield name, cells


def cell(found):
    if not found:
        return "not installed"
    if "error" in found:
        return found["error"]
    split = f" ({found['split']:,} split)" if found["split"] else ""
    return "/".join(map(str, found["sizes"])) + split


def main():
    parser = argparse.ArgumentParser(description="One column, many answers.")
    for home in ("peers", "old-peers"):
        parser.add_argument(f"--{home}-python", help="a Python where peers are installed")
    parser.add_argument("--write", action="store_true", help="keep the figures in results/")
    parser.add_argument("--worker", help=argparse.SUPPRESS)
    parser.add_argument("--folder", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.worker:
        worker(options)
        return
    given = dict(columns())
    for name, values in given.items():
        share = float((values == np.median(values)).mean())
        print(f"{name}: {len(values):,} customers, {share:.0%} of them at the median")
    answers, versions = every(options, given)
    for question in (*PEERS, "others"):
        print(f"\n## {question}\n\n| | {' | '.join(given)} |\n" + "|---" * (len(given) + 1) + "|")
        theirs = ((f"{n} {versions.get(n, '')}", answers[n]) for n in PEERS.get(question, ()))
        shown = [*ours(question, given), *theirs]
        for name, cells in shown:
            print(f"| {name} | {' | '.join(cell(cells.get(c)) for c in given)} |")
        if options.write and question in PEERS:
            rows = sum(map(len, given.values()))
            keep([entry(f"equals apart: {question}", rows, dict(sides(shown, versions)))])


def sides(shown, versions):
    """How many equals each side told apart in each column."""
    for name, cells in shown:
        side, _, known = name.rpartition(" ")
        told = {column: one["split"] for column, one in cells.items() if "split" in one}
        if told and versions.get(side) == known:
            yield side, {"version": known, "figures": told}
        elif told:
            yield name, {"figures": told}


def every(options, given):
    """What all peers answer, and their versions."""
    answers, versions = {}, {}
    with tempfile.TemporaryDirectory() as folder:
        for name, values in given.items():
            np.save(Path(folder) / f"{name}.npy", values)
        for home in (None, "peers", "old_peers"):
            found, known = asked(options, home, folder)
            answers |= found
            versions |= known
    return answers, versions


if __name__ == "__main__":
    main()
