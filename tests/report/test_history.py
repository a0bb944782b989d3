import custseg as cs
from custseg.pipeline import Pipeline, life_of
from custseg.report import life_html

ORDERS = [
    {"customer_id": "<i>a</i>", "paid_at": "2026-01-05", "amount": 40.0},
    {"customer_id": "b", "paid_at": "2025-02-05", "amount": 60.0},
]


def test_the_page_is_whole_and_names_no_customer():
    life = life_of(Pipeline().run(transactions=ORDERS, as_of="2026-06-30"))
    for locale in ("en", "zh"):
        page = life_html(life, locale=locale)
        assert page.startswith("<!doctype html>")
        assert page.endswith("</html>\n")
        assert cs.label("active", locale) in page
        assert "<i>a" not in page
        assert "http" not in page
