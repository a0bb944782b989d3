# ruff: noqa: PLC0415 - loaded by the process that measures it
"""What comes before and after matching: normal values, a check on insert, golden records.

``normalised`` reads name, company, phone and e-mail of generated contacts. ``lookups`` asks an
index made before the clock runs for 300 of its own records; its answer is the median and the 95th
percentile of one check, in milliseconds of CPU time, and the megabytes of the index beside the
values. ``golden`` merges the true customers, five fields with the origin of every value.
"""

import time

import numpy as np

from _beside import Row

ASKED = 300
FIELDS = ("name", "phone", "email", "company", "city")


def normalise(frame):
    from custseg.clean import Cleaner

    asked = frame[["name", "company", "phone", "email"]]
    kinds = {"name": "person", "company": "company", "phone": "phone", "email": "email"}
    cleaner = Cleaner(kinds).fit(asked)
    return lambda: cleaner.apply(asked), lambda found: [float(found["phone"].nunique())]


def golden(frame):
    from custseg.match import Merge

    asked = frame[["record_id", "entity_id", "updated_at", *FIELDS]]

    def told(found):
        return [float(len(found.table))]

    return lambda: Merge(id="record_id", moment="updated_at").golden(asked), told


def lookup(frame):
    """Checks of records that are there: what a form costs while somebody types."""
    from custseg.match import Dedupe

    asked = frame.drop(columns=["entity_id", "language", "errors"])
    matcher = Dedupe.preset("contact", names={"id": "record_id"}).fit(asked)
    index = matcher.index(asked)
    step = max(len(asked) // ASKED, 1)
    shown = asked.iloc[::step].astype(object)
    records = shown.where(shown.notna(), None).drop(columns="record_id").to_dict("records")
    index.lookup(records[0])

    def call():
        spent = []
        for record in records:
            start = time.process_time()
            index.lookup(record)
            spent.append(1000 * (time.process_time() - start))
        return spent

    return call, lambda spent: [*np.percentile(spent, (50, 95)).tolist(), index.memory / 1e6]


def normalised(data, within=None):
    return Row(data, {"custseg": normalise}, within=within, calls={"custseg": 1}, says=_phones)


def golden_records(data, within=None):
    return Row(data, {"custseg": golden}, within=within, calls={"custseg": 1}, says=_customers)


def lookups(data):
    return Row(data, {"custseg": lookup}, calls={"custseg": 2}, says=_checks, figures=_times)


def _phones(answer):
    return f"{answer[0]:,.0f} numbers"


def _customers(answer):
    return f"{answer[0]:,.0f} customers"


def _times(answer):
    return dict(zip(("median, ms", "95th, ms", "index, MB"), answer, strict=True))


def _checks(answer):
    return f"median {answer[0]:.2f} ms, 95th {answer[1]:.2f} ms, index {answer[2]:,.0f} MB"
