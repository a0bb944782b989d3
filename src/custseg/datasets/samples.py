"""Real data shipped with the package, each with its source beside it."""

import csv
import datetime as dt
import gzip
from importlib.resources import files


def cdnow() -> list[dict[str, object]]:
    """The CDNOW sample: what 2,357 customers of a CD shop bought in 1997 and 1998.

    One in ten of the 23,570 customers who first bought in the first quarter of 1997, with all
    they bought up to 1998-06-30: 6,919 transactions. The sample on which the BG/NBD, Pareto/NBD
    and gamma-gamma papers report their results. Eight amounts are 0.

    Source: P. S. Fader and B. G. S. Hardie, "Forecasting Repeat Sales at CDNOW: A Case Study",
    Interfaces 31 (2001), S94-S107; file CDNOW_sample.txt of brucehardie.com/datasets as
    redistributed by the MIT-licensed package lifetimes; see ``data/cdnow_NOTICE.txt``.

    Returns:
        Records with ``customer_id`` (text, leading zeros), ``date``, ``quantity``, ``amount`` (US
        dollars).

    >>> cdnow()[0]["customer_id"], cdnow()[0]["amount"]
    ('00004', 29.33)
    """
    packed = files("custseg.datasets").joinpath("data/cdnow_sample.csv.gz").read_bytes()
    lines = gzip.decompress(packed).decode("ascii").splitlines()
    return [
        {
            "customer_id": row["customer_id"],
            "date": dt.date.fromisoformat(row["date"]),
            "quantity": int(row["quantity"]),
            "amount": float(row["amount"]),
        }
        for row in csv.DictReader(lines)
    ]
