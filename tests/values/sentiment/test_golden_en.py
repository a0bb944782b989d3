"""Sentences in English written for this test: what a reader would say of each."""

import pytest

from custseg.values.lexicon import opinion, polarity

KIND = """
The staff went above and beyond to help us
Not bad at all
At least it isn't a horrible book.
I have never been disappointed with this company
No complaints so far
Couldn't be happier with the support
It was a bit pricey but worth every penny
Although the queue was long, the food was delicious
I can't recommend highly enough how quick they are
Arrived on time and well packaged
You can't go wrong with this one
The invoice was wrong at first, but they fixed the problem quickly and I am very happy
Sooooo good!!!
LOVE IT
Great value for money, easy to install
Nothing bad to say about them
Their engineer was patient, polite and knowledgeable
The battery is not terrible, and the screen is gorgeous
I don't have any problems with it
Pretty good overall
Setup was painless and the manual is clear
:) works like a charm
Thank you for resolving my issue so quickly
The new version is much better than the old one
Hats off to the delivery guy
It never fails to impress
This is the best purchase I've made all year
We will be back
Fast, friendly and affordable
The room was not small, it was clean and quiet
Without a doubt an excellent choice
I was skeptical, but it exceeded my expectations
It fits perfectly and looks beautiful
Five stars
Awesome 👍
The only downside is the colour; overall I love it
"""
UNKIND = """
Don't waste your money
The screen cracked after two days
It's not worth the price
I would not recommend this to anyone
The food was good, but the service was terrible
Nobody answered my calls
VADER is not smart, handsome, nor funny.
Not very good
I wasn't impressed
This doesn't work
It stopped working within a week
I expected great sound, got static
They promised a refund and never replied, what a joke
Worst support ever!!!
I wish it was better
Could have been better
The food wasn't good or fresh
Still waiting for my order
Overpriced and awfully slow
The app crashes every time I open it
Rude staff, dirty tables
I will never buy again
It looks nice, however it broke on the first day
Nothing special
My package never arrived
The driver was late and unapologetic, I am very disappointed
You should have a better return process, this one is a mess
Why is the service so slow?
Too expensive for what you get
Yeah right, great service
The quality isn't great
I was charged twice, this is unacceptable
I had to return it
:( it came broken
They lied about the delivery date
A complete waste of time
Hardly any taste, bland and cold
The least helpful agent I have talked to
👎👎
The instructions are confusing and the seat is uncomfortable
"""
NOTHING = """
What time do you open?
Is it good?
Please call me on Tuesday at 5
My order number is 88231
How do I return an item
https://best.example.com/great-deals
love@nice.com
The parcel looks like a box
We met at the harbor
Can you recommend a good plan?
Goodbye
12:30
The kind of paper is A4
"""


def each(block: str) -> list[str]:
    return [line for line in block.split("\n") if line]


@pytest.mark.parametrize("text", each(KIND))
def test_kind_words(text: str):
    assert (polarity(text) or 0.0) > 0


@pytest.mark.parametrize("text", each(UNKIND))
def test_unkind_words(text: str):
    assert (polarity(text) or 0.0) < 0


@pytest.mark.parametrize("text", each(NOTHING))
def test_no_opinion_is_not_a_neutral_one(text: str):
    assert polarity(text) is None


ORDER = [
    ("very good", "good"),
    ("good", "slightly good"),
    ("GOOD food", "good food"),
    ("good!!!", "good"),
    ("good", "not good"),
    ("not bad", "bad"),
    ("pretty good", "pretty bad"),
    ("slow", "awfully slow"),
    ("The food was bad, but the staff was great", "The staff was great, but the food was bad"),
    ("I love it", "I used to love it"),
]


@pytest.mark.parametrize(("kinder", "less"), ORDER)
def test_one_is_kinder_than_the_other(kinder: str, less: str):
    assert (polarity(kinder) or 0.0) > (polarity(less) or 0.0)


@pytest.mark.parametrize(
    "text", ["Yeah right, great service", "Thanks a lot for nothing", "Great job 🙄"]
)
def test_irony_is_not_believed_much(text: str):
    found = opinion(text)
    assert found.ironic
    assert found.confidence < 0.4


def test_capitals_say_nothing_where_all_are():
    assert polarity("GOOD FOOD") == polarity("good food")


def test_a_word_is_a_whole_word():
    assert polarity("badge, goods, lovelock") is None
    assert polarity("很good的") == polarity("很 good 的")
