import pytest

import custseg as cs
from custseg.pipeline import Question, scores_of
from custseg.report import save_scores, scores_html
from custseg.scoring import Factor, Ramp, Scorecard


@pytest.fixture(scope="module")
def scores():
    leads = [{**lead, "lead_id": f"<{lead['lead_id']}>"} for lead in cs.datasets.leads(300).leads]
    card = Scorecard((Factor("minutes", worth=100, curve=Ramp(0, 60)),))
    names = {"customers": cs.Names(customer="lead_id")}
    run = cs.Pipeline(names=names, scorecard=card).run(customers=leads, as_of="2026-06-30")
    return scores_of(run, Question(outcome="outcome"))


@pytest.mark.parametrize(
    ("locale", "says"), [("en", "is the score to be trusted"), ("zh", "评分是否可信")]
)
def test_the_page_tells_grades_and_trust_and_nobody(scores, tmp_path, locale, says):
    page = save_scores(scores, tmp_path / "scores.html", locale=locale).read_text(encoding="utf-8")
    assert page == scores_html(scores, locale=locale)
    assert says in page
    assert "L00001" not in page
