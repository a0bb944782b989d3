"""RFM on whole published tables, where their data is at hand.

    python benchmarks/_published_rfm.py [--data ../shared/data]

The CDNOW master table (23,570 customers, as of 1998-07-01), and the orders of R's package rfm
(MIT; `data/rfm_data_orders.rda` of rsquaredacademy/rfm, saved as `rfm_data_orders.parquet` with the
columns customer_id, order_date, revenue), as of 2006-12-31. Prints what agrees and stops at what
does not.
"""

import argparse
from pathlib import Path

import numpy as np
import pandas as pd

import custseg as cs
from custseg.tiering import MONETARY, RECENCY, RFM, Measure, SegmentMap, rfm_measures

ORDERS = Measure("frequency", "orders")
NAMES = ("recency", "frequency", "monetary")
VIGNETTE = {
    "champions": ((5, 5), (5, 5), (5, 5)),
    "potential_loyalist": ((3, 5), (3, 5), (2, 5)),
    "loyal": ((2, 4), (2, 4), (2, 4)),
    "promising": ((3, 4), (1, 3), (3, 5)),
    "new": ((4, 5), (1, 3), (1, 5)),
    "cant_lose": ((1, 2), (3, 4), (4, 5)),
    "at_risk": ((1, 2), (2, 5), (4, 5)),
    "need_attention": ((1, 3), (3, 5), (3, 5)),
    "about_to_sleep": ((2, 3), (1, 3), (1, 4)),
    "lost": ((1, 1), (1, 5), (1, 5)),
}
PRINTED = {
    "about_to_sleep": (102, 283, 23449),
    "at_risk": (28, 216, 22227),
    "cant_lose": (47, 274, 32446),
    "champions": (35, 316, 31646),
    "lost": (148, 393, 35324),
    "loyal": (170, 799, 76562),
    "need_attention": (10, 57, 4562),
    "new": (104, 329, 28837),
    "potential_loyalist": (342, 2211, 204856),
    "promising": (9, 28, 4249),
}


def near(what, found, wanted):
    np.testing.assert_allclose(list(found), wanted, rtol=1e-9, err_msg=what)
    print(f"{what}: {wanted} as published")


def cdnow_master(file):
    frame = pd.read_parquet(file)
    names = cs.Names(customer="customer_id", at="date", amount="dollar_value")
    people = rfm_measures(cs.TransactionLog.of(frame, names), as_of="1998-07-01")
    near("customers and transactions", (len(people), people["orders"].sum()), (23570, 69659))
    near("money", (people["revenue"].sum().round(2),), (2500315.63,))
    cuts = RFM(measures=(RECENCY, ORDERS, MONETARY)).fit(people).cuts
    near("recency edges", cuts["recency"], (142, 433, 486, 513))
    near("frequency edges", cuts["frequency"], (1, 1, 2, 4))
    near("monetary edges", cuts["monetary"], (15.36, 31.35, 59.924, 133.95))
    near("share with one order", ((people["orders"] == 1).mean().round(3),), (0.505,))


def orders_of_r(file):
    frame = pd.read_parquet(file)
    names = cs.Names(customer="customer_id", at="order_date", amount="revenue")
    people = rfm_measures(cs.TransactionLog.of(frame, names), as_of="2006-12-31")
    spans = {name: dict(zip(NAMES, span, strict=True)) for name, span in VIGNETTE.items()}
    spec = RFM.preset("r_rfm")
    spec = RFM(
        cutters=spec.cutters,
        measures=spec.measures,
        segments=SegmentMap.of(spans, otherwise="others"),
    )
    model = spec.fit(people)
    near("recency thresholds", model.cuts["recency"], (115, 181, 297.4, 482))
    near("frequency thresholds", model.cuts["frequency"], (4, 5, 6, 8))
    near("monetary thresholds", model.cuts["monetary"], (255.8, 382, 506.4, 666))
    told = model.summary(people)
    found = {s.segment: (s.customers, s.orders, s.revenue) for s in told.segments}
    for name, wanted in PRINTED.items():
        near(name, found[name], wanted)
    near("sum of cell means", (np.nansum(told.grid("mean_revenue")).round(),), (12634,))


def main():
    parser = argparse.ArgumentParser(description="RFM on whole published tables.")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    folder = parser.parse_args().data
    runs = {"tx_cdnow_master.parquet": cdnow_master, "rfm_data_orders.parquet": orders_of_r}
    for name, run in runs.items():
        if (folder / name).exists():
            print(name)
            run(folder / name)
        else:
            print(f"{name}: not at hand")


if __name__ == "__main__":
    main()
