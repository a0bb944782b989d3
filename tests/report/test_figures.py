from datetime import date

import pytest

from custseg.report.figures import amount, brief, count, dated, joined, share, words


@pytest.mark.parametrize(
    ("amount", "en", "zh"),
    [
        (0, "0", "0"),
        (999, "999", "999"),
        (1_234, "1.23k", "1,234"),
        (12_345, "12.3k", "1.23万"),
        (-81_000, "-81.0k", "-8.10万"),
        (5_312_345, "5.31M", "531万"),
        (123_456_789_012, "123bn", "1,235亿"),
    ],
)
def test_money_is_said_in_three_digits(amount, en, zh):
    assert (brief(amount * 10_000, "en"), brief(amount * 10_000, "zh")) == (en, zh)


def test_what_is_not_all_is_not_written_as_all():
    assert share(1, 1) == "100.0%"
    assert share(99_999, 100_000) == ">99.9%"
    assert share(0, 5) == "0.0%"
    assert share(1, 100_000) == "<0.1%"
    assert share(3, 0) == "-"


def test_days_counts_and_sentences_are_set_as_each_language_does():
    assert dated(date(2026, 6, 3), "en") == "3 June 2026"
    assert dated(date(2026, 6, 3), "zh") == "2026 年 6 月 3 日"
    assert joined(("一。", "二。"), "zh") == "一。二。"
    assert (count(12_345), amount(12_345_600)) == ("12,345", "1,235")


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1, "1 customer is slipping."),
        (2, "2 customers are slipping."),
        (0, "0 customers are slipping."),
        (1_001, "1,001 customers are slipping."),
    ],
)
def test_one_is_said_as_one_and_many_as_many(number, said):
    assert words("attention_few", "en", customers=count(number)) == said
    assert words("attention_few", "zh", customers=count(number)) == f"{number:,} 位客户有流失迹象。"
