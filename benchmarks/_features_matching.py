# ruff: noqa: PLC0415 - a peer is loaded only by the process that tries it
"""What splink and goldenmatch do for the rows of the comparison, each as a few lines."""

import contextlib
import json
import logging
import tempfile
from pathlib import Path

import numpy as np

from _features_marks import FULL, SOME

FIRST = ("Ann", "Bob", "Cem", "Dora", "Eve", "Finn", "Gus", "Hana", "Ida", "Jon")
LAST = ("Abel", "Braun", "Chen", "Diaz", "Engel", "Fuchs", "Gomez", "Huber")


def people(size=160):
    """People, a quarter of them twice with a letter wrong."""
    import pandas as pd

    rng = np.random.default_rng(2)
    name = rng.choice(FIRST, size).astype(object) + " " + rng.choice(LAST, size)
    born = [f"19{n:02d}-0{n % 9 + 1}-1{n % 10}" for n in rng.integers(40, 99, size)]
    mail = [f"{n.split()[0].lower()}{i}@example.com" for i, n in enumerate(name)]
    frame = pd.DataFrame({"name": name, "born": born, "email": mail})
    again = frame.head(size // 4).copy()
    again["name"] = again["name"].str.replace("n", "m", n=1)
    both = pd.concat([frame, again], ignore_index=True)
    return both.assign(unique_id=range(len(both)))


# ----------------------------------------------------------------------------- splink


def settings():
    from splink import SettingsCreator, block_on
    from splink import comparison_library as cl

    return SettingsCreator(
        "dedupe_only",
        comparisons=[cl.NameComparison("name"), cl.ExactMatch("born"), cl.ExactMatch("email")],
        blocking_rules_to_generate_predictions=[block_on("email"), block_on("born")],
    )


def linker(table):
    from splink import Linker, block_on
    from splink.backends.duckdb import DuckDBAPI

    made = Linker(DuckDBAPI().register(table), settings(), log_level=logging.ERROR)
    made.training.estimate_probability_two_random_records_match([block_on("email")], recall=0.9)
    made.training.estimate_u_using_random_sampling(max_pairs=1e4, seed=1)
    made.training.estimate_parameters_using_expectation_maximisation(block_on("email"))
    made.training.estimate_parameters_using_expectation_maximisation(block_on("born"))
    return made


def pairs_of(table):
    found = linker(table).inference.predict(threshold_match_probability=0.9)
    return found.as_pandas_dataframe()


def splink_duplicates():
    assert len(pairs_of(people())) >= 30


def splink_tables():
    """Arrow and Polars tables in, Arrow out."""
    import polars as pl
    import pyarrow as pa

    arrow = pa.Table.from_pandas(people(), preserve_index=False)
    for table in (arrow, pl.from_arrow(arrow)):
        found = linker(table).inference.predict(threshold_match_probability=0.9)
        assert len(found.as_pyarrow_table()) >= 30


def splink_engines():
    assert len(pairs_of(people())) >= 30
    with tempfile.TemporaryDirectory() as folder:
        assert in_spark(people(40), folder).collect()


def in_spark(table, folder):
    from pyspark.sql import SparkSession
    from splink import Linker
    from splink.backends.spark import SparkAPI, similarity_jar_location

    build = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false")
    build = build.config("spark.jars", similarity_jar_location())
    spark = build.config("spark.sql.shuffle.partitions", "1").getOrCreate()
    spark.sparkContext.setCheckpointDir(folder)
    api = SparkAPI(spark_session=spark)
    made = Linker(api.register(spark.createDataFrame(table)), settings(), log_level=logging.ERROR)
    return made.inference.predict().as_spark_dataframe()


def splink_one():
    """A record beside one that is known, as a query of DuckDB; which ones, you find first."""
    mine, theirs = (one.to_dict() for _, one in people().iloc[[0, 160]].iterrows())
    found = linker(people()).inference.score_pair(mine, theirs).as_pandas_dataframe()
    assert found["match_probability"][0] > 0.5


def splink_json():
    made = linker(people())
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "model.json"
        made.misc.save_model_to_json(str(file))
        assert json.loads(file.read_text(encoding="utf-8"))["comparisons"]


def splink_sql():
    """The statements that it runs, as text."""
    heard = []
    log = logging.getLogger("splink")
    handler = logging.Handler()
    handler.emit = lambda record: heard.append(record.getMessage())
    log.addHandler(handler)
    made = linker(people())
    log.setLevel(1)
    made.inference.predict()
    assert any("select" in line.lower() for line in heard)


# ----------------------------------------------------------------------------- goldenmatch


def found(table=None, **more):
    import goldenmatch as gm
    import pyarrow as pa

    logging.disable(logging.CRITICAL)
    if table is None:
        table = pa.Table.from_pandas(people().drop(columns="unique_id"), preserve_index=False)
    return gm.dedupe_df(table, exact=["email"], **more)


def golden_cleaning():
    import goldenmatch as gm
    import polars as pl

    lazy = pl.LazyFrame({"email": [" A@Example.COM "], "phone": ["(030) 123-456"]})
    rules = {"email": ["email"], "phone": ["phone"]}
    told = gm.apply_standardization(lazy, rules).collect().row(0)
    assert told[0] == "a@example.com", told


def golden_duplicates():
    assert sum(len(one["members"]) > 1 for one in found().clusters.values()) >= 30


def golden_origin():
    import goldenmatch as gm

    rows = [{"name": "Ann Abel", "born": None}, {"name": "Ann Abel", "born": "1980-01-01"}]
    made = gm.canonicalize_cluster(rows)
    assert made.record["born"] == "1980-01-01"
    assert set(made.provenance) == {"name", "born"}


def golden_undo():
    """A record taken out of its cluster again; what was merged later is not followed."""
    import goldenmatch as gm

    clusters = found().clusters
    number, cluster = next((n, c) for n, c in clusters.items() if len(c["members"]) == 2)
    left = gm.unmerge_record(list(cluster["members"])[0], dict(clusters))  # noqa: RUF015
    assert number not in left or len(left[number]["members"]) < 2


def golden_one():
    """A record against a table: each row of it is compared where no index is given."""
    import goldenmatch as gm
    import polars as pl

    key = gm.MatchkeyConfig(
        name="by name",
        type="weighted",
        threshold=0.8,
        fields=[gm.MatchkeyField(field="name", scorer="jaro_winkler", weight=1.0)],
    )
    table = pl.DataFrame(people().to_dict("list")).with_row_index("__row_id__")
    assert gm.match_one({"name": people()["name"][0]}, table, key)


def golden_pandas():
    """No pandas table as it is: through Arrow, or through a file."""
    import pyarrow as pa

    table = people().drop(columns="unique_id")
    with contextlib.suppress(TypeError):
        raise AssertionError(found(table), "it takes pandas now: make this cell full")
    assert found(pa.Table.from_pandas(table, preserve_index=False)).clusters


def golden_polars():
    import polars as pl

    assert found(pl.DataFrame(people().drop(columns="unique_id").to_dict("list"))).clusters


def golden_engines():
    """DuckDB is tried; Spark and Ray were read."""
    assert found(backend="duckdb").clusters


def golden_json():
    """The settings as JSON of a pydantic model; its own form is YAML."""
    import goldenmatch as gm

    kept = found().config.model_dump_json()
    assert gm.GoldenMatchConfig.model_validate_json(kept)


def golden_vectors():
    """The index of vectors is tried with its own embedder; language models need a key: read."""
    import goldenmatch as gm
    import polars as pl

    with tempfile.TemporaryDirectory() as folder:
        index = gm.VectorIndex(folder, column="name")
        index.build(pl.DataFrame(people().head(20).to_dict("list")))
        assert index.query("Ann Abel")
    assert gm.llm_score_pairs


TRIED = {
    "splink": {
        "duplicates without labels": (FULL, splink_duplicates),
        "one record in a web request": (SOME, splink_one),
        "pandas": (FULL, splink_duplicates),
        "Polars, Arrow": (FULL, splink_tables),
        "DuckDB, Spark": (FULL, splink_engines),
        "a policy as JSON": (FULL, splink_json),
        "answers as SQL": (FULL, splink_sql),
    },
    "goldenmatch": {
        "cleaning of names, phones, addresses": (SOME, golden_cleaning),
        "duplicates without labels": (FULL, golden_duplicates),
        "merging with the origin of each value": (FULL, golden_origin),
        "undoing a merge, also after later ones": (SOME, golden_undo),
        "one record in a web request": (SOME, golden_one),
        "pandas": (SOME, golden_pandas),
        "Polars, Arrow": (FULL, golden_polars),
        "DuckDB, Spark": (FULL, golden_engines),
        "a policy as JSON": (SOME, golden_json),
        "vector search, language models as judges": (FULL, golden_vectors),
    },
}
