# ruff: noqa: PLC0415 - a peer's environment loads only what it measures
"""The records that matching is measured on, made once and kept in the temporary folder.

``contacts`` are generated (seed 3, error .14, half of the customers Chinese). ``normalised`` is one
frame for everybody who matches: values in normal form, placeholders gone, and the columns that
blocking rules read. ``placeholders`` is the same with one phone number in 5 % of the rows.
"""

import hashlib
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd

SEED, ERRORS = 3, 0.14
COLUMNS = ("name", "company", "phone", "email", "city")
KEPT = Path(tempfile.gettempdir()) / "custseg-cleaning"


def kept(name, make, rooms):
    """A table made before by the same code, or made now."""
    path = KEPT / f"{name}-{made_by(rooms)}.parquet"
    if not path.exists():
        KEPT.mkdir(exist_ok=True)
        make().to_parquet(path)
    return pd.read_parquet(path)


def made_by(rooms):
    """What of the package makes the data: another code, another name."""
    from importlib.util import find_spec

    home = Path(find_spec("custseg").submodule_search_locations[0])
    told = hashlib.blake2b(digest_size=6)
    for path in sorted(path for room in rooms for path in home.glob(f"{room}/**/*")):
        if path.suffix in {".py", ".json"}:
            told.update(path.read_bytes())
    return told.hexdigest()


def contacts(rows, *, seed=SEED, errors=ERRORS, locale="mixed"):
    """Generated contacts with the truth beside them."""

    def make():
        from custseg.datasets import contacts as generate

        made = generate(rows, seed=seed, errors=errors, locale=locale)
        truth = made.truth_as("pandas")
        return made.table("pandas").assign(
            entity_id=truth["entity_id"], language=truth["language"], errors=truth["errors"]
        )

    return kept(f"contacts-{rows}-{seed}-{errors}-{locale}", make, ("datasets",))


def normalised(rows):
    """The frame that everybody matches: the same values, the same keys."""

    def make():
        from custseg.match.reading import reader
        from custseg.values import names, sounds

        raw = contacts(rows)
        out = raw[["record_id", "entity_id", "language"]].copy()
        for column in COLUMNS:
            read = "text" if column == "city" else column
            out[column] = each(raw[column], reader(read, "CN" if column == "phone" else None))
        out["sound"] = each(raw["name"], lambda name: sounds.key(names.read(name).value))
        out["family"] = each(raw["name"], reader("surname"))
        out["tail"] = each(out["phone"], lambda number: number[-4:])
        out["stem"] = each(out["company"], lambda name: name[:4])
        out["user"] = each(out["email"], lambda address: address.split("@")[0])
        return out

    return kept(f"normalised-{rows}-{SEED}", make, ("datasets", "values"))


def placeholders(rows):
    """One phone number in 5 % of the rows."""
    table = normalised(rows).copy()
    chosen = np.random.default_rng(5).random(len(table)) < 0.05
    phone = table["phone"].astype(object)
    phone[chosen] = "+8613912345678"
    table["phone"], table["tail"] = phone, table["tail"].astype(object).where(~chosen, "5678")
    return table


def each(column, read):
    """A column through a function, each distinct value once."""
    at, words = pd.factorize(column)
    return pd.Series(np.array([*(read(str(word)) for word in words), None], dtype=object)[at])


def counted(found, truth):
    """Precision, recall and F1 of the pairs of records that stand in one cluster."""
    found, truth = (pd.factorize(np.asarray(one))[0] for one in (found, truth))
    both = pd.factorize(found.astype(np.int64) * (int(truth.max()) + 1) + truth)[0]
    right, mine, theirs = (_pairs(one) for one in (both, found, truth))
    return right / max(mine, 1), right / max(theirs, 1), 2 * right / max(mine + theirs, 1)


def judged(found, truth):
    """F1 of them."""
    return counted(found, truth)[2]


def _pairs(labels):
    many = np.bincount(labels).astype(np.float64)
    return float((many * (many - 1) / 2).sum())


def scores(found, frame):
    """F1 of all, and where the language is known of each."""
    found = np.asarray(found)
    told = [judged(found, frame["entity_id"])]
    if "language" in frame:
        told += [
            judged(found[at], frame["entity_id"][at])
            for at in (np.flatnonzero(frame["language"] == one) for one in ("zh", "en"))
            if len(at)
        ]
    return told


def said(answer):
    """F1 as the table shows it."""
    return ", ".join(f"{name} {one:.4f}" for name, one in named(answer).items())


def named(answer):
    """F1 of all, and of each language."""
    return dict(zip(("F1", "zh", "en"), answer, strict=False))
