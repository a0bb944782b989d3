"""Settings of a triage: what may be set, and the reader of texts that they make."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

import attrs

from custseg._typing import words as texts
from custseg.errors import ConfigError, did_you_mean
from custseg.scoring.feedback.signals import Signal, words_of
from custseg.values.feedback.reading import Feeling, Reader
from custseg.values.feedback.vocabulary import compiled, packs, signs, topics

SLA: Final = {"complaint": 1.0, "request": 2.0, "enquiry": 2.0, "suggestion": 7.0}
"""Days within which each kind of feedback is to be answered: custseg's own judgement."""


def signal_list(given: Iterable[Signal]) -> tuple[Signal, ...]:
    """Signals as they are kept."""
    return tuple(given)


def lists(given: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """Lists of words by name, as they are kept.

    >>> lists({"app": ["shop"]})
    {'app': ('shop',)}
    """
    return {name: texts(each) for name, each in given.items()}


def among(known: Iterable[str]) -> Any:  # noqa: ANN401 - a validator of attrs
    """A check that one name, or each of several, is known.

    Args:
        known: The names that there are.
    """
    names = tuple(known)

    def check(_: object, attribute: "attrs.Attribute[Any]", given: str | Iterable[str]) -> None:
        for name in (given,) if isinstance(given, str) else given:
            if name not in names:
                msg = f"no {name!r}; there are {sorted(names)}.{did_you_mean(name, names)}"
                raise ConfigError(msg, attribute.name)

    return check


@attrs.frozen
class Words:
    """The lists that texts are read by.

    Attributes:
        packs: Trades whose topics are told apart.
        topics: Topics of the company's own.
        signs: More words for lists of signs.
        signals: All signals, whose words are looked for.
    """

    packs: tuple[str, ...]
    topics: Mapping[str, tuple[str, ...]]
    signs: Mapping[str, tuple[str, ...]]
    signals: tuple[Signal, ...]

    def reader(self, feeling: Feeling) -> Reader:
        """A reader of texts by these lists.

        Args:
            feeling: How kindly a text speaks.

        >>> Words((), {"app": ("shop",)}, {}, ()).reader(lambda _: None).read("the shop").topics
        ('app',)
        """
        of_packs = {f"topic:{t}": w for pack in self.packs for t, w in packs()[pack].items()}
        found = {f"topic:{name}": each for name, each in topics().items()} | of_packs
        found |= {f"sign:{name}": each for name, each in signs().items()}
        found |= {f"rule:{one.code}": words_of(one) for one in self.signals}
        for family, more in (("topic", self.topics), ("sign", self.signs)):
            for name, own in more.items():
                found[f"{family}:{name}"] = (*found.get(f"{family}:{name}", ()), *own)
        return Reader(compiled(tuple(found.items())), feeling)
