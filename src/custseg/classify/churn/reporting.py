"""Who is at risk or has just fallen dormant, of what value, and why?"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Bools, Codes, Floats
from custseg.classify.churn.aligned import Aligned
from custseg.classify.churn.backtesting import backtest as looked_back
from custseg.classify.churn.evidence import READS, ChurnSigns
from custseg.classify.churn.listed import GROUPS, Listed
from custseg.classify.churn.lookback import Backtest
from custseg.classify.churn.losing import TRIED, Losing
from custseg.classify.churn.origins import Origins
from custseg.classify.churn.report import ChurnReport
from custseg.classify.churn.risks import risk_signals
from custseg.classify.churn.seen import Seen
from custseg.classify.churn.worth import worth_of
from custseg.classify.replay.base import base_of, fitted
from custseg.classify.replay.standing import customer_states
from custseg.classify.states import Lifecycle, LifecycleModel
from custseg.errors import ConfigError, NotEnoughDataError
from custseg.features import Names, TransactionLog, profile
from custseg.features.consent import contactable
from custseg.features.periods import whole


def _horizon(days: object) -> int:
    return whole(days, "horizon")


def _fallen(days: object) -> int | None:
    return None if days is None else whole(days, "fallen_days")


@attrs.frozen
class ChurnSettings:
    """How a churn report is made.

    Attributes:
        horizon: Days within which no purchase counts as a loss.
        value: What a customer is worth: a column of the profile or of the customers' table; or
            ``lifetime_value``, the money of the next twelve months by models of buying and spend.
        signal: The signal of the backtest that the probability comes from; ``None`` for the one
            that told best in it, beside days since the last order on the same days.
        fallen_days: Customers who fell dormant less than so many days ago are in the report;
            ``None`` for as many as the horizon has.
        signs: What counts as a sign of why.
        names: What the columns of the other tables are called, if not as in the log.

    Raises:
        ConfigError: A number of days is no whole number of 1 or more.

    >>> ChurnSettings(horizon=60).fallen
    60
    """

    horizon: int = attrs.field(default=90, converter=_horizon)
    value: str = "revenue_365d"
    signal: str | None = None
    fallen_days: int | None = attrs.field(default=None, converter=_fallen)
    signs: ChurnSigns = attrs.field(factory=ChurnSigns)
    names: Names | Mapping[str, Names] | None = None

    @property
    def fallen(self) -> int:
        """Days since when somebody who fell dormant is in the report."""
        return self.horizon if self.fallen_days is None else self.fallen_days


def churn_report(  # noqa: PLR0913 - the tables are one argument in the mind of the reader
    log: TransactionLog,
    lifecycle: Lifecycle | LifecycleModel | None = None,
    *,
    as_of: date | str,
    settings: ChurnSettings | None = None,
    backtest: Backtest | None = None,
    customers: object = None,
    interactions: object = None,
    feedback: object = None,
) -> ChurnReport:
    """Who is at risk or has just fallen dormant, how likely they are lost, of what value, and why.

    At risk is who is so by the lifecycle; where it has no such state, who will fall dormant within
    the horizon if nothing is bought. Their probability of no purchase is as often as such customers
    bought nothing in a backtest, which is made here on days whose horizon is over; the report says
    how good it was there, beside days since the last order alone. Reasons are only what the tables
    show: where they show none it is unknown.

    Args:
        log: The transactions.
        lifecycle: A fitted model, or a strategy to fit on what was known on the day.
        as_of: The day, to its end; nothing later counts.
        settings: How the report is made.
        backtest: One that was made before, on days whose horizon was over by then.
        customers: The customers; flags of consent are read from them.
        interactions: Contacts.
        feedback: Complaints, scores and words.

    Raises:
        ConfigError: The backtest has another horizon, looks beyond the day or has not the signal;
            or there is no column of the value.
        NotEnoughDataError: A lifetime value cannot be learned from these customers.

    >>> import custseg as cs
    >>> log = cs.TransactionLog.of(cs.datasets.cdnow(), cs.Names(at="date"))
    >>> quick = cs.classify.backtest(log, {}, origins=cs.classify.Origins(every="quarter"))
    >>> report = churn_report(log, as_of="1998-06-30", backtest=quick)
    >>> report.counts
    {'at_risk': 143, 'fallen': 100}
    """
    tables = {"customers": customers, "interactions": interactions}
    how = settings or ChurnSettings(horizon=90 if backtest is None else backtest.horizon)
    making = _Making.of(log, as_of, how, tables)
    tested = making.tested(lifecycle) if backtest is None else making.checked(backtest)
    return making.report(lifecycle, feedback, tested)


@attrs.frozen(eq=False)
class _Making:
    """A report on its way.

    Attributes:
        log: What was known on the day.
        how: The settings.
        tables: Customers and interactions, where they are given.
        seen: Those who have bought.
    """

    log: TransactionLog
    how: ChurnSettings
    tables: Mapping[str, Any]
    seen: Seen

    @classmethod
    def of(
        cls, log: TransactionLog, as_of: date | str, how: ChurnSettings, tables: Mapping[str, Any]
    ) -> "_Making":
        until, known = log.conventions.day(as_of), log.until(as_of)
        base = base_of(known, np.array([until]), **tables)
        return cls(known, how, tables, Seen.of(base, until, how.horizon))

    def checked(self, tested: Backtest) -> Backtest:
        """A backtest that was given, if it is one of these days."""
        if tested.horizon != self.how.horizon:
            msg = f"has a horizon of {tested.horizon} days, and the report of {self.how.horizon}"
            raise ConfigError(msg, "backtest")
        over = tested.dates[-1] + timedelta(tested.horizon)
        if over > self.seen.day:
            msg = (
                f"looks at what customers did up to {over.isoformat()}, which was not known on "
                f"{self.seen.day.isoformat()}"
            )
            raise ConfigError(msg, "backtest")
        return tested

    def tested(self, lifecycle: Lifecycle | LifecycleModel | None) -> Backtest | None:
        """A backtest on the days whose horizon is over; ``None`` where there are none."""
        signals = {n: s for n, s in risk_signals(lifecycle).items() if n in TRIED}
        origins = Origins(end=self.seen.day)
        horizon = self.how.horizon
        try:
            return looked_back(self.log, signals, horizon=horizon, origins=origins, **self.tables)
        except NotEnoughDataError:
            return None

    def report(
        self,
        lifecycle: Lifecycle | LifecycleModel | None,
        feedback: object,
        tested: Backtest | None,
    ) -> ChurnReport:
        """Put it together."""
        seen, how = self.seen, self.how
        model = fitted(lifecycle, seen.base, seen.until)
        told = customer_states(self.log, model, as_of=seen.day, **self.tables)
        states = Aligned.of(told, seen.base.ids.column, seen)
        people, losing = self._people(feedback), Losing.of(seen, tested, how.signal)
        money, group = worth_of(how.value, people, seen), _group(states, model, seen, how.fallen)
        every = Listed(
            names=_names(seen),
            group=group,
            state=states.words("lifecycle_state"),
            since=states.day("lifecycle_since"),
            recency=seen.column("recency_days"),
            chance=losing.chance,
            units=money.units,
            known=money.known,
            contact=self._contact(people),
            evidence=how.signs.look(_columns(people, states, seen), seen.size),
        )
        rows = np.flatnonzero(group.at >= 0)
        rows = rows[every.take(rows).order()]
        return ChurnReport(
            as_of=seen.day,
            horizon=how.horizon,
            value=how.value,
            signal=losing.signal,
            calibrated=losing.calibrated,
            backtest=tested,
            known=seen.size,
            listed=every.take(rows),
            ids=seen.base.ids,
            codes=seen.who[rows],
            like=seen.base.like,
        )

    def _people(self, feedback: object) -> Aligned:
        """The profile, with what was said lately."""
        names = self.how.names or self.log.names
        lately = None if feedback is None else self._lately(feedback, names)
        made = profile(
            **self.tables,
            transactions=self.log,
            feedback=lately,
            names=names,
            as_of=self.seen.day,
        )
        return Aligned.of(made, self.seen.base.ids.column, self.seen)

    def _lately(self, feedback: object, names: Names | Mapping[str, Names]) -> Any:  # noqa: ANN401 - the caller's kind of table
        """Feedback of the time that counts; what has no date is left to the profile to count."""
        table, since = frames.table(feedback), self.seen.until - self.how.signs.within_days
        called = names.get("feedback", Names()) if isinstance(names, Mapping) else names
        if not isinstance(names, Mapping) and called.at not in table.columns:
            called = attrs.evolve(called, at=None)  # it is the name in another table
        at = called.find("at", table.columns)
        if at is None:
            return table
        moments = table.moments(at, self.log.conventions.tz)
        return table.take(np.flatnonzero(~moments.known | (moments.day > since)))

    def _contact(self, people: Aligned) -> Codes:
        """Whether each may be contacted."""
        held = contactable(people.table)
        return attrs.evolve(held, at=np.append(held.at, 0)[people.rows])


def _names(seen: Seen) -> tuple[str, ...]:
    """The ids as text."""
    words = [str(one) for one in seen.keys.ids()]
    places: list[int] = seen.keys.at.tolist()
    return tuple(words[place] for place in places)


def _group(states: Aligned, model: LifecycleModel, seen: Seen, fallen: int) -> Codes:
    """At risk, fallen dormant recently, or neither (-1)."""
    ladder = model.ladder
    now, following = states.words("lifecycle_state"), states.words("next_state")
    asleep = _are(now, [s for s in now.words if ladder.class_of(s) == "dormant"])
    awake = _are(now, [s for s in now.words if ladder.class_of(s) == "active"])
    if "at_risk" in ladder.states:
        risky = _are(now, ["at_risk"])
    else:
        falls = _are(following, [s for s in following.words if ladder.class_of(s) == "dormant"])
        soon = states.day("next_transition_date") <= seen.until + seen.horizon
        risky = awake & falls & soon
    lately = asleep & (seen.until - states.day("lifecycle_since") < fallen)
    return Codes(np.where(risky, 0, np.where(lately, 1, -1)), GROUPS)


def _are(codes: Codes, some: list[str]) -> Bools:
    places = [codes.words.index(word) for word in some if word in codes.words]
    return np.isin(codes.at, places)


def _columns(people: Aligned, states: Aligned, seen: Seen) -> dict[str, Floats]:
    """The columns in which signs are looked for."""
    read: dict[str, Floats] = {}
    for name in READS:
        if name in people.table.columns:
            read[name] = people.number(name)
    silence, ratio = seen.column("recency_days"), states.number("overdue_ratio")
    mean = seen.column("gap_mean_days")
    own = np.where(ratio > 0, silence / np.where(ratio > 0, ratio, 1.0), np.nan)
    known = ~np.isnan(own)
    plain = np.where(mean > 0, silence / np.where(mean > 0, mean, 1.0), np.nan)
    return {
        **read,
        "frequency": seen.column("frequency"),
        "recency_days": silence,
        "overdue_ratio": np.where(known, ratio, plain),
        "own_gap_days": np.where(known, own, mean),
    }
