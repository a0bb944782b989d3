import pytest

from custseg.lifetime import MBGNBD, Outlook
from custseg.plot import CustomerLife, customer_timeline

DAY = 20454  # 2026-01-01, since 1970-01-01


@pytest.fixture
def life(log, model):
    return CustomerLife.of(log, "a", model, as_of="2026-04-30")


def bands(ax):
    return [
        (round(bar.get_x()) - DAY, round(bar.get_width()), bar.get_alpha())
        for group in ax.containers
        for bar in group
    ]


def test_bands_are_the_states_and_what_comes_is_pale(life):
    """From January 5: 30 days each; from the end of April 30 to May 4 at risk, then dormant."""
    *past, until_next, after = bands(customer_timeline(life))
    assert past == [(4, 30, 1.0), (34, 29, 1.0), (63, 30, 1.0), (93, 27, 1.0)]
    assert until_next == (120, 3, 0.35)
    assert after[0] == 123
    assert after[2] == 0.35


def test_strokes_are_purchases(life):
    strokes = customer_timeline(life).collections[0].get_paths()
    assert [path.vertices[0, 0] - 0.5 - DAY for path in strokes] == [4.0, 63.0]


def test_states_are_named_once(life):
    legend = customer_timeline(life).get_legend()
    assert [text.get_text() for text in legend.get_texts()] == ["active", "at risk", "dormant"]


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("en", "purchase days: 2; without another one: dormant on 2026-05-04"),
        ("zh", "购买日：2；若不再购买：2026-05-04 转为沉默客户"),
    ],
)
def test_it_says_what_comes(life, locale, said):
    assert customer_timeline(life, locale=locale).texts[0].get_text() == said


def test_the_expected_purchase_is_a_ring(cdnow, model):
    outlook = Outlook(purchases=MBGNBD().fit(cdnow.summary(as_of="1997-09-30")), horizon=90.0)
    life = CustomerLife.of(cdnow, "03163", model, as_of="1997-09-30", outlook=outlook)
    _, ring = customer_timeline(life).collections
    assert ring.get_facecolors().size == 0
    assert "next one expected by" in customer_timeline(life).texts[0].get_text()


def test_the_end_of_the_way(log, model):
    life = CustomerLife.of(log, "b", model, as_of="2027-04-30")
    assert customer_timeline(life).texts[0].get_text() == "purchase days: 1"
