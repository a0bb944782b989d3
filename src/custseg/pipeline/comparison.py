"""Two policies on the same customers: who changes, from what to what, and why."""

from collections.abc import Iterator, Mapping
from typing import Any

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Index
from custseg.errors import DataError
from custseg.labels import label, title
from custseg.layout import html_table
from custseg.pipeline.explanation import CustomerExplanation
from custseg.pipeline.run import Run
from custseg.showing import Shown, heads

_DECIDED = ("lifecycle", "grade", "tier", "service", "owner")


@attrs.frozen
class Change:
    """One decision that differs.

    Attributes:
        customer: Id of the customer.
        decision: The column that differs.
        before: What the first policy says.
        after: What the second policy says.

    >>> Change("a", "tier", "low", "high").after
    'high'
    """

    customer: object
    decision: str
    before: object
    after: object


@attrs.frozen(eq=False)
class PolicyDiff(Shown):
    """What changes when one policy replaces another.

    Attributes:
        before: The first policy's run.
        after: The second policy's run, on the same customers.
        changes: Every decision that differs, in the order of the first run.

    >>> import custseg as cs
    >>> orders = [{"customer_id": "a", "paid_at": "2026-06-01", "amount": 40}]
    >>> run = cs.Pipeline().run(transactions=orders, as_of="2026-06-30")
    >>> PolicyDiff(run, run, (Change("a", "tier", "low", "high"),)).changes[0].decision
    'tier'
    """

    before: Run
    after: Run
    changes: tuple[Change, ...]

    @property
    def flows(self) -> dict[tuple[str, str, str], int]:
        """How many customers move: (decision, before, after) -> customers."""
        out: dict[tuple[str, str, str], int] = {}
        for change in self.changes:
            move = (change.decision, _word(change.before), _word(change.after))
            out[move] = out.get(move, 0) + 1
        return dict(sorted(out.items()))

    def explain(self, customer: object) -> tuple[CustomerExplanation, CustomerExplanation]:
        """Why each policy decides about a customer as it does."""
        return self.before.explain(customer), self.after.explain(customer)

    def as_dict(self) -> dict[str, object]:
        """Flows and fingerprints as plain data; no field value of any customer."""
        moves = [
            {"decision": d, "before": b, "after": a, "customers": n}
            for (d, b, a), n in self.flows.items()
        ]
        return {
            "before": self.before.stamp.as_dict(),
            "after": self.after.stamp.as_dict(),
            "customers_changed": len({str(c.customer) for c in self.changes}),
            "flows": moves,
        }

    def text(self, locale: str = "en") -> str:
        """The flows to read."""
        if not self.changes:
            return label("diff.nobody", locale)
        return "\n".join(
            f"{title(d, locale)}: {label(b, locale)} → {label(a, locale)}: {n:,}"
            for (d, b, a), n in self.flows.items()
        )

    def html(self, locale: str = "en") -> str:
        """The same as a small page for notebooks."""
        rows = [
            (title(d, locale), label(b, locale), label(a, locale), n)
            for (d, b, a), n in self.flows.items()
        ]
        return html_table(heads(locale, "decision", "before", "after", "customers"), rows)


def diff(before: Run, after: Run) -> PolicyDiff:
    """Compare two runs over the same customers.

    Args:
        before: Run of the present policy.
        after: Run of the policy that may replace it, on the same tables and day.

    Raises:
        DataError: The runs are about different customers or days.

    >>> import custseg as cs
    >>> from custseg.tiering import Thresholds, TierPlan
    >>> orders = [{"customer_id": "a", "paid_at": "2026-06-01", "amount": 40}]
    >>> jobs = [cs.Pipeline(tier=TierPlan(Thresholds(cuts))) for cuts in ((50, 99), (10, 20))]
    >>> runs = [job.run(transactions=orders, as_of="2026-06-30") for job in jobs]
    >>> [(each.decision, each.before, each.after) for each in diff(*runs).changes]
    [('tier', 'low', 'high'), ('service', 'standard_care', 'vip_service')]
    """
    if before.stamp.as_of != after.stamp.as_of:
        msg = f"the runs are of different days: {before.stamp.as_of} and {after.stamp.as_of}"
        raise DataError(msg)
    one, two = frames.table(before.customers), frames.table(after.customers)
    mine, theirs = (t.keys(r.policy.id) for t, r in ((one, before), (two, after)))
    place = frames.align(mine, theirs)
    if len(place) != len(mine.uniques) or (place < 0).any():
        msg = "the runs are about different customers; run both policies on the same tables"
        raise DataError(msg, before.policy.id)
    rows: Index = theirs.first[np.argsort(place)][mine.at]
    ids = mine.ids()
    changes = [
        Change(ids[mine.at[i]], name, b, a)
        for name in _DECIDED
        if name in one.columns and name in two.columns
        for i, b, a in _differing(one.values(name), two.values(name), rows)
    ]
    return PolicyDiff(before, after, tuple(changes))


def _differing(
    mine: frames.Distinct, theirs: frames.Distinct, rows: Index
) -> Iterator[tuple[int, object, object]]:
    left: Mapping[int, object] = {-1: None, **dict(enumerate(mine.words))}
    right: Mapping[int, object] = {-1: None, **dict(enumerate(theirs.words))}
    place = {word: i for i, word in enumerate(mine.words)}
    recoded = np.array([*(place.get(word, -2) for word in theirs.words), -1])[theirs.at][rows]
    for i in np.flatnonzero(recoded != mine.at).tolist():
        yield i, left[int(mine.at[i])], right[int(theirs.at[rows[i]])]


def _word(value: Any) -> str:  # noqa: ANN401 - a code or nothing
    return "-" if value is None else str(value)
