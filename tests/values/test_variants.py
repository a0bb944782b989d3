import json
from importlib.resources import files

import pytest

from custseg.values.tables import table
from custseg.values.variants import simplified


@pytest.mark.parametrize(
    ("given", "simple"),
    [
        ("發票抬頭開錯了", "发票抬头开错了"),
        ("简体不变", "简体不变"),
        ("ASCII only", "ASCII only"),
        ("", ""),
    ],
)
def test_common_traditional_characters_become_simple(given, simple):
    assert simplified(given) == simple
    assert simplified(simple) == simple


def test_every_pair_is_two_characters_and_no_character_comes_twice():
    pairs = table("variants")["simplified"]
    assert {len(pair) for pair in pairs} == {2}
    assert len({pair[0] for pair in pairs}) == len(pairs)


def test_no_simple_form_is_itself_written_otherwise():
    pairs = dict(table("variants")["simplified"])
    assert not [old for old, new in pairs.items() if pairs.get(new, new) != new]


def test_the_file_holds_what_it_says():
    text = files("custseg.values.tables").joinpath("variants.json").read_text(encoding="utf-8")
    assert list(json.loads(text)) == ["simplified"]
