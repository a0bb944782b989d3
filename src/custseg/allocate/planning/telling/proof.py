"""How good is a plan, in a sentence."""

from collections.abc import Mapping

from custseg.labels import filled, label


def proof(totals: Mapping[str, object], locale: str = "en") -> str:
    """The points of a plan, and how near to the best they are proven to be.

    Args:
        totals: Of the plan.
        locale: ``en`` or ``zh``.

    >>> print(proof({"points": 2.0, "bound": 2.0, "gap": 0.0}))
    points: 2.000, proven best
    """
    gap = totals["gap"]
    code = "unproven" if gap is None else "near" if gap else "best"
    return label(f"allocate.{code}", locale).format_map(totals)


def summary(unit: str, totals: Mapping[str, object], locale: str = "en") -> str:
    """How many customers, leads or opportunities have an owner.

    Args:
        unit: What was shared out.
        totals: Of the plan.
        locale: ``en`` or ``zh``.

    >>> print(summary("lead", {"assigned": 1, "customers": 2}))
    1 of 2 leads has an owner
    """
    code = "allocate.summary" if unit == "customer" else f"allocate.summary_{unit}"
    return filled(label(code, locale), **totals)
