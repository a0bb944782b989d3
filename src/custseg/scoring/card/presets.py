"""First sensible cards over the columns of a profile.

Worths, half-lives and caps are custseg's own judgement, to start from: what a month without a
purchase or the tenth order means differs from trade to trade. Copy one, change it, keep it in
your own configuration.
"""

from collections.abc import Callable, Iterable

from custseg.errors import ConfigError, MissingColumnError, did_you_mean
from custseg.scoring.card.factor import Factor
from custseg.scoring.curves.bends import Decay, Log
from custseg.scoring.curves.shapes import Ramp
from custseg.scoring.points import HUNDREDTHS, check_positive


def preset(name: str, *, revenue: float) -> tuple[Factor, ...]:
    """The factors of a card by its name.

    Args:
        name: ``customer`` or ``lead``.
        revenue: Revenue of a very good customer.

    Raises:
        ConfigError: There is no such card, or the revenue is not above 0.

    >>> sum(factor.worth for factor in preset("lead", revenue=10_000.0) if factor.worth > 0)
    100.0
    """
    check_positive("revenue", revenue)
    if name not in _CARDS:
        msg = f"no preset {name!r}; there are {list(_CARDS)}.{did_you_mean(name, _CARDS)}"
        raise ConfigError(msg)
    return _CARDS[name](revenue)


def among(factors: tuple[Factor, ...], columns: Iterable[str]) -> tuple[tuple[Factor, ...], float]:
    """The factors whose columns there are, and the base that makes up for the others.

    Args:
        factors: Factors in no group.
        columns: The columns; where there are none (no records), all factors stay.

    Raises:
        MissingColumnError: No factor has its column.

    >>> kept, base = among(preset("customer", revenue=10_000.0), ["revenue", "satisfaction"])
    >>> [factor.name for factor in kept], base
    (['revenue', 'satisfaction'], 3.5)
    """
    there = tuple(columns)
    if not there:
        return factors, 0.0
    kept = tuple(factor for factor in factors if factor.field in there)
    if not kept:
        raise MissingColumnError(factors[0].field, there)
    return kept, sum(f.missing_points for f in factors if f not in kept) / HUNDREDTHS


def _customer(revenue: float) -> tuple[Factor, ...]:
    """What a customer has bought, how lively the contact is, how content it sounds."""
    return (
        Factor("revenue", worth=20, curve=Log(revenue)),
        Factor("frequency", worth=15, curve=Log(20)),
        Factor("recency_days", worth=15, curve=Decay(90)),
        Factor("products", worth=5, curve=Log(10)),
        Factor("interactions", worth=8, curve=Log(20)),
        Factor("contact_days", worth=5, curve=Decay(30)),
        Factor("satisfaction", worth=10, curve=Ramp(0, 100), missing=0.5),
        Factor("sentiment", worth=7, curve=Ramp(-1, 1), missing=0.5),
        Factor("referrals", worth=5, curve=Ramp(0, 3)),
        Factor("completeness", worth=10, curve=Ramp(0, 1)),
        Factor("complaints", worth=-15, curve=Ramp(0, 3)),
    )


def _lead(_revenue: float) -> tuple[Factor, ...]:
    """How lively somebody's interest is who has not bought yet."""
    return (
        Factor("visits", worth=20, curve=Log(20)),
        Factor("click_rate", worth=10, curve=Ramp(0, 0.2)),
        Factor("interactions", worth=20, curve=Log(10)),
        Factor("contact_days", worth=20, curve=Decay(14)),
        Factor("open_opportunities", worth=10, curve=Ramp(0, 2)),
        Factor("completeness", worth=20, curve=Ramp(0, 1)),
        Factor("complaints", worth=-10, curve=Ramp(0, 2)),
    )


_CARDS: dict[str, Callable[[float], tuple[Factor, ...]]] = {
    "customer": _customer,
    "lead": _lead,
}
