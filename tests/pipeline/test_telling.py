"""What the results of a job say alike."""

from datetime import date

import attrs

from custseg.pipeline.telling import by_word, lead, parts_told


@attrs.frozen
class Part:
    """Something with a text."""

    def text(self, locale: str) -> str:
        return {"en": "all is well", "zh": "一切正常"}[locale]


def test_customers_are_counted_in_the_language_of_the_reader():
    assert lead(1200, date(2026, 6, 30), "zh").endswith("1,200 (2026-06-30)")
    assert by_word({"dormant": 3}, "zh") == "沉默客户 3"
    assert not by_word({}, "en")


def test_each_part_stands_below_its_heading():
    told = parts_told("life", {"growth": Part(), "churn": Part()}, "zh")
    assert [line.splitlines()[1] for line in told] == ["一切正常"] * 2
    assert len({line.splitlines()[0] for line in told}) == 2
    assert parts_told("life", {}, "en") == []
