# ruff: noqa: PLC0415 - a peer is loaded only by the process that asks it
"""Peers on known sets: splink as in its own demos, goldenmatch with nothing said, recordlinkage.

Each gives the cluster of every row.
"""

import logging

import numpy as np
import pandas as pd

from _cleaning_sets import asked

BAR = 0.95
_SWAPPED = (
    "l.given_name = r.surname and l.surname = r.given_name and l.date_of_birth = r.date_of_birth"
)
_NEARLY = (
    "substr(l.first_name,1,2) = substr(r.first_name,1,2) and l.surname = r.surname"
    " and substr(l.postcode_fake,1,2) = substr(r.postcode_fake,1,2)"
)


def components(left, right, size):
    """Clusters of what hangs together."""
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    graph = coo_matrix((np.ones(len(left), dtype=np.int8), (left, right)), shape=(size, size))
    return connected_components(graph, directed=False)[1]


# ----------------------------------------------------------------------------- splink


def splink(name, table):
    """Its demo of the set (FEBRL3, quickstart, historical), where it has one."""
    from splink import DuckDBAPI, Linker, SettingsCreator

    logging.getLogger("splink").setLevel(logging.ERROR)
    told = {"F": _febrl, "f": _fake, "h": _historical, "r": _restaurants}[name[0]]()
    table = asked(table).reset_index(drop=True).assign(row=range(len(table)))
    table = told.get("more", lambda one: one)(table)
    settings = SettingsCreator(
        "dedupe_only",
        told["comparisons"],
        told["rules"],
        unique_id_column_name="row",
    )
    linker = Linker(DuckDBAPI().register(table), settings)
    train = linker.training
    train.estimate_probability_two_random_records_match(told["sure"], recall=told["recall"])
    train.estimate_u_using_random_sampling(max_pairs=told.get("pairs", 1e6), seed=1)
    for rule in told["learnt"]:
        train.estimate_parameters_using_expectation_maximisation(rule)
    pairs = linker.inference.predict(threshold_match_probability=BAR)
    found = linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, BAR)
    return found.as_pandas_dataframe().set_index("row")["cluster_id"].sort_index().to_numpy()


def _febrl():
    from splink import block_on
    from splink import comparison_library as cl

    return {
        "comparisons": [
            cl.NameComparison("given_name"),
            cl.NameComparison("surname"),
            cl.DateOfBirthComparison(
                "date_of_birth", input_is_string=True, datetime_format="%Y%m%d"
            ),
            cl.DamerauLevenshteinAtThresholds("soc_sec_id", [1, 2]),
            cl.ExactMatch("street_number").configure(term_frequency_adjustments=True),
            cl.ExactMatch("postcode").configure(term_frequency_adjustments=True),
        ],
        "rules": [
            block_on("soc_sec_id"),
            block_on("given_name"),
            block_on("surname"),
            block_on("date_of_birth"),
            block_on("postcode"),
        ],
        "sure": [
            block_on("soc_sec_id"),
            block_on("given_name", "surname", "date_of_birth"),
            _SWAPPED,
        ],
        "recall": 0.9,
        "learnt": [block_on("date_of_birth"), block_on("postcode")],
    }


def _fake():
    from splink import block_on
    from splink import comparison_library as cl

    return {
        "comparisons": [
            cl.NameComparison("first_name"),
            cl.NameComparison("surname"),
            cl.DateOfBirthComparison("dob", input_is_string=True),
            cl.ExactMatch("city").configure(term_frequency_adjustments=True),
            cl.EmailComparison("email"),
        ],
        "rules": [
            block_on("first_name", "city"),
            block_on("surname"),
            block_on("dob"),
            block_on("email"),
        ],
        "sure": [
            block_on("first_name", "surname", "dob"),
            block_on("email"),
        ],
        "recall": 0.7,
        "learnt": [block_on("first_name", "surname"), block_on("dob")],
    }


def _historical():
    from splink import block_on
    from splink import comparison_library as cl

    def with_full_name(table):
        both = table["first_name"].fillna("") + " " + table["surname"].fillna("")
        known = table["first_name"].notna() & table["surname"].notna()
        return table.assign(whole=both.where(known, None))

    return {
        "more": with_full_name,
        "comparisons": [
            cl.ForenameSurnameComparison(
                "first_name", "surname", forename_surname_concat_col_name="whole"
            ),
            cl.DateOfBirthComparison("dob", input_is_string=True),
            cl.PostcodeComparison("postcode_fake"),
            cl.ExactMatch("birth_place").configure(term_frequency_adjustments=True),
            cl.ExactMatch("occupation").configure(term_frequency_adjustments=True),
        ],
        "rules": [
            block_on("substr(first_name,1,3)", "substr(surname,1,4)"),
            block_on("surname", "dob"),
            block_on("first_name", "dob"),
            block_on("postcode_fake", "first_name"),
            block_on("postcode_fake", "surname"),
            block_on("dob", "birth_place"),
            block_on("substr(postcode_fake,1,3)", "dob"),
            block_on("substr(postcode_fake,1,3)", "first_name"),
            block_on("substr(postcode_fake,1,3)", "surname"),
            block_on("substr(first_name,1,2)", "substr(surname,1,2)", "substr(dob,1,4)"),
        ],
        "sure": [
            "l.first_name = r.first_name and l.surname = r.surname and l.dob = r.dob",
            _NEARLY,
            "l.dob = r.dob and l.postcode_fake = r.postcode_fake",
        ],
        "recall": 0.6,
        "pairs": 5e6,
        "learnt": [block_on("first_name", "surname"), block_on("dob")],
    }


def _restaurants():
    from splink import block_on
    from splink import comparison_library as cl

    return {
        "comparisons": [
            cl.NameComparison("name"),
            cl.JaroWinklerAtThresholds("addr", [0.92, 0.8]),
            cl.JaroWinklerAtThresholds("city", [0.92]).configure(term_frequency_adjustments=True),
        ],
        "rules": [
            block_on("name"),
            block_on("addr"),
            block_on("substr(name,1,4)"),
            block_on("substr(addr,1,5)", "city"),
            block_on("substr(addr,1,8)"),
        ],
        "sure": [block_on("name", "city"), block_on("addr", "city")],
        "recall": 0.6,
        "learnt": [block_on("name"), block_on("substr(addr,1,8)")],
    }


# ----------------------------------------------------------------------------- the others


def goldenmatch(_name, table):
    """Nothing said; the id of the records is not shown to it."""
    import goldenmatch as gm
    import pyarrow as pa

    logging.disable(logging.CRITICAL)
    shown = asked(table)
    ids = [name for name in ("rec_id", "unique_id", "record_id", "id") if name in shown]
    shown = pa.Table.from_pandas(shown.drop(columns=ids), preserve_index=False)
    label = np.arange(len(table))
    for number, cluster in gm.dedupe_df(shown, allow_red_config=True).clusters.items():
        label[list(cluster["members"])] = len(table) + number
    return label


def recordlinkage(name, table):
    """Its ECM over agreements at 0.85, as its guide of FEBRL does it."""
    import recordlinkage as peer

    blocks, texts, exact = {
        "F": (
            (("given_name",), ("surname",), ("date_of_birth",), ("postcode",), ("soc_sec_id",)),
            ("given_name", "surname", "address_1", "suburb"),
            ("date_of_birth", "postcode", "soc_sec_id", "street_number"),
        ),
        "f": (
            (("first_name",), ("surname",), ("dob",), ("email",)),
            ("first_name", "surname", "email"),
            ("dob", "city"),
        ),
        "h": (
            (
                ("surname", "dob"),
                ("first_name", "dob"),
                ("postcode_fake", "surname"),
                ("full_name",),
            ),
            ("first_name", "surname"),
            ("dob", "postcode_fake", "birth_place", "occupation"),
        ),
        "r": ((("name",), ("addr",), ("city",)), ("name", "addr"), ("city",)),
    }[name[0]]
    table = asked(table).reset_index(drop=True)
    index = peer.Index()
    for columns in blocks:
        index.block(list(columns))
    compare = peer.Compare()
    for column in texts:
        compare.string(column, column, method="jarowinkler", threshold=0.85)
    for column in exact:
        compare.exact(column, column)
    features = compare.compute(index.index(table), table)
    links = peer.ECMClassifier().fit_predict(features)
    return components(*(links.get_level_values(side) for side in (0, 1)), len(table))


PEERS = {"splink": splink, "goldenmatch": goldenmatch, "recordlinkage": recordlinkage}


def same_size(label, table):
    """One cluster a row."""
    assert len(label) == len(table), (len(label), len(table))
    return pd.factorize(label)[0]
