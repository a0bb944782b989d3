"""First sensible cards over the columns of a profile.

Worths, half-lives and caps are custseg's own judgement, to start from: what a month without a
purchase or the tenth order means differs from trade to trade. Copy one, change it, keep it in
your own configuration.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Final, TypeAlias

import attrs

from custseg.errors import ConfigError, MissingColumnError, did_you_mean
from custseg.labels import LOCALES, table
from custseg.scoring.card.factor import Factor, Policy
from custseg.scoring.card.grades import Grades, Grading
from custseg.scoring.card.groups import Group
from custseg.scoring.card.matrix import GradeMatrix
from custseg.scoring.curves.bends import Decay, Log
from custseg.scoring.curves.shapes import Categories, Ramp
from custseg.scoring.points import HUNDREDTHS, check_positive

Attributes: TypeAlias = Mapping[str, Mapping[str, float]]

BEYOND: Final = frozenset({"source", "lifetime_value"})
"""Columns that a profile has only where something else put them there."""

_SOURCES: Final = {"referral": 1.0, "own": 0.7, "event": 0.5, "campaign": 0.4, "cold": 0.0}
_UNLISTED: Final = 0.5


@attrs.frozen
class Preset:
    """What a first card is made of.

    Attributes:
        factors: The factors.
        base: Points to start with: what the factors that were left out earn of the unknown.
        groups: The groups that the factors count in.
        grades: The scale.
    """

    factors: tuple[Factor, ...]
    base: float = 0.0
    groups: tuple[Group, ...] = ()
    grades: Grading = attrs.field(factory=Grades)


def preset(
    name: str, *, revenue: float, columns: Iterable[str] = (), attributes: Attributes | None = None
) -> Preset:
    """A card by its name.

    Args:
        name: ``customer`` or ``lead``.
        revenue: Revenue of a very good customer.
        columns: The columns that there are; by default those of a profile alone.
        attributes: Columns of words, and of each word its share of what the column is worth.

    Raises:
        ConfigError: There is no such card, or the revenue is not above 0.
        MissingColumnError: No factor has its column.

    >>> card = preset("lead", revenue=10_000.0)
    >>> [group.name for group in card.groups]
    ['fit', 'engagement']
    """
    check_positive("revenue", revenue)
    if name not in _CARDS:
        msg = f"no preset {name!r}; there are {list(_CARDS)}.{did_you_mean(name, _CARDS)}"
        raise ConfigError(msg)
    every = _CARDS[name](revenue, _described(attributes or {}, _DESCRIBED[name]))
    factors, base = among(every, columns)
    held = [factor.group for factor in factors]
    groups = tuple(Group(group) for group in dict.fromkeys(held) if group is not None)
    matrix = name == "lead" and len(groups) > 1
    start = base + (0.0 if attributes else _DESCRIBED[name][1] / 2)
    return Preset(factors, start, groups, GradeMatrix(*_MATRIX) if matrix else Grades())


def among(factors: tuple[Factor, ...], columns: Iterable[str]) -> tuple[tuple[Factor, ...], float]:
    """The factors whose columns there are, and the base that makes up for the others.

    Args:
        factors: The factors.
        columns: The columns; where there are none (no records), those of a profile.

    Raises:
        MissingColumnError: No factor has its column.

    >>> from custseg.scoring import Ramp
    >>> known, asked = (
    ...     Factor("orders", worth=5, curve=Ramp(0, 9)),
    ...     Factor("satisfaction", worth=7, curve=Ramp(0, 100), missing="neutral"),
    ... )
    >>> kept, base = among((known, asked), ["orders"])
    >>> [factor.name for factor in kept], base
    (['orders'], 3.5)
    """
    there = tuple(columns)
    if there:
        kept = tuple(factor for factor in factors if factor.field in there)
    else:
        kept = tuple(factor for factor in factors if factor.field not in BEYOND)
    if not kept:
        raise MissingColumnError(factors[0].field, there)
    return kept, sum(f.missing_points for f in factors if f not in kept) / HUNDREDTHS


def _described(attributes: Attributes, home: tuple[str, float]) -> tuple[Factor, ...]:
    """Factors of words, worth some points together; unknown they are neutral."""
    group, worth = home
    return tuple(
        Factor(
            name,
            worth=worth / len(attributes),
            curve=Categories(shares, _UNLISTED),
            missing="neutral",
            group=group,
            actionable=False,
        )
        for name, shares in attributes.items()
    )


def _source(worth: float, group: str) -> Factor:
    """Where a customer came from, in the usual words of either language."""
    shares = {word: share for code, share in _SOURCES.items() for word in _spelled(code)}
    curve = Categories(shares, _UNLISTED)
    return Factor(
        "source", worth=worth, curve=curve, missing="neutral", group=group, actionable=False
    )


def _spelled(code: str) -> Iterable[str]:
    for locale in LOCALES:
        for word in table(locale)[f"words.source_{code}"].split("|"):
            for spelled in (word, word.capitalize(), word.title()):
                yield from (spelled, spelled.replace(" ", "_"), spelled.replace(" ", "-"))


def _customer(revenue: float, described: tuple[Factor, ...]) -> tuple[Factor, ...]:
    """What a customer has bought and will, how loyal, willing, lively and content it is."""
    neutral: Policy = "neutral"
    return (
        Factor("revenue", worth=14, curve=Log(revenue), group="value"),
        Factor("lifetime_value", worth=6, curve=Log(revenue), missing=neutral, group="value"),
        Factor("recency_days", worth=12, curve=Decay(90), group="activity"),
        Factor("products", worth=5, curve=Log(10), group="activity"),
        Factor("frequency", worth=12, curve=Log(20), group="loyalty"),
        Factor("tenure_days", worth=4, curve=Ramp(0, 1095), group="loyalty", actionable=False),
        Factor("referrals", worth=4, curve=Ramp(0, 3), group="loyalty"),
        Factor("average_order", worth=5, curve=Log(revenue / 10), group="willingness"),
        Factor("late_share", worth=-5, curve=Ramp(0, 0.5), group="willingness"),
        Factor("interactions", worth=6, curve=Log(20), group="engagement"),
        Factor("contact_days", worth=4, curve=Decay(30), group="engagement"),
        Factor("inbound_share", worth=2, curve=Ramp(0, 1), group="engagement"),
        Factor("enquiries", worth=2, curve=Ramp(0, 3), group="engagement"),
        Factor("suggestions", worth=2, curve=Ramp(0, 2), group="engagement"),
        Factor("satisfaction", worth=6, curve=Ramp(0, 100), missing=neutral, group="content"),
        Factor("sentiment", worth=4, curve=Ramp(-1, 1), missing=neutral, group="content"),
        Factor("praises", worth=2, curve=Ramp(0, 2), group="content"),
        Factor("negative_share", worth=-3, curve=Ramp(0.2, 1), group="content"),
        Factor("complaints", worth=-12, curve=Ramp(0, 3), group="content"),
        Factor("completeness", worth=5, curve=Ramp(0, 1), group="record"),
        _source(3, "record"),
        *described,
    )


def _lead(_revenue: float, described: tuple[Factor, ...]) -> tuple[Factor, ...]:
    """Who somebody is, and how lively the interest, before there is a purchase."""
    return (
        Factor("completeness", worth=20, curve=Ramp(0, 1), group="fit"),
        _source(10, "fit"),
        *described,
        Factor("visits", worth=14, curve=Log(20), group="engagement"),
        Factor("click_rate", worth=6, curve=Ramp(0, 0.2), group="engagement"),
        Factor("interactions", worth=12, curve=Log(10), group="engagement"),
        Factor("contact_days", worth=12, curve=Decay(14), group="engagement"),
        Factor("inbound_share", worth=4, curve=Ramp(0, 1), group="engagement"),
        Factor("enquiries", worth=6, curve=Ramp(0, 2), group="engagement"),
        Factor("open_opportunities", worth=6, curve=Ramp(0, 2), group="engagement"),
        Factor("complaints", worth=-10, curve=Ramp(0, 2), group="engagement"),
    )


_MATRIX: Final = ("fit", "engagement", (18.0, 9.0), (30.0, 15.0))
_DESCRIBED: Final = {"customer": ("record", 2.0), "lead": ("fit", 10.0)}
"""The group of attributes, and what they are worth together; neutral where none are given."""

_CARDS: Final[dict[str, Callable[[float, tuple[Factor, ...]], tuple[Factor, ...]]]] = {
    "customer": _customer,
    "lead": _lead,
}
