"""Which policy of reviews suits a company? All of them on the same history."""

from collections.abc import Mapping
from typing import Any, Final, Literal, TypeAlias

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Index
from custseg.errors import ConfigError, DataError
from custseg.frames import Tabled
from custseg.labels import heading, title
from custseg.layout import aligned, html_table, percent
from custseg.progress import each
from custseg.tiering.review.calm import Calm
from custseg.tiering.review.figures import MONEY, SHARES, PolicyFigures
from custseg.tiering.review.model import RetierModel
from custseg.tiering.review.replaying import ready, replayed
from custseg.tiering.review.spec import Retier
from custseg.tiering.review.valued import ValueHistory
from custseg.tiering.settings import check_word

Reference: TypeAlias = Literal["centred", "ahead"]
NAIVE: Final = "value_alone"
OWN: Final = "job_rules"
"""The name under which the rules of a job are tried; like ``value_alone`` it is translated."""
_SHOWN: Final = ("moves", "ups", "downs", "reversals", "fidelity", "money_moved", "money_wrong")


@attrs.frozen(eq=False)
class Simulation(Tabled):
    """Policies of reviews on one history.

    Attributes:
        figures: How each policy did: first the value alone, without any rule.
        reference: What tiers were held against: ``centred``, ``ahead`` or ``given``.
        span: Reviews on either side, or ahead, of the reference.
        history: The history.

    >>> history = ValueHistory.of(
    ...     [
    ...         {"customer_id": "a", "as_of": f"2026-{month:02}-28", "revenue": revenue}
    ...         for month, revenue in enumerate((90.0, 130.0, 95.0, 105.0, 90.0, 110.0), 1)
    ...     ]
    ... )
    >>> from custseg.tiering import Cuts
    >>> tried = simulate(history, {"calm": Retier(Cuts((100.0,)))})
    >>> [(one.policy, one.moves, one.reversals) for one in tried.figures]
    [('value_alone', 1.0, 0.8), ('calm', 0.2, 0.0)]
    """

    figures: tuple[PolicyFigures, ...]
    reference: str
    span: int
    history: ValueHistory

    def of(self, policy: str) -> PolicyFigures:
        """The figures of one policy.

        Args:
            policy: Its name.

        Raises:
            ConfigError: There is no such policy.
        """
        for one in self.figures:
            if one.policy == policy:
                return one
        msg = f"no policy {policy!r}; there are {[one.policy for one in self.figures]}"
        raise ConfigError(msg)

    @property
    def table(self) -> Any:  # noqa: ANN401 - the caller's kind
        """One row a policy, the same kind of table as the history came from."""
        columns: dict[str, Any] = {"policy": [one.policy for one in self.figures]}
        for name in ("customers", "reviews", *SHARES, *MONEY):
            columns[name] = np.array([float(getattr(one, name)) for one in self.figures])
        return self.history.like.build(columns)

    def as_dict(self) -> dict[str, object]:
        """Plain data for JSON."""
        return {
            "reference": self.reference,
            "span": self.span,
            "reviews": len(self.history.dates),
            "policies": [one.as_dict() for one in self.figures],
        }

    def text(self, locale: str = "en") -> str:
        """Lines to read.

        Args:
            locale: ``en`` or ``zh``.
        """
        return aligned(*self._cells(locale))

    def html(self, locale: str = "en") -> str:
        """The same as a small page for notebooks."""
        return html_table(*self._cells(locale))

    def _cells(self, locale: str) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
        heads = (title("policy", locale), *(title(name, locale) for name in _SHOWN))
        rows = [
            (_name(one.policy, locale), *(percent(getattr(one, name)) for name in _SHOWN))
            for one in self.figures
        ]
        return heads, rows


def _name(policy: str, locale: str) -> str:
    return heading(policy, locale) if policy in {NAIVE, OWN} else policy


def simulate(
    history: ValueHistory,
    policies: Mapping[str, Retier | RetierModel],
    *,
    reference: Reference | Index = "centred",
    span: int = 3,
) -> Simulation:
    """Try policies of reviews on one history: how often tiers move, and how true they are.

    Every policy reviews the same customers on the same dates, one review after the other, with
    nothing but what was known then. ``value_alone`` comes first: the cut points of the first
    policy without any rule.

    Args:
        history: The value of each customer at each review.
        policies: Name -> policy.
        reference: What tiers are held against, by the plain cut points: ``centred``: the mean
            value of the reviews from ``span`` before to ``span`` after; ``ahead``: the value
            ``span`` reviews later; or the true tier of each date and customer, as places among
            the tiers, -1 where unknown.
        span: As said; with windows as long as ``span`` reviews, ``ahead`` shares no purchase with
            the value of today.

    Raises:
        ConfigError: There is no policy, ``span`` is below 1, or there is no such reference.
        DataError: There are fewer than two reviews, or the true tiers are of another shape, or
            none of the tiers.

    >>> log = __import__("custseg").TransactionLog.of(
    ...     [{"customer_id": "a", "at": f"2026-0{m}-10", "amount": 50 * m} for m in range(1, 7)]
    ... )
    >>> from custseg.tiering import Cuts, Retier, RollingWindow, values_at
    >>> dates = [f"2026-0{month}-28" for month in range(1, 7)]
    >>> history = values_at(log, dates, RollingWindow("1 month"))
    >>> print(simulate(history, {"calm": Retier(Cuts((100.0,)))}, span=1).text())
    policy           moves      up   down  reversals  fidelity  money moved  money wrong
    by value alone  20.0 %  20.0 %  0.0 %      0.0 %   100.0 %       10.0 %        0.0 %
    calm            20.0 %  20.0 %  0.0 %      0.0 %    80.0 %       15.0 %       10.0 %
    """
    _check(policies, span, reference)
    if len(history.dates) < 2:  # noqa: PLR2004 - a move is from one review to the next
        msg = f"a move needs two reviews, got {len(history.dates)}"
        raise DataError(msg)
    models = {name: ready(one) for name, one in policies.items()}
    first = next(iter(models.values()))
    alone = attrs.evolve(first, calm=Calm())
    if isinstance(reference, str):
        said, truth = str(reference), _reference(history, alone, reference, span)
    else:
        said, truth = "given", _given(history, len(alone.tiers), reference)
    plain = _by_value(history, alone)
    trials = {NAIVE: alone, **models}
    found = [
        _Tally(history, plain, truth).run(name, model)
        for name, model in each("policies", trials.items())
    ]
    return Simulation(tuple(found), said, span, history)


def _check(policies: object, span: object, reference: object) -> None:
    if not isinstance(policies, Mapping) or not policies:
        msg = "give at least one policy, by name: {'steady': Retier(cuts)}"
        raise ConfigError(msg, "policies")
    if not isinstance(span, int) or span < 1:
        msg = f"must be a whole number of reviews, at least 1, got {span!r}"
        raise ConfigError(msg, "span")
    if isinstance(reference, str):
        check_word("reference", reference, ("centred", "ahead"))


def _by_value(history: ValueHistory, alone: RetierModel, values: Floats | None = None) -> Index:
    """The tier that each value is good for; -1 where there is none."""
    held = history.values if values is None else values
    tier = alone.hurdles.reached(held, None)
    return np.where(np.isnan(held), np.int8(-1), tier)


def _reference(history: ValueHistory, alone: RetierModel, reference: Reference, span: int) -> Index:
    values = history.values
    if reference == "ahead":
        later = np.full_like(values, np.nan)
        later[:-span] = values[span:]
        return _by_value(history, alone, later)
    known: Bools = ~np.isnan(values)
    sums = _running(np.where(known, values, 0.0), span)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = sums / _running(known.astype(np.float64), span)
    return _by_value(history, alone, np.where(known, mean, np.nan))


def _running(values: Floats, span: int) -> Floats:
    """Sums over the reviews from ``span`` before to ``span`` after."""
    total = np.concatenate((np.zeros((1, values.shape[1])), np.cumsum(values, axis=0)))
    size = len(values)
    high = np.minimum(np.arange(size) + span + 1, size)
    return np.asarray(total[high] - total[np.maximum(np.arange(size) - span, 0)])


def _given(history: ValueHistory, tiers: int, truth: Any) -> Index:  # noqa: ANN401 - an array of places
    given = np.asarray(truth)
    if given.shape != history.values.shape:
        msg = f"true tiers of shape {given.shape} for a history of {history.values.shape}"
        raise DataError(msg)
    if given.dtype.kind not in "iu" or given.min() < -1 or given.max() >= tiers:
        msg = f"true tiers are places from 0 to {tiers - 1}, or -1 where unknown"
        raise DataError(msg)
    return given.astype(np.int8)


@attrs.frozen(eq=False)
class _Tally:
    """Counts one policy."""

    history: ValueHistory
    plain: Index
    truth: Index

    def run(self, name: str, model: RetierModel) -> PolicyFigures:
        names = (*SHARES, *MONEY, "base", "judged", "money", "weighed")
        counts = dict.fromkeys(names, 0.0)
        size = len(self.history.first)
        before: Index = np.full(size, -1, dtype=np.int8)
        direction: Index = np.zeros(size, dtype=np.int8)
        seen: Bools = np.zeros(size, dtype=np.bool_)
        for review in replayed(self.history, model):
            both: Bools = (before >= 0) & (review.tier >= 0)
            seen |= review.tier >= 0
            move = np.where(both, np.sign(review.tier - before), 0).astype(np.int8)
            self._count(counts, review.at, review.tier, both, move)
            counts["reversals"] += float(np.count_nonzero((move != 0) & (direction == -move)))
            direction = np.where(move != 0, move, direction)
            before = review.tier
        return _shares(name, counts, int(seen.sum()), len(self.history.dates) - 1)

    def _count(
        self, counts: dict[str, float], at: int, tier: Index, both: Bools, move: Index
    ) -> None:
        value = np.maximum(np.nan_to_num(self.history.values[at]), 0.0)
        truth, plain = self.truth[at], self.plain[at]
        judged, differs = both & (truth >= 0), both & (plain >= 0) & (plain != tier)
        wrong = judged & (truth != tier)
        for name, rows in (
            ("base", both),
            ("judged", judged),
            ("moves", move != 0),
            ("ups", move > 0),
            ("downs", move < 0),
            ("fidelity", judged & ~wrong),
            ("differs", differs),
        ):
            counts[name] += float(np.count_nonzero(rows))
        for name, rows in (
            ("money", both),
            ("weighed", judged),
            ("money_moved", move != 0),
            ("money_differs", differs),
            ("money_wrong", wrong),
        ):
            counts[name] += float(value[rows].sum())


def _shares(name: str, counts: Mapping[str, float], customers: int, reviews: int) -> PolicyFigures:
    over = dict.fromkeys(SHARES, "base") | dict.fromkeys(MONEY, "money")
    over |= {"fidelity": "judged", "money_wrong": "weighed"}
    told = {
        figure: counts[figure] / counts[base] if counts[base] else np.nan
        for figure, base in over.items()
    }
    return PolicyFigures(name, customers, reviews, **told)
