import pytest

import custseg as cs
from custseg.errors import ConfigError, MissingColumnError
from custseg.tiering import Cuts

CUTS = Cuts((100.0, 1000.0))


def test_a_band_has_a_reason():
    bands = CUTS.on("spent")
    said = [bands.one({"spent": x})["band_reason"] for x in (5, 100, 1000, None)]
    assert said == ["value_below", "value_between", "value_above", "no_value"]
    assert Cuts(()).on("spent").one({"spent": 1})["band_reason"] == "one_tier"


def test_what_is_unknown_may_have_a_word():
    bands = CUTS.on("spent", "size", "nobody")
    assert bands.one({"spent": None})["size"] == "nobody"
    assert bands.gives["size"] == ("nobody", "low", "medium", "high")
    assert CUTS.on("spent", unknown="low").one({"spent": None})["band"] == "low"
    assert CUTS.on("spent").one({"spent": None})["band"] is None


def test_the_lowest_word_for_the_unknown_needs_no_question():
    assert len(CUTS.ladder("spent", CUTS.words(), "low").steps) == 2
    assert len(CUTS.ladder("spent", CUTS.words()).steps) == 3


def test_why_and_how_far():
    bands = CUTS.on("spent")
    why = bands.explain({"spent": 250})
    assert "between 100 and 1,000" in why.text()
    assert why.as_dict(values=True)["reasons"][0]["values"] == {"spent": 250, "to_next": 750.0}
    assert "spent is not known" in bands.explain({"spent": None}).text()
    assert "档位" in bands.explain({"spent": 5}).text("zh")
    assert "to_next" not in str(bands.explain({"spent": 1e9}).as_dict(values=True))
    assert "ends at 100" in bands.explain({"spent": 5}).text()


def test_labels_are_one_a_class():
    with pytest.raises(ConfigError, match="3 classes need 3 labels"):
        cs.load({**cs.dump(CUTS.on("spent")), "labels": ["a", "b"]})
    with pytest.raises(ConfigError, match="3 classes need 3 words"):
        CUTS.ladder("spent", ("a", "b"))


def test_a_word_may_stand_for_two_classes():
    ladder = CUTS.ladder("spent", ("some", "some", "much"))
    assert ladder.words == ("some", "much")


def test_the_column_has_to_be_there():
    with pytest.raises(MissingColumnError, match="spent"):
        CUTS.on("spent").one({"spend": 1})
