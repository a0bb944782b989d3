"""The page of quality shows no value unless asked."""

import pytest

from custseg.clean import Cleaner, quality
from custseg.labels import label
from custseg.report import clean_html, quality_html, save_clean, save_quality

ROWS = [{"phone": "138-0013-8000"}, {"phone": "12345"}, {"phone": "<b>n/a</b>"}]


@pytest.mark.parametrize("locale", ["en", "zh"])
def test_the_page_of_quality(locale, tmp_path):
    found = quality(ROWS, Cleaner.preset("zh"))
    shown = quality_html(found, locale=locale)
    assert label("clean.fixes", locale) in shown
    assert "12345" not in shown
    told = quality_html(found, locale=locale, values=True)
    assert "12345" in told
    assert "<b>n/a" not in told
    file = save_quality(found, tmp_path / "q.html", locale=locale)
    assert file.read_text(encoding="utf-8") == shown


@pytest.mark.parametrize("locale", ["en", "zh"])
def test_the_page_of_cleaning(locale, tmp_path):
    report = Cleaner.preset("zh").fit(ROWS).run(ROWS).report
    shown = clean_html(report, locale=locale)
    assert label("clean.separators", locale) in shown
    assert "0013" not in shown
    file = save_clean(report, tmp_path / "c.html", locale=locale)
    assert file.read_text(encoding="utf-8") == shown
