"""Natural breaks that others published, and cases where the packages of others go wrong.

CALEMP: employees per square kilometre of the 58 counties of California, from the examples of
mapclassify (https://github.com/pysal/mapclassify, BSD-3, `datasets/calemp/calempdensity.csv`), in
the order of the file; breaks, counts and ADCM of five classes are in its
`tests/test_mapclassify.py`, and its `FisherJenks` and jenkspy agree on those of three to seven.
CDNOW: the sample of Fader and Hardie, spending to 1998-06-30, cut by mapclassify and jenkspy.
"""

import numpy as np
import pytest

import breaksoracle as oracle
import custseg as cs
from custseg.tiering import NaturalBreaks, gvf_curve
from custseg.tiering.breaks.points import Points

CALEMP = np.array(
    [
        *(329.92, 0.42, 5.9, 14.03, 2.78, 1.34, 181.27, 1.65, 10.03, 16.7, 1.32, 3.99, 3.16, 0.22),
        *(8.7, 6.56, 3.27, 0.33, 370.5, 4.51, 75.29, 0.99, 2.74, 8.68, 0.14, 0.92, 12.63, 28.7),
        *(12.02, 722.85, 36.68, 0.74, 29.82, 192.05, 3.38, 11.15, 110.74, 4111.45, 49.47, 10.33),
        *(317.11, 20.47, 264.93, 66.26, 5.39, 0.13, 0.61, 50.65, 40.48, 36.67, 13.09, 1.81, 0.2),
        *(7.6, 2.51, 57.26, 24.32, 6.97),
    ]
)
CALEMP_SSE = {3: 217181.306024, 4: 55843.226983, 5: 26654.783967, 6: 12606.447545, 7: 8522.318945}


def test_five_classes_of_calemp():
    found = NaturalBreaks(5).breaks(CALEMP)
    assert found.cuts.points == (75.29, 192.05, 370.5, 722.85)
    assert found.sizes == (49, 3, 4, 1, 1)
    assert found.gvf == pytest.approx(0.9984350906, abs=5e-11)
    assert found.n == 58
    codes = found.cuts.codes(CALEMP)
    medians = [np.median(CALEMP[codes == code]) for code in range(5)]
    adcm = sum(np.abs(CALEMP[codes == code] - medians[code]).sum() for code in range(5))
    assert adcm == pytest.approx(799.24)


def test_three_to_seven_classes_of_calemp():
    curve = gvf_curve(CALEMP, range(3, 8))
    assert dict(zip(curve.ks, curve.sse, strict=True)) == pytest.approx(CALEMP_SSE, abs=5e-7)
    assert all(one.certified for one in curve.breaks)


def spent():
    total = {}
    for row in cs.datasets.cdnow():
        cents = round(row["amount"] * 100)
        total[row["customer_id"]] = total.get(row["customer_id"], 0) + cents
    return np.array([cents / 100 for cents in total.values()])


def test_three_classes_of_cdnow():
    found = NaturalBreaks(3).breaks(spent())
    assert found.cuts.points == (372.35, 1943.58)
    assert found.sizes == (2233, 123, 1)
    assert found.sse == pytest.approx(25600579.7410, abs=5e-5)


def test_five_classes_of_cdnow():
    found = NaturalBreaks(5).breaks(spent())
    assert found.cuts.points == (109.54, 332.53, 827.28, 1943.58)
    assert found.sizes == (1790, 412, 126, 28, 1)


def hard(name):
    """The cases of precision that packages were compared on; what they were off is beside."""
    rng = np.random.default_rng(3)
    retail = rng.lognormal(4, 1.2, 300)
    near, far = rng.normal(0, 1, 150), rng.normal(0, 1, 150)
    return {
        "lognormal + 1e5": retail + 1e5,  # mapclassify 6.7 times the optimum more
        "lognormal + 1e7": retail + 1e7,  # kmeans1d, jenkspy 5e-5, mapclassify 10
        "lognormal + 1e9": retail + 1e9,  # kmeans1d 3 %, jenkspy 1.6, mapclassify 6.2
        "two groups 1e6 apart": np.concatenate((near, far + 1e6)),  # ckmeans 5e-5
        "two groups 1e9 apart": np.concatenate((near, far + 1e9)),  # all five, 0.7 to 2.3; crashes
        "one whale and retail": np.append(rng.uniform(0, 100, 300), 1e10),
    }[name]


@pytest.mark.parametrize("k", [4, 5, 6])
@pytest.mark.parametrize(
    "name",
    [
        "lognormal + 1e5",
        "lognormal + 1e7",
        "lognormal + 1e9",
        "two groups 1e6 apart",
        "two groups 1e9 apart",
        "one whale and retail",
    ],
)
def test_where_prefix_sums_cancel(name, k):
    values = hard(name)
    points = Points.of(values)
    cost = oracle.costs(points.values, points.weights)
    found = NaturalBreaks(k).breaks(values)
    cuts = np.searchsorted(points.values, found.cuts.points, side="right")
    assert oracle.of(cost, cuts) <= oracle.least(cost, k) * (1 + 1e-12)
    assert found.sse == pytest.approx(float(oracle.least(cost, k)), rel=1e-9)
    assert found.certified


def test_the_last_value_of_a_class_is_not_rounded():
    """The Rust package `ckmeans` tells breaks of 1, 2, 3, 10, 11, 50 as 10 and 30."""
    values = np.array([1.0, 2.0, 3.0, 10.0, 11.0, 50.0])
    assert NaturalBreaks(3).cuts(values).points == (3.0, 11.0)


def test_fewer_values_than_classes_are_no_error():
    """ckwrap, jenkspy and mapclassify raise; kmeans1d and ckmeans give fewer or empty classes."""
    found = NaturalBreaks(5).cuts(np.array([1.0, 1.0, 2.0]))
    assert found.classes == 5
    assert found.codes(np.array([1.0, 2.0, 3.0, np.nan])).tolist() == [0, 1, 4, -1]
