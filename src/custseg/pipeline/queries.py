"""A policy as SQL: one query a step, and the steps that no query can say."""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

import attrs

from custseg.errors import ConfigError, CustsegError
from custseg.pipeline.order import named, ordered
from custseg.reasons import Reason
from custseg.showing import Shown

_TABLE: Final = "custseg_read_from"
_QUOTED: Final = re.compile(rf"[\"`\[]?{_TABLE}[\"`\]]?")
_BY_PYTHON: Final = {
    "cleaner": "clean",
    "matcher": "match",
    "merge": "match",
    "triage": "triage",
    "deals": "deals",
}


@attrs.frozen
class Queries(Shown):
    """The steps of a policy as queries, each of which reads what the one before gives.

    Attributes:
        table: The table of profiles that the first query reads, as SQL names it.
        selects: Step -> its SELECT, from a table named ``custseg_read_from``.
        lacking: Step -> why no query says it; those that read its columns are left out too.

    >>> from custseg.tiering import Thresholds, TierPlan
    >>> from custseg.pipeline import Policy
    >>> made = Policy(tier=TierPlan(Thresholds((100.0, 1000.0))).fit([])).to_sql()
    >>> list(made.selects), made.text.splitlines()[0]
    (['tier'], 'WITH custseg_tier AS (')
    """

    table: str
    selects: Mapping[str, str]
    lacking: Mapping[str, Reason]

    @property
    def text(self) -> str:
        """One query of all steps.

        Raises:
            CustsegError: No step has a query.
        """
        read, parts = self.table, list[str]()
        for step, select in self.selects.items():
            parts.append(f"{_name(step)} AS (\n{_of(select, read)}\n)")
            read = _name(step)
        if not parts:
            msg = "no step of this policy is a query; run it with custseg"
            raise CustsegError(msg)
        return f"WITH {', '.join(parts)}\nSELECT * FROM {read}"

    def dbt(self, source: str) -> dict[str, str]:
        """Models of dbt: name -> its text.

        Args:
            source: What the first model reads, such as ``{{ ref('profiles') }}``.

        >>> from custseg.tiering import Thresholds, TierPlan
        >>> from custseg.pipeline import Policy
        >>> made = Policy(tier=TierPlan(Thresholds((100.0, 1000.0))).fit([])).to_sql()
        >>> made.dbt("{{ ref('profiles') }}")["custseg_tier"].splitlines()[-1]
        "FROM {{ ref('profiles') }}"
        """
        read, models = source, dict[str, str]()
        for step, select in self.selects.items():
            name = _name(step)
            models[name] = _of(select, read) + "\n"
            read = f"{{{{ ref('{name}') }}}}"
        return models

    def told(self, locale: str = "en") -> str:
        """What has no query, one line a step; empty where all have one."""
        return "\n".join(f"{step}: {why.text(locale)}" for step, why in self.lacking.items())


def queries_of(policy: Any, table: str, dialect: str) -> Queries:  # noqa: ANN401 - a policy, which stands on this
    """Write each step of a policy.

    Args:
        policy: The policy.
        table: The table of profiles.
        dialect: A dialect of SQL.

    Raises:
        MissingDependencyError: The dialect needs sqlglot, which is not installed.
    """
    selects, lacking = dict[str, str](), dict[str, Reason]()
    for name, step in _BY_PYTHON.items():
        if getattr(policy, name) is not None:
            lacking[step] = Reason("sql_python")
    unknown: dict[str, str] = {}
    for name, model in (*named(ordered(policy)).items(), *_rules(policy)):
        why = _why_not(model, unknown)
        if why is None:
            selects[name] = model.to_sql(table=_TABLE, dialect=dialect)
        else:
            lacking[name] = why
            unknown |= dict.fromkeys(getattr(model, "gives", ()), name)
    if policy.allocation is not None:
        lacking["allocation"] = Reason("sql_whole")
    return Queries(table, selects, lacking)


def _rules(policy: Any) -> tuple[tuple[str, Any], ...]:  # noqa: ANN401 - as above
    """The book of rules of an allocation, which says where each customer may go."""
    book = getattr(policy.allocation, "rules", None)
    return () if book is None else (("rules", book),)


def _why_not(model: Any, unknown: Mapping[str, str]) -> Reason | None:  # noqa: ANN401 - any part
    """Why no query says a part; ``None`` where one does."""
    if read := [name for name in getattr(model, "needs", ()) if name in unknown]:
        return Reason("sql_after", {"column": read[0], "step": unknown[read[0]]})
    write: Callable[..., str] | None = getattr(model, "to_sql", None)
    if write is None:
        return Reason("sql_python")
    try:
        write()
    except (ConfigError, CustsegError):
        return Reason("sql_kernel")
    return None


def _name(step: str) -> str:
    return f"custseg_{step.replace(' ', '_')}"


def _of(select: str, table: str) -> str:
    return _QUOTED.sub(lambda _: table, select)
