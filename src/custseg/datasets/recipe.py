"""What a generated CRM is made from: the options, checked once."""

import datetime as dt
from collections.abc import Iterable
from functools import cached_property
from typing import Literal

import attrs

from custseg._typing import words
from custseg.datasets.words import Language
from custseg.errors import ConfigError, did_you_mean

Locale = Literal["zh", "en", "mixed"]
"""Whose customers: of China, of other countries, or of both."""

_LOCALES = ("zh", "en", "mixed")
_MOST_DUPLICATES = 0.5


def _day(value: str | dt.date) -> dt.date:
    try:
        return value if isinstance(value, dt.date) else dt.date.fromisoformat(value)
    except ValueError:
        message = f"a day is written like '2026-06-30', got {value!r}"
        raise ConfigError(message, "start/end") from None


def _share(_: object, field: "attrs.Attribute[float]", value: float) -> None:
    if not 0 <= value <= 1:
        message = f"a share lies between 0 and 1, got {value}"
        raise ConfigError(message, field.name)


@attrs.frozen
class Recipe:
    """The options of a generated CRM; ``custseg.datasets.crm`` explains them.

    Raises:
        ConfigError: If an option cannot be.

    >>> Recipe(locale="zh").language_share
    1.0
    """

    seed: int = 7
    locale: Locale = "mixed"
    zh_share: float = attrs.field(default=0.6, validator=_share)
    duplicates: float = attrs.field(default=0.08, validator=_share)
    errors: float = attrs.field(default=0.14, validator=_share)
    start: dt.date = attrs.field(default=dt.date(2024, 1, 1), converter=_day)
    end: dt.date = attrs.field(default=dt.date(2026, 6, 30), converter=_day)
    currencies: tuple[str, ...] = attrs.field(default=(), converter=words)
    reps: int = 24

    def __attrs_post_init__(self) -> None:
        """Refuse what cannot be made."""
        for wrong, message, path in self._complaints():
            if wrong:
                raise ConfigError(message, path)

    @property
    def language_share(self) -> float:
        """Share of Chinese customers."""
        return {"zh": 1.0, "en": 0.0, "mixed": self.zh_share}[self.locale]

    @property
    def languages(self) -> tuple[Language, ...]:
        """Languages of the customers, the larger part first."""
        if self.language_share in {0.0, 1.0}:
            return ("zh",) if self.language_share else ("en",)
        return ("zh", "en")

    @property
    def money(self) -> tuple[str, ...]:
        """Currencies of the orders, one unless more were asked for."""
        return self.currencies or (("USD",) if self.locale == "en" else ("CNY",))

    @cached_property
    def first_day(self) -> int:
        """The start, in days since 1970-01-01."""
        return self.start.toordinal() - _EPOCH

    @cached_property
    def last_day(self) -> int:
        """The end, in days since 1970-01-01; all of that day is inside."""
        return self.end.toordinal() - _EPOCH

    @property
    def days(self) -> int:
        """Length of the time told about."""
        return self.last_day - self.first_day + 1

    def _complaints(self) -> Iterable[tuple[bool, str, str]]:
        near = did_you_mean(str(self.locale), _LOCALES)
        yield (
            self.locale not in _LOCALES,
            f"locale is one of {', '.join(_LOCALES)}, got {self.locale!r}.{near}",
            "locale",
        )
        yield self.seed < 0, f"a seed is 0 or more, got {self.seed}", "seed"
        yield (
            self.duplicates > _MOST_DUPLICATES,
            f"at most {_MOST_DUPLICATES} of the records can be duplicates, got {self.duplicates}",
            "duplicates",
        )
        yield (
            self.start >= self.end,
            f"the end comes after the start, got {self.start} to {self.end}",
            "start/end",
        )
        yield self.reps < 1, f"there is at least one rep, got {self.reps}", "reps"


_EPOCH = dt.date(1970, 1, 1).toordinal()
