import time

import pytest

from custseg.values.lexicon import polarity
from custseg.values.sentiment.spelling import readable


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("<style>p {color: bad}</style>好", "\n好"),
        ("<script>bad()</script >好<br/>的", "\n好\n的"),
        ("<b>好</b>的", "好的"),
        ("a <3 b", "a <3 b"),
        ("&lt;br&gt;ok &amp; fine", "\nok & fine"),
        ("mail me@bad.com, www.bad.com", "mail  ,  "),
        ("mail me@bad.com or www.bad.com now", "mail   or   now"),
        ("服務態度", "服务态度"),
        ("don’t，好", "don't，好"),
        ("goooood", "good"),
        ("哈哈哈哈", "哈哈"),
        ("慢慢慢", "慢!!"),
        ("满\u200b意", "满意"),
        ("ＧＯＯＤ", "GOOD"),
    ],
)
def test_readable(text: str, plain: str):
    assert readable(text) == plain


HARD = [
    "<a",
    "<style>",
    "a@",
    "&lt;",
    "好吗",
    "差吗",
    "不好，",
    "但是好",
    "not good, nor ",
    "nor good nice ",
    "差！",
    '"好',
    "a",
    "好",
    "http://",
    "!",
]


def seconds(text: str) -> float:
    started = time.process_time()
    polarity(text)
    return time.process_time() - started


@pytest.mark.parametrize("part", HARD)
def test_ten_thousand_characters_take_a_moment(part: str):
    polarity(part)
    text = part * (10_000 // len(part))
    assert min(seconds(text) for _ in range(3)) < 0.2
