"""Work done in any number of partitions without an engine, for the partition law.

What `in_parts` gives of some shares is to be what `by_customer` gives of them, up to the order.
"""

import pickle

import numpy as np
import pyarrow as pa

from custseg.frames import table
from custseg.frames.parts.task import Task, arrow_of


def in_parts(given, work, *, parts=3, seed=0):
    """The answer as one Arrow table: keys dealt out by chance, rows shuffled, one part empty.

    The work is pickled first, as engines do, and so must be importable by name.
    """
    chance = np.random.default_rng(seed)
    held = {name: arrow_of(share.fetched(), share.columns) for name, share in given.items()}
    task = Task.of(work, {name: one.slice(0, 0) for name, one in held.items()})
    home = {}
    places = {}
    for name, one in held.items():
        keys = zip(*(one[column].to_pylist() for column in given[name].key), strict=True)
        places[name] = np.array(
            [home.setdefault(key, int(chance.integers(parts))) for key in keys], dtype=np.intp
        )
    answers = []
    for part in chance.permutation(parts).tolist():
        split = {}
        for name, one in held.items():
            rows = chance.permutation(np.flatnonzero(places[name] == part))
            split[name] = one.take(pa.array(rows, pa.int64()))
        if any(one.num_rows for one in split.values()):
            answers.append(pickle.loads(pickle.dumps(task)).run(split, part))
    return pa.concat_tables(answers) if answers else task.schema.empty_table()


def opened_parts(given, work, **options):
    """The same, opened."""
    return table(in_parts(given, work, **options))
