import attrs
import numpy as np
import pytest

from custseg.errors import ConfigError, MissingColumnError
from custseg.measures import Calibration, Tally
from custseg.measures.calibrating import calibration as binned
from custseg.plot import calibration


@pytest.fixture(scope="module")
def found():
    said = np.repeat([0.1, 0.5, 0.9], [40, 20, 40])
    came = np.concatenate([np.arange(40) < 6, np.arange(20) < 9, np.arange(40) < 36])
    return binned(Tally.of(said, came), 3)


@attrs.frozen(eq=False)
class Said:
    """What a backtest says of probabilities."""

    table: Calibration


def points(ax):
    whiskers, dots = ax.collections
    return dots.get_offsets().tolist(), [
        path.vertices[:, 1].tolist() for path in whiskers.get_paths()
    ]


def test_points_are_what_was_said_and_what_came(found):
    dots, whiskers = points(calibration(found))
    assert np.allclose(dots, [[0.1, 0.15], [0.5, 0.45], [0.9, 0.9]])
    low, high = found.interval
    assert np.allclose(whiskers, np.stack((low, high), axis=1))


def test_a_table_and_a_backtest_draw_the_same(found):
    expected = points(calibration(found))
    assert points(calibration(list(found.rows()))) == expected
    assert points(calibration(Said(found))) == expected


def test_larger_points_are_more_customers(found):
    sizes = calibration(found).collections[1].get_sizes()
    assert sizes[0] == sizes[2] > sizes[1]


def test_it_says_how_far_off_it_is(found):
    assert calibration(found).texts[0].get_text().startswith("100 answers; what was said is 3.0 ")
    assert found.error == pytest.approx(0.03)


def test_in_chinese(found):
    ax = calibration(found, locale="zh")
    assert ax.get_xlabel() == "预测的概率"
    assert "3.0 个百分点" in ax.texts[0].get_text()


def test_a_table_must_have_the_columns():
    with pytest.raises(MissingColumnError, match="observed"):
        calibration([{"predicted": 0.5}])


def test_nobody_was_told_anything():
    assert calibration(binned(Tally.joined([]), 3)).texts[0].get_text() == "no answers yet"
    nobody = {"predicted": 0.5, "observed": None, "low": None, "high": None, "count": 0}
    assert "nan" not in calibration([nobody]).texts[0].get_text()


def test_a_signal_without_probabilities_is_refused():
    with pytest.raises(ConfigError, match="says no probabilities"):
        calibration(None)
