import numpy as np
import pytest
from matplotlib.figure import Figure

from custseg.plot.canvas import Canvas
from custseg.plot.heat import Heat, percent
from custseg.plot.palette import brightness


def drawn(shares, outlined=None, **kwargs):
    shares = np.asarray(shares, dtype=float)
    framed = np.zeros(shares.shape, dtype=bool) if outlined is None else np.asarray(outlined)
    rows, columns = (tuple(map(str, range(n))) for n in shares.shape)
    heat = Heat(shares, framed, rows, [1234] * len(rows), columns, last=False, **kwargs)
    canvas = Canvas.of(Figure().subplots(), "en", heat.size)
    heat.draw(canvas, over="from", beside="many")
    return canvas.ax


def numbers(ax):
    return {
        (round(text.get_position()[1]), round(text.get_position()[0])): text
        for text in ax.texts
        if text.get_ha() == "center"
    }


def test_a_cell_that_is_missing_is_blank_and_none_is_not_missing():
    found = numbers(drawn([[0.0, np.nan], [0.5, 1.0]]))
    assert {place: text.get_text() for place, text in found.items()} == {
        (0, 0): "0",
        (1, 0): "50 %",
        (1, 1): "100 %",
    }


def test_the_more_the_darker():
    ax = drawn([[0.0, 0.25, 0.5, 0.75, 1.0]])
    light = [brightness(tuple(colour)) for colour in ax.collections[0].get_facecolors()]
    assert light == sorted(light, reverse=True)


def test_numbers_can_be_read_on_every_shade():
    ax = drawn([np.linspace(0.0, 1.0, 16)])
    for place, text in numbers(ax).items():
        ground = brightness(tuple(ax.collections[0].get_facecolors()[place[1]]))
        ink = brightness(tuple(int(text.get_color()[i : i + 2], 16) / 255 for i in (1, 3, 5)))
        low, high = sorted((ground, ink))
        assert (high + 0.05) / (low + 0.05) >= 4.5, "WCAG 2.1, contrast of text (AA)"


def test_what_counts_less_has_a_frame_a_star_and_no_shade():
    ax = drawn([[0.5, 0.5]], [[False, True]])
    cells = ax.collections[0]
    assert cells.get_facecolors()[:, 3].tolist() == [1.0, 0.0]
    assert cells.get_edgecolors()[:, 3].tolist() == [0.0, 1.0]
    assert [text.get_text() for text in numbers(ax).values()] == ["50 %", "50 %*"]


def test_shades_reach_to_the_top_that_is_said():
    ax = drawn([[0.2, 0.4, 1.0]], top=0.4)
    light = [brightness(tuple(colour)) for colour in ax.collections[0].get_facecolors()]
    assert light[0] > light[1] == light[2]


def test_many_columns_have_no_numbers():
    ax = drawn(np.full((2, 40), 0.5))
    assert not numbers(ax)
    assert [tick.get_text() for tick in ax.get_xticklabels()] == [str(n) for n in range(0, 40, 5)]


def test_the_last_row_may_stand_apart():
    heat = Heat(np.ones((2, 1)), np.zeros((2, 1), dtype=bool), "ab", [1, 2], "x", last=True)
    canvas = Canvas.of(Figure().subplots(), "en", heat.size)
    heat.draw(canvas, over="", beside="")
    first, last = canvas.ax.get_yticks()
    assert last - first == pytest.approx(1.3)


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0.0, "0"),
        (1e-9, "<1 %"),
        (0.005, "<1 %"),
        (0.0051, "1 %"),
        (0.996, ">99 %"),
        (1.2, "120 %"),
    ],
)
def test_shares_as_whole_per_cents(share, text):
    assert percent(share) == text
