"""A log that grows: transactions appended and mended beside reading all of them again.

    python benchmarks/append.py [--rows 5000000] [--customers 1000000] [--new 10000]

CPU time of the process, the best of five calls; the answers are compared first. The log keeps the
figures of the last day, as a nightly job would; the rows that come are of any customer and any
day. The first append to a log with text ids builds their index, which the later ones share.
"""

import argparse
import time

import pandas as pd

import custseg as cs
from _results import entry, keep
from custseg.datasets import transactions

AS_OF = "2026-06-30"
NAMES = cs.Names(customer="customer_id", at="paid_at", amount="amount")


def cpu(call, rounds=5):
    spent, result = [], None
    for _ in range(rounds):
        result = None
        start = time.process_time()
        result = call()
        spent.append(time.process_time() - start)
    return min(spent), result


def frames(options, ids):
    log = transactions(options.rows + options.new, options.customers, ids=ids)
    log["paid_at"] = log["paid_at"].astype("datetime64[us]")
    whole = pd.DataFrame(log)
    return whole, whole.iloc[: options.rows], whole.iloc[options.rows :]


def compare(options, ids):
    whole, old, new = frames(options, ids)
    kept = cs.TransactionLog.of(old, NAMES).measured(as_of=AS_OF)
    first, _ = cpu(lambda: kept.append(new), 1)
    yield "first append", first, None
    append, grown = cpu(lambda: kept.append(new))
    yield "append", append, None
    once = cs.TransactionLog.of(whole, NAMES)
    pd.testing.assert_frame_equal(grown.summary(as_of=AS_OF), once.summary(as_of=AS_OF))
    for name in ("purchases", "occasions", "summary"):
        mine, _ = cpu(lambda name=name: getattr(kept.append(new), name)(as_of=AS_OF))
        read, _ = cpu(
            lambda name=name: getattr(cs.TransactionLog.of(whole, NAMES), name)(as_of=AS_OF), 3
        )
        yield f"append and {name}", mine, read


def sides(found):
    """The same as what was kept of it: each question of the log that grew and of one read again."""
    told = {f"custseg, {what}": {"cpu": mine} for what, mine, _ in found}
    again = {what.removeprefix("append and "): read for what, _, read in found if read is not None}
    return told | {f"custseg, all read again, {what}": {"cpu": cpu} for what, cpu in again.items()}


def main():
    parser = argparse.ArgumentParser(description="A log that grows.")
    parser.add_argument("--rows", type=int, default=5_000_000)
    parser.add_argument("--customers", type=int, default=1_000_000)
    parser.add_argument("--new", type=int, default=10_000)
    parser.add_argument("--write", action="store_true", help="keep the figures in results/")
    options = parser.parse_args()
    print(f"{options.new:,} rows to {options.rows:,} of {options.customers:,} customers")
    print("| ids | | CPU ms | all read again, CPU ms | ratio |\n|---|---|---|---|---|")
    for ids in ("int", "text"):
        found = list(compare(options, ids))
        for what, mine, read in found:
            other = "" if read is None else f"{1000 * read:,.0f}"
            ratio = "" if read is None else f"{read / mine:.0f}x"
            print(f"| {ids} | {what} | {1000 * mine:,.1f} | {other} | {ratio} |")
        if options.write:
            keep([entry(f"appended, {ids} ids", options.rows, sides(found))])


if __name__ == "__main__":
    main()
