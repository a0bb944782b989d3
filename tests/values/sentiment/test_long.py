"""Long texts of whatever sets a rule off are read in as many steps as they have characters."""

import time

import pytest

from custseg.values.lexicon import opinion, polarity

TRIGGERS = [
    "good nor bad nor ",
    "not good nor ",
    "not good, good nor ",
    "good but ",
    "good! ",
    "<!--",
    "<!--a-->",
    "<div><b>",
    "<script>",
    "&amp;",
    "a.a@",
    "www.",
    "\u200b",
    "\ud83d",
    "😀",
    "不是好，是坏",
    "“好",
    "とても良い good 好",
]


def cost(text: str) -> float:
    started = time.process_time()
    polarity(text)
    return time.process_time() - started


@pytest.mark.parametrize("trigger", TRIGGERS)
def test_ten_times_the_text_is_not_a_hundred_times_the_work(trigger: str):
    short, long = ((trigger * size)[:size] for size in (10_000, 100_000))
    least = min(cost(short) for _ in range(3))
    assert cost(long) < 40 * max(least, 0.005)


def test_a_second_nor_denies_what_came_since_the_first():
    found = opinion("not smart nor handsome, clever nor funny")
    assert [said.value < 0 for said in found.words] == [True] * 4
    apart = opinion("It is not smart nor funny. It is clever, nor handsome")
    assert [said.value < 0 for said in apart.words] == [True, True, False, True]


def test_comments_of_html_are_not_read():
    assert polarity("good<!-- bad > worse <b>awful</b> -->") == polarity("good")
    assert polarity("<!-- never closed, but good") == polarity("but good")
