"""Which customers does a book of services forget, and which of its rules are for nobody?"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Final

import attrs

from custseg.labels import label
from custseg.showing import Shown
from custseg.tiering.service.rule import KEYS, ServiceRule

_CLASSES: Final = ("potential", "active", "dormant", None)
_LEVELS: Final = ("low", "medium", "high", None)


@attrs.frozen
class ServiceLint(Shown):
    """What is wrong with a book of services.

    Attributes:
        uncovered: Lifecycle class, tier and potential (``None``: not known) of customers for whom
            there is no rule that asks nothing else.
        unreachable: Rules, counted from 1, before which others take all that they are for.

    >>> ServiceLint((("active", "low", None),), ()).text()
    '1 kinds of customers get no service, such as: active, low, -'
    """

    uncovered: tuple[tuple[str | None, str | None, str | None], ...]
    unreachable: tuple[int, ...]

    def __bool__(self) -> bool:
        """Whether anything is wrong."""
        return bool(self.uncovered or self.unreachable)

    def as_dict(self) -> dict[str, object]:
        """Plain data."""
        return {
            "uncovered": [list(group) for group in self.uncovered],
            "unreachable": list(self.unreachable),
        }

    def text(self, locale: str = "en") -> str:
        """Lines to read."""
        lines: list[str] = []
        if self.uncovered:
            such = label("service.join", locale).join(_words(self.uncovered[0], locale))
            told = label("service_uncovered", locale)
            lines.append(told.format(count=len(self.uncovered), such=such))
        lines += [
            label("service_unreachable", locale).format(rule=rule) for rule in self.unreachable
        ]
        return "\n".join(lines) or label("service_complete", locale)


def _words(group: tuple[str | None, ...], locale: str) -> Iterator[str]:
    """Class, tier and level of potential, in words."""
    spelled = (*group[:2], group[2] and f"level.{group[2]}")
    return (label(word, locale) if word else "-" for word in spelled)


def linted(rules: Sequence[ServiceRule], tiers: Sequence[str]) -> ServiceLint:
    """Try every kind of customer on the rules.

    Args:
        rules: The rules, in order.
        tiers: The tiers that there are.

    >>> from custseg.tiering.service.policy import VIP_SERVICE
    >>> one = ServiceRule(VIP_SERVICE, "keep")
    >>> linted([one, one], ("low", "high")).unreachable
    (2,)
    """
    open_ = list(_groups(tiers))
    lost: list[int] = []
    for place, rule in enumerate(rules, 1):
        mine = [group for group in open_ if rule.covers(group)]
        if not mine:
            lost.append(place)
        if rule.when is None:
            open_ = [group for group in open_ if not rule.covers(group)]
    named = tuple((g["lifecycle"], g["tier"], g["potential"]) for g in open_)
    return ServiceLint(named, tuple(lost))


def _groups(tiers: Sequence[str]) -> Iterator[Mapping[str, str | None]]:
    for words in product(_CLASSES, (*tiers, None), _LEVELS):
        yield dict(zip(KEYS, words, strict=True))
