"""More surnames and brands than the tables hold, put together of syllables.

A million customers made of ninety surnames would be a crowd of namesakes; real ones are not.
"""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from itertools import product

import attrs

from custseg.datasets.words import Language, Lexicon, lexicon


@cache
def vocabulary(language: Language) -> Lexicon:
    """The words of one language with many more surnames (en) and brands (both).

    >>> len(vocabulary("en").words.surnames) > 1000
    True
    """
    known = lexicon(language)
    words, parts = known.words, _syllables()
    if language == "zh":
        brands = tuple(a + b for a, b in product(parts["luck"], repeat=2) if a != b)
        return Lexicon(language, attrs.evolve(words, brands=(*words.brands, *brands)))
    made = tuple(a + b for a, b in product(parts["stems"].split(), parts["ends"].split()))
    surnames = tuple((name, name.lower(), 1) for name in made)
    return Lexicon(
        language,
        attrs.evolve(words, surnames=(*words.surnames, *surnames), brands=(*words.brands, *made)),
    )


@cache
def _syllables() -> Mapping[str, str]:
    path = files("custseg.datasets").joinpath("data", "syllables.json")
    found: Mapping[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return found
