"""What does a fitted matcher lose when splink runs it? F1 of pairs, and seconds, on known sets.

    python benchmarks/splink_export.py [--only FEBRL3]

One preset a set, told which column is which (`_cleaning_sets.py`); custseg fits it and applies it,
then splink 5 on DuckDB is given its settings and its table (`SplinkExport`), predicts and clusters.
Nothing is trained there. "agree" is the F1 of splink's customers against custseg's.
"""

import argparse
import logging
import time

from splink import Linker
from splink.backends.duckdb import DuckDBAPI

from _cleaning_sets import SETS, asked, generated, there
from _results import entry, keep
from custseg.match import Dedupe, SplinkExport, evaluate

SETS_HERE = {
    **{name: SETS[name] for name in ("FEBRL3", "fake_1000", "historical, half a", "Chinese CRM")},
    "generated contacts, mixed": generated(5_000, 12, 0.14, "mixed"),
}


def custseg(known, table):
    spec = Dedupe.preset(known.preset, locale=known.locale, names=known.names)
    start = time.perf_counter()
    matcher = spec.fit(table)
    found = matcher.apply(table)["entity_id"].to_numpy()
    return matcher, found, time.perf_counter() - start


def splink(matcher, table):
    export = SplinkExport(matcher)
    made = export.table(table)
    start = time.perf_counter()
    linker = Linker(DuckDBAPI().register(made), export.settings, log_level=logging.WARNING)
    pairs = linker.inference.predict(threshold_match_probability=export.threshold)
    customers = linker.clustering.cluster_pairwise_predictions_at_threshold(
        pairs, threshold_match_probability=export.threshold
    )
    found = customers.as_duckdbpyrelation().df().set_index(matcher.id)["cluster_id"]
    return found.reindex(table[matcher.id]).to_numpy(), time.perf_counter() - start


def f1(table, found, truth):
    held = table.assign(entity_id=found, truth=truth)
    return evaluate(held, "truth").pairs.f1


def main():
    asks = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asks.add_argument("--only", default="")
    asks.add_argument("--write", action="store_true", help="keep the figures in results/")
    given = asks.parse_args()
    kept = {"custseg": {}, "splink": {}}
    size = 0
    print(f"{'set':28}{'records':>9}{'custseg':>9}{'splink':>9}{'agree':>8}{'s':>7}{'s':>7}")
    for name, known in SETS_HERE.items():
        if given.only not in name or not there(known):
            continue
        full = known.read()
        table = asked(full)
        matcher, ours, our_seconds = custseg(known, table)
        theirs, seconds = splink(matcher, table)
        whole = [f1(table, found, full["entity_id"]) for found in (ours, theirs)]
        size += len(table)
        for side, one in zip(kept, whole, strict=True):
            kept[side][name] = one
        agree = f1(table, theirs, ours)
        print(
            f"{name:28}{len(table):>9,}{whole[0]:>9.4f}{whole[1]:>9.4f}{agree:>8.4f}"
            f"{our_seconds:>7.1f}{seconds:>7.1f}",
            flush=True,
        )
    if given.write:
        keep([entry("run by splink", size, {who: {"figures": f} for who, f in kept.items()})])


if __name__ == "__main__":
    main()
