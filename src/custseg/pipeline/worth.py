"""How the tiers of a job's customers held over time: reviews, moves, and what the rules save."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any, Final

import attrs

from custseg.classify import period_ends
from custseg.classify.flows.periods import Unit
from custseg.errors import ConfigError
from custseg.features import TransactionLog
from custseg.features.daynumbers import as_date
from custseg.labels import title
from custseg.pipeline.history import beginning, log_of
from custseg.pipeline.run import Run
from custseg.pipeline.telling import by_word, lead, parts_told
from custseg.reasons import Reason
from custseg.showing import Shown
from custseg.tiering import (
    Calm,
    Migration,
    Retier,
    RetierModel,
    RollingWindow,
    Simulation,
    TierHistory,
    TierModel,
    simulate,
    tier_history,
    values_at,
)

_YEAR: Final = 365
_WINDOWS: Final = {"revenue": RollingWindow("1200 months"), "revenue_365d": RollingWindow(_YEAR)}
_TWO: Final = 2


@attrs.frozen(eq=False)
class Worth(Shown):
    """The tiers of a job's customers over time.

    Attributes:
        as_of: The day of the last review, to its end.
        unit: Calendar unit between the reviews.
        reviews: The tier of every customer at each review.
        migration: Who moved from the first review to the last, and the money; ``None`` with one.
        policies: The job's rules beside the value alone; ``None`` with one review.
        notes: What the figures must not be taken for.

    It comes from ``worth_of``.

    >>> import custseg as cs
    >>> orders = [{"customer_id": "a", "paid_at": "2026-06-01", "amount": 40}]
    >>> tier = cs.tiering.TierPlan(cs.tiering.Thresholds((10.0, 100.0)))
    >>> worth = worth_of(cs.Pipeline(tier=tier).run(transactions=orders, as_of="2026-06-30"))
    >>> worth.reviews.table[0]["tier"]
    'medium'
    """

    as_of: date
    unit: str
    reviews: TierHistory
    migration: Migration | None
    policies: Simulation | None
    notes: tuple[Reason, ...] = ()

    @property
    def states(self) -> Any:  # noqa: ANN401 - the caller's kind
        """One row a customer at the last review, with all that the next one must know."""
        return self.reviews.table

    @property
    def changes(self) -> Any:  # noqa: ANN401 - the caller's kind
        """One row a move."""
        return self.reviews.changes

    @property
    def counts(self) -> dict[str, int]:
        """Customers by tier at the last review, the highest first."""
        named = zip(self.reviews.model.tiers, self.reviews.counts[-1].tolist(), strict=True)
        return dict(reversed(list(named)))

    @property
    def parts(self) -> Mapping[str, Any]:
        """What has a text of its own, by name."""
        made = {
            "reviews": self.reviews,
            "migration": self.migration,
            "policies": self.policies,
        }
        return {name: part for name, part in made.items() if part is not None}

    @property
    def tables(self) -> Mapping[str, Any]:
        """Every table by name, the caller's kind."""
        parts = {name: part.table for name, part in self.parts.items() if name != "reviews"}
        return {"tiers": self.states, "tier_changes": self.changes, **parts}

    def as_dict(self) -> dict[str, object]:
        """Plain data; no field value of any customer."""
        parts = {name: part.as_dict() for name, part in self.parts.items()}
        notes = [note.as_dict() for note in self.notes]
        return {"as_of": self.as_of.isoformat(), "counts": self.counts, **parts, "notes": notes}

    def text(self, locale: str = "en") -> str:
        """Lines to read in a terminal."""
        counts = self.counts
        head = lead(sum(counts.values()), self.as_of, locale)
        notes = [f"  - {note.text(locale)}" for note in self.notes]
        lines = (head, f"{title('tier', locale)}: {by_word(counts, locale)}", *notes)
        return "\n\n".join(["\n".join(lines), *parts_told("worth", self.parts, locale)])


def worth_of(
    run: Run,
    *,
    since: date | str | None = None,
    unit: Unit = "quarter",
    calm: Calm | None = None,
) -> Worth:
    """Review the tiers of a job's customers period by period, by the cut points that it uses today.

    Args:
        run: The outcome of a job with transactions whose tiers are by ``revenue`` (of all time) or
            ``revenue_365d``.
        since: The first day of the history; without it two years back, or from the first purchase.
        unit: Calendar unit between reviews: week, month, quarter or year.
        calm: The rules of the reviews; without them those of the job, or ``Calm.preset()``.

    Raises:
        ConfigError: The job has no transactions or no tiers that can be reviewed, or ``since`` is
            no day up to that of the job.

    >>> import custseg as cs
    >>> orders = [{"customer_id": "a", "paid_at": "2026-01-05", "amount": 40}]
    >>> tier = cs.tiering.TierPlan(cs.tiering.Thresholds((10.0, 100.0)))
    >>> worth = worth_of(cs.Pipeline(tier=tier).run(transactions=orders, as_of="2026-06-30"))
    >>> worth.counts
    {'high': 0, 'medium': 1, 'low': 0}
    """
    model, log = _model(run, calm), log_of(run)
    as_of = run.day
    dates = period_ends(beginning(log, since, as_of), as_of, unit=unit) or (as_of,)
    history = values_at(log, dates, _WINDOWS[model.value])
    told = tier_history(history, model)
    several = len(dates) >= _TWO
    return Worth(
        as_of=dates[-1],
        unit=unit,
        reviews=told,
        migration=told.between(dates[0], dates[-1]) if several else None,
        policies=simulate(history, {"job_rules": model}) if several else None,
        notes=tuple(_notes(log, model.value, dates[0])),
    )


def _notes(log: TransactionLog, value: str, first: date) -> Iterator[Reason]:
    """Until the transactions go back as far as the window does, values grow of themselves."""
    days = log.occasions(as_of=first).day
    if value == "revenue":
        yield Reason("worth_of_all_time")
    elif len(days):
        filled = as_date(days.min()) + timedelta(_YEAR - 1)
        if filled > first:
            yield Reason("window_not_filled", {"until": filled.isoformat(), "days": _YEAR})


def _model(run: Run, calm: Calm | None) -> RetierModel:
    tier: Any = getattr(run.policy, "tier", None)
    if isinstance(tier, RetierModel):
        model = tier if calm is None else attrs.evolve(tier, calm=calm)
    elif isinstance(tier, TierModel):
        names = tier.tiers if tier.box is None else ()
        model = Retier(tier.cuts, calm or Calm.preset(), value=tier.value, tiers=names).fit()
    else:
        msg = "the job has no tiers that can be reviewed; give it tier=TierPlan(...)"
        raise ConfigError(msg, "pipeline.tier")
    if model.value not in _WINDOWS:
        msg = (
            f"reviews know what was bought, so the value must be one of {list(_WINDOWS)}, got "
            f"{model.value!r}; in Python ValueHistory.of takes values of any kind"
        )
        raise ConfigError(msg, "pipeline.tier.value")
    return model
