import numpy as np
import pytest

from custseg.errors import ConfigError
from custseg.tiering import Cuts, Thresholds


@pytest.mark.parametrize("bad", [(), (1.0, 1.0), (2.0, 1.0), (float("nan"),)])
def test_thresholds_must_ascend_and_be_there(bad):
    with pytest.raises(ConfigError, match="at "):
        Thresholds(bad)


def test_thresholds_need_no_data():
    assert Thresholds((100, 1000)).cuts(np.array([np.nan])) == Cuts((100.0, 1000.0))
    assert Thresholds((1.0,)).classes == 2


def test_an_unknown_side_is_refused():
    with pytest.raises(ConfigError, match="closed must be one of"):
        Thresholds((1.0,), closed="both")
