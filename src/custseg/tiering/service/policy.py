"""What does a customer of this tier get from us?"""

from collections.abc import Mapping
from typing import Any, Final, Literal, TypeAlias, cast

import attrs

from custseg.errors import ConfigError
from custseg.labels import filled, label, table
from custseg.tiering.settings import check_word, is_number

Timing: TypeAlias = Literal["interval", "rhythm", "season"]
_FLAGS = ("dedicated_contact", "priority_line", "senior_owner", "development_plan")
_DAYS = "contact_interval_days"
_LIMITS = ("response_hours", "fault_hours", _DAYS)
_MOST = 36_525  # days of a century: what is promised for later is not promised


@attrs.frozen
class ServicePolicy:
    """What a tier is promised, as data that a CRM can act on.

    Attributes:
        code: Stable name of the policy, written to the ``service`` column; a label where the
            library knows it.
        dedicated_contact: One named person answers.
        priority_line: Calls and tickets go before others.
        senior_owner: The owner should be an experienced salesperson.
        development_plan: The gap to the next tier is worked on as a plan.
        response_hours: Hours until a question is answered; ``None``: nothing promised.
        fault_hours: Hours until a fault is fixed; ``None``: nothing promised.
        contact_interval_days: Days between contacts on our own initiative; ``None``: none.
        timing: When, after that interval, the right time is: ``interval``: at once; ``rhythm``:
            when the customer's own rhythm lets the next purchase be expected; ``season``: in the
            month in which it buys most.

    Raises:
        ConfigError: The code is empty, a limit is not a number above 0, the days between contacts
            are not whole, or the timing is unknown.

    >>> print(VIP_SERVICE.text())
    VIP service: dedicated contact, priority line, senior owner, answer within 1 h, \
faults fixed within 4 h, contact every 30 days
    """

    code: str
    dedicated_contact: bool = attrs.field(default=False, kw_only=True)
    priority_line: bool = attrs.field(default=False, kw_only=True)
    senior_owner: bool = attrs.field(default=False, kw_only=True)
    development_plan: bool = attrs.field(default=False, kw_only=True)
    response_hours: float | None = attrs.field(default=None, kw_only=True)
    fault_hours: float | None = attrs.field(default=None, kw_only=True)
    contact_interval_days: int | None = attrs.field(default=None, kw_only=True)
    timing: Timing = attrs.field(default="interval", kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Check the code and the limits."""
        if not self.code:
            msg = "a service policy needs a code, such as 'vip_service'"
            raise ConfigError(msg)
        for name, limit in cast("Mapping[str, Any]", self.limits).items():
            if not (is_number(limit) and 0 < limit <= _MOST and (name != _DAYS or limit % 1 == 0)):
                whole = "a whole number" if name == _DAYS else "a number"
                msg = f"{name} of {self.code!r} must be {whole} above 0, at most {_MOST}, got "
                raise ConfigError(msg + repr(limit))
        check_word("timing", self.timing, ("interval", "rhythm", "season"))

    @property
    def flags(self) -> tuple[str, ...]:
        """What it grants, by name of the attribute."""
        return tuple(name for name in _FLAGS if getattr(self, name))

    @property
    def limits(self) -> Mapping[str, float]:
        """What it promises in hours or days, by name of the attribute."""
        given = {name: getattr(self, name) for name in _LIMITS}
        return {name: limit for name, limit in given.items() if limit is not None}

    def text(self, locale: str = "en") -> str:
        """One line to read.

        Args:
            locale: ``en`` or ``zh``.
        """
        words = table(locale)
        granted = [words[f"service.{name}"] for name in self.flags]
        promised = [
            filled(words[f"service.{name}"], limit=f"{limit:g}")
            for name, limit in self.limits.items()
        ]
        timed = [words[f"service.{self.timing}"]] if self.timing != "interval" else []
        said = words["service.join"].join((*granted, *promised, *timed))
        return words["service.line"].format(name=label(self.code, locale), said=said or "-")


VIP_SERVICE: Final = ServicePolicy(
    "vip_service",
    dedicated_contact=True,
    priority_line=True,
    senior_owner=True,
    response_hours=1,
    fault_hours=4,
    contact_interval_days=30,
)
DEVELOPMENT_PLAN: Final = ServicePolicy(
    "development_plan",
    development_plan=True,
    response_hours=4,
    fault_hours=24,
    contact_interval_days=60,
)
STANDARD_CARE: Final = ServicePolicy(
    "standard_care",
    response_hours=24,
    fault_hours=72,
    contact_interval_days=90,
    timing="rhythm",
)


def services(tiers: tuple[str, ...]) -> dict[str, ServicePolicy]:
    """The customary policy of each tier: the best for the highest, a plan for the middle.

    Args:
        tiers: Names, lowest first.

    Source: the limits in hours for the two upper policies are the VIP and standard example of
    supportbench.com, "VIP service level agreements" (answer 1 h and 4 h, resolution 4 h and
    24 h); the contact intervals of 30 and 60 days are Zoho CRM's follow-up limits for key and
    other accounts (zoho.com.cn, silent-customer0209). The lowest policy is a house value. All of
    them are meant to be replaced by a company's own.

    >>> {tier: policy.code for tier, policy in services(("low", "medium", "high")).items()}
    {'low': 'standard_care', 'medium': 'development_plan', 'high': 'vip_service'}
    """
    lowest = dict.fromkeys(tiers[:1], STANDARD_CARE)
    highest = dict.fromkeys(tiers[1:][-1:], VIP_SERVICE)
    return {**lowest, **dict.fromkeys(tiers[1:-1], DEVELOPMENT_PLAN), **highest}
