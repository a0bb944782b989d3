# ruff: noqa: PLC0415 - a peer is loaded only by the process that measures it
"""Finding who is one customer: by custseg and its peers, from a frame to a cluster for each record.

Rules are the same for custseg, splink and recordlinkage: nine blocking rules over the normalised
frame and five comparisons with the same levels (recordlinkage has one bar a comparison). Splink is
asked in its usual way (u by random pairs, EM over three rules, clusters of what is over 0.95),
retains no columns and gives back pairs over the bar only: the least it can be asked for.
goldenmatch is asked twice: with nothing said, and with splink's settings put through its own
converter.
"""

import numpy as np

from _beside import Row
from _cleaning_data import COLUMNS, named, said, scores

RULES = (
    ("phone",),
    ("email",),
    ("user",),
    ("name", "city"),
    ("sound", "city"),
    ("company", "family"),
    ("stem", "sound"),
    ("sound", "tail"),
    ("company",),
)
KEYS = ("sound", "family", "tail", "stem", "user")
SURE = (("phone", "name"), ("email", "name"), ("company", "name"))
LEARNT_ON = (("phone",), ("email",), ("name", "city"))


def told_by(frame, clusters=lambda found: found):
    return lambda found: scores(clusters(found), frame)


def rules(block_cap=1000):
    """What splink is told, told to custseg."""
    from custseg.match import Dedupe, Exact, ExactKey, Identifiers, Texts

    bars = (0.92, 0.8)
    return Dedupe(
        passes=tuple(ExactKey(columns, read="as_is") for columns in RULES),
        comparisons=(
            Texts("name", bars=bars, read="as_is"),
            Texts("company", bars=bars, read="as_is"),
            Identifiers("phone", read="as_is"),
            Texts("email", bars=(0.92,), read="as_is", term_frequency=False),
            Exact("city", read="as_is"),
        ),
        shared=("company", "phone", "city"),
        id="record_id",
        block_cap=block_cap,
    )


def custseg(frame):
    asked = frame[["record_id", *COLUMNS, *KEYS]]
    return lambda: rules().run(asked).table["entity_id"], told_by(frame)


def preset(frame):
    """Raw records and the preset: reading the values is in it."""
    from custseg.match import Dedupe

    asked = frame.drop(columns=["entity_id", "language", "errors"])
    spec = Dedupe.preset("contact", names={"id": "record_id"})
    return lambda: spec.run(asked).table["entity_id"], told_by(frame)


def splink_settings():
    from splink import SettingsCreator, block_on
    from splink import comparison_library as cl

    bars = [0.92, 0.8]
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="record_id",
        comparisons=[
            cl.JaroWinklerAtThresholds("name", bars).configure(term_frequency_adjustments=True),
            cl.JaroWinklerAtThresholds("company", bars).configure(term_frequency_adjustments=True),
            cl.DamerauLevenshteinAtThresholds("phone", [1, 2]),
            cl.JaroWinklerAtThresholds("email", [0.92]),
            cl.ExactMatch("city").configure(term_frequency_adjustments=True),
        ],
        blocking_rules_to_generate_predictions=[block_on(*columns) for columns in RULES],
        retain_matching_columns=False,
    )


def splink(frame):
    import logging

    from splink import DuckDBAPI, Linker, block_on

    logging.getLogger("splink").setLevel(logging.ERROR)
    asked = frame[["record_id", *COLUMNS, *KEYS]]

    def call():
        linker = Linker(DuckDBAPI().register(asked), splink_settings())
        train = linker.training
        sure = [block_on(*columns) for columns in SURE]
        train.estimate_probability_two_random_records_match(sure, recall=0.7)
        train.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
        for columns in LEARNT_ON:
            train.estimate_parameters_using_expectation_maximisation(block_on(*columns))
        pairs = linker.inference.predict(threshold_match_probability=0.95)
        group = linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, 0.95)
        return group.as_pandas_dataframe()[["record_id", "cluster_id"]]

    def clusters(found):
        return found.set_index("record_id")["cluster_id"].reindex(frame["record_id"]).to_numpy()

    return call, told_by(frame, clusters)


def goldenmatch(frame):
    return _goldenmatch(frame, frame[list(COLUMNS)], lambda: None)


def goldenmatch_rules(frame):
    import goldenmatch as gm

    asked = frame[["record_id", *COLUMNS, *KEYS]]

    def config():
        return gm.from_splink(splink_settings().create_settings_dict("duckdb")).config

    return _goldenmatch(frame, asked, config)


def _goldenmatch(frame, asked, config):
    import logging

    import goldenmatch as gm
    import pyarrow as pa

    logging.disable(logging.CRITICAL)

    def call():
        table = pa.Table.from_pandas(asked, preserve_index=False)
        return gm.dedupe_df(table, config=config()).clusters

    def clusters(found):
        label = np.arange(len(frame))
        for number, cluster in found.items():
            label[list(cluster["members"])] = len(frame) + number
        return label

    return call, told_by(frame, clusters)


def recordlinkage(frame):
    """The same rules and levels, and its own ECM over binary features."""
    import recordlinkage as peer
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    asked = frame[[*COLUMNS, *KEYS]]

    def call():
        index = peer.Index()
        for columns in RULES:
            index.block(list(columns))
        compare = peer.Compare()
        for column in ("name", "company", "email"):
            compare.string(column, column, method="jarowinkler", threshold=0.92)
        compare.string("phone", "phone", method="damerau_levenshtein", threshold=0.9)
        compare.exact("city", "city")
        pairs = index.index(asked)
        features = compare.compute(pairs, asked)
        links = peer.ECMClassifier(binarize=0.5).fit_predict(features)
        left, right = links.get_level_values(0), links.get_level_values(1)
        size = (len(asked), len(asked))
        graph = coo_matrix((np.ones(len(left), dtype=np.int8), (left, right)), shape=size)
        return connected_components(graph, directed=False)[1]

    return call, told_by(frame)


def same_rules(data, *, peers=("splink",), promised=None, calls=None):
    """The same rules on one frame."""
    sides = {"custseg": custseg, "splink": splink}
    sides |= {"goldenmatch": goldenmatch, "goldenmatch, splink's settings": goldenmatch_rules}
    sides |= {"recordlinkage": recordlinkage}
    chosen = {who: side for who, side in sides.items() if who in ("custseg", *peers)}
    apart = dict.fromkeys(peers, "other weights and clusters")
    told = {"says": said, "figures": named}
    return Row(data, chosen, promised or {}, calls=calls or {}, apart=apart, cold=True, **told)


def presets(data, within=None, calls=None):
    """The preset on records as they came."""
    told = {"says": said, "figures": named}
    return Row(data, {"custseg": preset}, within=within, calls=calls or {}, cold=True, **told)
