import numpy as np

import anyaudit
from custseg.plot import gains_curve


def test_the_curve_is_the_gains_of_the_audit():
    ax = gains_curve(anyaudit.FOUND)
    curve = ax.lines[-1]
    assert curve.get_ydata().tolist() == list(anyaudit.FOUND.telling.gains)
    assert np.allclose(curve.get_xdata(), np.linspace(0, 1, 101))


def test_the_best_a_score_could_do_is_drawn():
    best = gains_curve(anyaudit.FOUND).lines[1]
    assert best.get_xdata().tolist() == [0, anyaudit.FOUND.telling.rate, 1]


def test_in_chinese():
    ax = gains_curve(anyaudit.FOUND, locale="zh")
    assert ax.get_title(loc="left") == "发生的客户有多少集中在高分段"
    assert "1,000 行" in ax.texts[0].get_text().replace("\n", "")
