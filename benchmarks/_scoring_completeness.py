# ruff: noqa: PLC0415 - a peer is loaded only by the process that measures it
"""Completeness of a million records with twenty fields, beside the same by hand.

``numbers``: twenty columns of numbers, 10 % missing. ``mixed``: fourteen of numbers, whole numbers
and days, and six of texts: two with five words, two with 50,000, two where every text is another;
some of the words are placeholders. By hand is what many write: the share of cells that are not
null (pandas); it takes placeholders for values, so that it counts more than there is. ``checked``
has e-mail addresses and phone numbers, every one of which is read.
"""

import numpy as np

from _beside import Row

FEW = np.array(["Ulm", "Bonn", "n/a", "Kiel", "Jena"])


def numbers(rows, many=20):
    """Columns of numbers, a tenth missing."""
    chance = np.random.default_rng(7)
    return {
        f"n{i}": np.where(chance.random(rows) < 0.1, np.nan, chance.random(rows))
        for i in range(many)
    }


def mixed(rows):
    """Numbers, whole numbers, days and texts."""
    chance = np.random.default_rng(8)
    day = np.datetime64("2024-01-01", "s")
    return {
        **numbers(rows, 9),
        **{f"k{i}": chance.integers(0, 9, rows) for i in range(3)},
        **{f"d{i}": day + chance.integers(0, 10**8, rows) for i in range(2)},
        **{f"few{i}": FEW[chance.integers(0, len(FEW), rows)] for i in range(2)},
        **{f"some{i}": _named("name", chance.integers(0, 50_000, rows)) for i in range(2)},
        **{f"each{i}": _named("remark", chance.permutation(rows)) for i in range(2)},
    }


def checked(rows):
    """What has to be read one by one: every value is another."""
    number = np.random.default_rng(9).permutation(rows)
    return {"email": _named("user@shop", number), "phone": _named("139168", number, 5)}


def _named(word, number, width=0):
    ends = ".cn" if "@" in word else ""
    texts = np.char.zfill(number.astype(str), width)
    return np.char.add(np.char.add(word, texts), ends)


def presence():
    """Twenty columns of numbers."""
    return Row(
        "1,000,000 records of numbers", {"custseg": ours, "pandas by hand": by_hand}, within=200.0
    )


def texts():
    """Twenty columns, six of them texts."""
    return Row(
        "1,000,000 mixed records",
        {"custseg": ours, "pandas by hand": by_hand},
        within=200.0,
        apart={"pandas by hand": "placeholders such as n/a count as values"},
    )


def asking():
    """The same with the field to ask for next."""
    return Row("1,000,000 mixed records", {"custseg": next_field})


def reading():
    """E-mail addresses and phone numbers."""
    return Row("100,000 checked records", {"custseg": ours}, calls={"custseg": 1})


def ours(frame):
    from custseg import frames
    from custseg.features import Completeness

    people = frames.table(frame)
    return lambda: Completeness().of(people), told


def next_field(frame):
    from custseg.features import Completeness

    return lambda: Completeness().apply(frame), lambda found: told(found["completeness"])


def by_hand(frame):
    return lambda: frame.notna().sum(axis=1) / frame.shape[1], told


def told(found):
    return float(np.mean(found))
