import pytest

from custseg.report.blocks import (
    Beside,
    Heading,
    Outline,
    Picture,
    Said,
    Terms,
    Tile,
    Tiles,
    drawn,
    spelled,
)

BAD = "<b>&"
BLOCKS = [
    Said(BAD, "lead"),
    Heading(BAD),
    Tiles((Tile(BAD, BAD, BAD),)),
    Outline(f"{BAD}: 12\n  - {BAD}"),
    Terms(((BAD, (BAD,)), ("nothing", ()))),
    Beside(((Said(BAD),), ())),
    Picture("<svg></svg>", BAD),
]


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: type(block).__name__)
def test_every_block_escapes_what_it_says(block):
    assert BAD not in block.html()
    assert "&lt;b&gt;&amp;" in block.html()


def test_text_and_page_say_the_same():
    text, page = spelled(BLOCKS), drawn(BLOCKS)
    assert text.count(BAD) == page.count("&lt;b&gt;&amp;") - 1  # a picture is none in text
    assert "nothing" not in text + page


def test_an_outline_sets_only_numbers_apart():
    page = Outline("won: 1,200\nshare: 12.5%\nnote: it is so\n(left out: 3)").html()
    assert "<span>won</span><span>1,200</span>" in page
    assert "<span>share</span><span>12.5%</span>" in page
    assert "note: it is so" in page
    assert '<p class="d1"><span>left out</span><span>3</span></p>' in page
