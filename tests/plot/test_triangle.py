import pytest

from custseg import TransactionLog
from custseg.classify import cohorts
from custseg.plot import cohort_triangle


def rows(ax):
    """Texts of the cells by row; a cell that is blank is left out."""
    found = {}
    for text in ax.texts:
        if text.get_ha() == "center":
            found.setdefault(text.get_position()[1], []).append(text.get_text())
    return list(found.values())


def test_cells_are_shares_and_what_is_not_over_is_starred(log):
    ax = cohort_triangle(cohorts(log, as_of="2026-04-15"))
    assert rows(ax) == [
        ["100 %", "0", "50 %", "0*"],
        ["100 %", "0", "0*"],
        ["100 %", "0", "50 %"],  # all cohorts: of what is over
    ]
    assert "not over yet" in ax.texts[-1].get_text()


def test_cohorts_of_nobody_have_no_row(log):
    ax = cohort_triangle(cohorts(log, as_of="2026-04-30"))
    assert [tick.get_text() for tick in ax.get_yticklabels()] == [
        "2026-01",
        "2026-02",
        "all cohorts",
    ]
    assert "not over yet" not in ax.texts[-1].get_text()


def test_customers_stand_at_the_right(log):
    texts = [text.get_text() for text in cohort_triangle(cohorts(log, as_of="2026-04-30")).texts]
    assert [text for text in texts if text.isdigit() and text != "0"] == ["2", "1", "3"]


@pytest.mark.parametrize(
    ("measure", "word"),
    [("customers", "share of the customers"), ("purchases", "purchases"), ("revenue", "revenue")],
)
def test_it_says_what_is_measured(log, measure, word):
    ax = cohort_triangle(cohorts(log, as_of="2026-04-30", measure=measure))
    assert ax.texts[-1].get_text().startswith(word)


def test_in_chinese(log):
    ax = cohort_triangle(cohorts(log, as_of="2026-04-15"), locale="zh")
    assert ax.get_title(loc="left") == "每个群组还剩多少"
    assert "尚未结束" in ax.texts[-1].get_text()
    assert [tick.get_text() for tick in ax.get_yticklabels()][-1] == "全部群组"


def test_nobody_is_an_empty_triangle():
    ax = cohort_triangle(
        cohorts(
            TransactionLog.of([{"customer_id": 1, "at": "2026-01-05", "amount": -1}]),
            as_of="2026-01-31",
        )
    )
    assert rows(ax) == []
