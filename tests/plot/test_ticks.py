import numpy as np
import pytest
from matplotlib.figure import Figure

from custseg.plot.canvas import Canvas
from custseg.plot.ticks import calendar, dated, named, signed


@pytest.fixture
def canvas():
    return Canvas.of(Figure().subplots(), "en", (1, 1))


def words(canvas):
    return [tick.get_text() for tick in canvas.ax.get_xticklabels()]


def test_the_last_date_is_always_named(canvas):
    days = np.array([30.0, 58.0, 89.0] * 10).cumsum()
    dated(canvas, days)
    assert words(canvas)[-1] == named(days[-1:])[0]
    assert len(words(canvas)) <= 9


def test_few_dates_are_all_named(canvas):
    dated(canvas, np.array([30.0, 58.0]), np.array([0.0, 1.0]))
    assert words(canvas) == ["1970-01", "1970-02"]
    assert canvas.ax.get_xticks().tolist() == [0.0, 1.0]


@pytest.mark.parametrize(
    ("last", "first_two"),
    [
        (180, ["1970-01", "1970-02"]),
        (365, ["1970-01", "1970-03"]),
        (800, ["1970-01", "1970-04"]),
        (1500, ["1970-01", "1970-07"]),
        (3000, ["1970-01", "1971-01"]),
        (6000, ["1970-01", "1972-01"]),
    ],
)
def test_a_calendar_names_few_first_days_of_months(canvas, last, first_two):
    calendar(canvas, np.array([0.0, float(last)]))
    assert words(canvas)[:2] == first_two
    assert len(words(canvas)) <= 9


def test_signs():
    assert [signed(n) for n in (0.2, -0.2, 1.0, -1500.0)] == ["0", "0", "+1", "\N{MINUS SIGN}1,500"]
