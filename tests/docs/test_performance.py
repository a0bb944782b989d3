"""The page of performance says what the benchmarks kept, no more and no less."""

from pathlib import Path

import pytest

from docscripts import docscript

FORMULAS = ("Odoo naive Bayes",)  # written out for the benchmark: no library, no version
DOCS = Path(__file__).parents[2] / "docs"

performance = docscript("performance")


@pytest.mark.parametrize("language", performance.LANGUAGES)
def test_the_page_is_what_was_kept(language):
    there = (DOCS / language / performance.PAGE).read_text(encoding="utf-8")
    assert there == performance.page(language), "python docs/performance.py"


def test_every_question_that_was_kept_is_on_the_page():
    said = performance.words()
    kept = performance.entries()
    assert kept
    assert set(kept) <= set(said["benchmarks"])
    for entries in kept.values():
        for each in entries:
            assert set(said["questions"][each["what"]]) == set(performance.LANGUAGES)
            assert any(performance._ours(side) for side in each["sides"])
            assert each["measured"]
            assert each["machine"]
            assert each["command"].startswith("python benchmarks/")


def test_peers_are_named_with_their_version():
    for entries in performance.entries().values():
        for each in entries:
            for side in each["sides"]:
                known = side["version"] or performance._ours(side)
                assert known or side["side"].startswith(FORMULAS), side["side"]


def test_figures_keep_two_digits_where_they_are_small():
    own = performance.words()["en"]
    assert performance._duration(0.00482, own) == "4.82 ms"
    assert performance._duration(0.0482, own) == "48 ms"
    assert performance._duration(12.345, own) == "12.3 s"
    assert performance._times(3.26) == "3.3 ×"
    assert performance._times(1937.4) == "1,937 ×"
