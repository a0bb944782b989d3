import numpy as np

from custseg.features.ratings import MICRO, Ratings


def ratings(code, moment, value, size):
    micro = np.rint(np.array(value, dtype=float) * MICRO).astype(np.int64)
    return Ratings(np.array(code, dtype=np.intp), np.array(moment, dtype=np.int64), micro, size)


def test_nobody_who_said_nothing_has_a_figure():
    none = ratings([], [], [], 2)
    for told in (none.mean, none.latest, none.worst, none.trend, none.negative):
        assert np.isnan(told).all()
    assert none.count.tolist() == [0, 0]


def test_zero_is_not_unkind():
    assert ratings([0, 0], [1, 2], [0.0, -0.1], 1).negative.tolist() == [0.5]


def test_thirds_add_up_in_any_order():
    values = [0.1, 0.2, 0.7, -0.3, 1e-6] * 20
    code, moment = [0] * 100, list(range(100))
    forth = ratings(code, moment, values, 1)
    back = ratings(code, moment[::-1], values[::-1], 1)
    assert (forth.mean[0], forth.trend[0]) == (back.mean[0], back.trend[0])
