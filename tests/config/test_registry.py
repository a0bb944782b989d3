import attrs
import pytest

from custseg.config import dump, kinds, load, registry, schema, strategy
from custseg.errors import ConfigError
from custseg.tiering import Cuts


@pytest.fixture(autouse=True)
def forgotten(monkeypatch):
    monkeypatch.setattr(registry, "_named", {})


def test_a_class_named_at_run_time_is_dumped_and_loaded():
    @strategy("acme-round")
    @attrs.frozen
    class Round:
        step: float = 100.0

    assert "acme-round" in kinds()
    assert load({"kind": "acme-round", "step": 5}) == Round(5.0)
    assert dump(Round()) == {"kind": "acme-round", "step": 100.0}


def test_a_plain_class_is_refused():
    with pytest.raises(ConfigError, match=r"must be an attrs class: put @attrs.frozen below"):

        @strategy("acme-plain")
        class Plain:
            pass


@pytest.mark.parametrize("kind", ["quantiles", "acme-taken"])
def test_a_name_that_is_taken_is_refused(kind):
    @strategy("acme-taken")
    @attrs.frozen
    class First:
        pass

    with pytest.raises(ConfigError, match=f"the kind '{kind}' is taken"):

        @strategy(kind)
        @attrs.frozen
        class Second:
            pass


def test_a_class_may_be_named_again_when_a_notebook_cell_runs_again():
    def cell():
        @strategy("acme-cell")
        @attrs.frozen
        class Cell:
            pass

        return Cell

    first, again = cell(), cell()
    assert load({"kind": "acme-cell"}) == again()
    assert first is not again


def test_a_field_is_no_method_of_the_same_name():
    @attrs.frozen
    class Field:
        fit: float = 1.0

    class Fits:
        def fit(self): ...

    assert not registry.speaks(Field, Fits)
    assert registry.speaks(Fits, Fits)
    assert not registry.speaks(Fits, object)


def test_a_method_that_asks_for_more_is_another_one():
    """Cut points have a ladder, too, but of two arguments: no strategy for lifecycles."""
    strategies = schema("lifecycle")["properties"]["strategy"]["properties"]["kind"]["enum"]
    assert "fixed-days" in strategies
    assert not {"cuts", "group-cuts"} & set(strategies)
    assert registry.asks(Cuts.ladder) == 3  # itself, the column and the words
    assert registry.asks(dict.update) == 0  # nothing is known of it
