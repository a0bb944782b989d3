"""More surnames and brands than the tables hold."""

from custseg.datasets.vocabulary import vocabulary
from custseg.datasets.words import lexicon


def test_the_tables_are_part_of_it() -> None:
    for language in ("zh", "en"):
        few, many = lexicon(language).words, vocabulary(language).words
        assert many.brands[: len(few.brands)] == few.brands
        assert many.surnames[: len(few.surnames)] == few.surnames
        assert len(many.brands) > 1_000


def test_no_surname_stands_twice() -> None:
    made = [name for name, _, _ in vocabulary("en").words.surnames]
    assert len(made) - len(set(made)) < 20  # a few of the table are made of syllables, too
