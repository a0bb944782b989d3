# ruff: noqa: PLC0415 - a peer is loaded only by the process that measures it
"""Natural breaks of one column, by custseg and its peers."""

from functools import partial

import numpy as np

from _beside import Row

EXACT = ("ckmeans", "ckwrap", "kmeans1d")
QUADRATIC = ("jenkspy", "mapclassify")


def squares(values, codes):
    """Sum of squared distances from the mean of the class."""
    count = np.bincount(codes)
    mean = np.bincount(codes, values) / np.maximum(count, 1)
    return [float(((values - mean[codes]) ** 2).sum())]


def below(values, points):
    return squares(values, np.searchsorted(points, values))


def custseg(classes, frame):
    from custseg.tiering import NaturalBreaks

    values, cutter = frame["spent"].to_numpy(), NaturalBreaks(classes)
    return lambda: cutter.cuts(values), lambda cuts: below(values, list(cuts))


def ckmeans(classes, frame):
    import ckmeans as peer

    values = frame["spent"].to_numpy()
    told = lambda found: below(values, [group[-1] for group in found[:-1]])  # noqa: E731
    return lambda: peer.ckmeans(values, classes), told


def ckwrap(classes, frame):
    import ckwrap as peer

    values = frame["spent"].to_numpy().copy()  # it asks for an array that may be written to
    return lambda: peer.ckmeans(values, classes), lambda found: squares(values, found.labels)


def kmeans1d(classes, frame):
    import kmeans1d as peer

    values = frame["spent"].to_numpy()
    told = lambda found: squares(values, np.array(found.clusters))  # noqa: E731
    return lambda: peer.cluster(values, classes), told


def jenkspy(classes, frame):
    import jenkspy as peer

    values = frame["spent"].to_numpy()
    call = partial(peer.jenks_breaks, values, n_classes=classes)
    return call, lambda found: below(values, found[1:-1])


def mapclassify(classes, frame):
    import mapclassify as peer

    values = frame["spent"].to_numpy()
    call = partial(peer.FisherJenks, values, classes)
    return call, lambda found: below(values, found.bins[:-1])


def kmeans(classes, frame):
    from sklearn.cluster import KMeans

    values = frame["spent"].to_numpy()
    model = KMeans(classes, n_init=1, random_state=0)
    return partial(model.fit, values[:, None]), lambda found: squares(values, found.labels_)


SIDES = {
    "custseg": custseg,
    "ckmeans": ckmeans,
    "ckwrap": ckwrap,
    "kmeans1d": kmeans1d,
    "jenkspy": jenkspy,
    "mapclassify": mapclassify,
    "KMeans": kmeans,
}
APART = {
    "mapclassify": "it computes in 32 bits",
    "KMeans": "it starts at random, and ends where a step no longer helps",
}
CALLS = {"custseg": 9} | dict.fromkeys(("jenkspy", "mapclassify", "kmeans1d"), 1)


def breaks(data, classes, peers, promised):
    """The classes whose values differ least among themselves; compared by their squares."""
    sides = {who: partial(SIDES[who], classes) for who in ("custseg", *peers)}
    apart = {who: why for who, why in APART.items() if who in sides}
    return Row(data, sides, promised, calls=CALLS, apart=apart)
