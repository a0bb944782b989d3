from custseg.plot import card_points
from custseg.scoring import Bins, Factor, Ramp, Scorecard

CARD = Scorecard(
    (
        Factor("orders", worth=30, curve=Ramp(0, 10)),
        Factor("complaints", worth=-20, curve=Ramp(0, 2)),
        Factor("age", curve=Bins((30,), (-8, 32), missing=5), missing="evidence"),
    ),
    base=10,
)


def test_bars_reach_from_the_least_to_the_most_points():
    ax = card_points(CARD)
    names = [tick.get_text() for tick in ax.get_yticklabels()]
    assert names == ["age", "orders", "complaints"]
    spans = [(round(bar.get_y() + 0.35), bar.get_x(), bar.get_width()) for bar in ax.patches]
    assert spans == [(0, -8, 8), (0, 0, 32), (1, 0, 30), (2, -20, 20)]


def test_dots_stand_where_nothing_is_known():
    ax = card_points(CARD)
    assert [dots.get_offsets()[0].tolist() for dots in ax.collections] == [[5, 0], [0, 1], [0, 2]]


def test_ends_are_written():
    texts = [text.get_text() for text in card_points(CARD).texts]
    assert "−8 … 32" in texts
    assert "每个评分项能加减多少分" in card_points(CARD, locale="zh").get_title(loc="left")
