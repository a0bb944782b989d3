"""Is a score to be trusted, does it still hold, and is it fair?"""

from collections.abc import Iterator
from typing import Any, Unpack

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Bools, Floats
from custseg.errors import ConfigError, NotEnoughDataError
from custseg.frames import Table
from custseg.reasons import Reason
from custseg.scoring.auditing.chances import believed, chances
from custseg.scoring.auditing.choosing import chosen
from custseg.scoring.auditing.classes import Values
from custseg.scoring.auditing.counting import Counted
from custseg.scoring.auditing.drift import Drift, drift, drifting, halves
from custseg.scoring.auditing.fairness import unfair
from custseg.scoring.auditing.findings import Finding, Severity, ordered
from custseg.scoring.auditing.leaks import Single, after, leaking, single
from custseg.scoring.auditing.people import People
from custseg.scoring.auditing.periods import course, lasting
from custseg.scoring.auditing.ranks import Rank, contradictions, rank
from custseg.scoring.auditing.report import Audit
from custseg.scoring.auditing.settings import Asked, Questions
from custseg.scoring.auditing.subject import Subject
from custseg.scoring.auditing.telling import telling, told
from custseg.scoring.card.scorecard import Scorecard
from custseg.scoring.outcome import Outcome, read_outcome


def audit(card: Scorecard | str, data: object, outcome: str, **asked: Unpack[Asked]) -> Audit:
    """Look whether a score is to be trusted, whether it still holds, and whether it is fair.

    A higher score should mean that the outcome is more likely. Use rows that the card was not
    learnt from. Where there are too few rows, the audit says that it does not know.

    Args:
        card: A card, made by hand or learnt; or the name of a column of scores. A column whose
            numbers are all from 0 to 1 is taken as probabilities.
        data: One row a customer: records or a frame; a lazy table is fetched once.
        outcome: The column that says how it ended.
        **asked: ``positive``: the value of the outcome that counts as won. ``protected``:
            attributes by which people must not be treated apart; ages and other numbers are put
            into six groups. ``select``: who is chosen, a share of the rows (0.2) or a grade, for
            fairness. ``at``: the column of the day that a row is of, for drift and the course in
            time. ``reference``: a table of earlier customers to measure drift against, without
            outcomes if need be. ``factors``: other columns to look at for leaks, drift and
            proxies. ``filled`` and ``decided``: columns of the days on which factors were filled
            in, by factor column, and of the day on which the outcome came; a factor filled in
            after it (or after ``at``) is an alarm. ``level``: level of the intervals (0.95).

    Returns:
        What was found: ``.findings`` by how much they matter, ``.text("zh")``, ``.table(...)``.

    Raises:
        MissingColumnError: A column is not there; an attribute in ``protected`` may lack and is
            said to be unknown.
        ConfigError: A setting is not as it should be, or the outcome says neither won nor lost.
        NotEnoughDataError: No outcome is known of a row with a score, or all are the same.

    >>> from custseg.scoring import Scorecard, audit
    >>> card = Scorecard.preset("lead", columns=["visits", "completeness"])
    >>> rows = [
    ...     {"visits": n % 21, "completeness": None, "won": n % 21 + n % 5 > 15} for n in range(900)
    ... ]
    >>> found = audit(card, rows, "won", protected=["gender"])
    >>> print(found.of("unknown")[0].text())
    gender is not in the table: whether people are treated alike by it is unknown
    """
    questions = Questions(**asked)
    table = _fetched(card, frames.table(data), outcome, questions)
    ended = read_outcome(table, outcome, questions.positive)
    subject = Subject.of(card, table, _others(card, questions))
    known = ended.known & subject.scored
    _check_both(ended.won & known, known)
    return _Audited(table, subject, ended, known, questions).report()


def _others(card: Scorecard | str, questions: Questions) -> tuple[str, ...]:
    own = {f.field for f in card.factors} if isinstance(card, Scorecard) else {card}
    every = dict.fromkeys((*questions.factors, *questions.filled))
    return tuple(name for name in every if name not in own)


def _fetched(
    card: Scorecard | str, table: Table[Any], outcome: str, questions: Questions
) -> Table[Any]:
    """The columns that are needed, at once."""
    fields = [*card.needs] if isinstance(card, Scorecard) else [card]
    days = [name for name in (questions.at, questions.decided) if name is not None]
    there = [name for name in questions.protected if name in table.columns]
    filled = [name for pair in questions.filled.items() for name in pair]
    wanted = [outcome, *fields, *questions.factors, *days, *filled, *there]
    if outcome in fields:
        msg = f"outcome {outcome!r} is read by the card itself: it would foresee itself"
        raise ConfigError(msg, "outcome")
    table.require(wanted)
    return table.select(wanted)


def _check_both(won: Bools, known: Bools) -> None:
    cases, rows = int(np.count_nonzero(won)), int(np.count_nonzero(known))
    if not 0 < cases < rows:
        msg = f"{rows} rows have a score and a known outcome, {cases} of them are won"
        msg += "; an audit needs both won and lost ones"
        raise NotEnoughDataError(msg)


@attrs.frozen(eq=False)
class _Audited:
    """A score and its rows, being looked at.

    Attributes:
        table: The rows.
        subject: What is audited.
        ended: How it ended.
        known: Rows with a score whose outcome is known.
        asked: The questions.
    """

    table: Table[Any]
    subject: Subject
    ended: Outcome
    known: Bools
    asked: Questions

    def report(self) -> Audit:
        """Look at all of it."""
        subject, won, level = self.subject, self.ended.won, self.asked.level
        counts = Counted.of(subject, won, self.known)
        singles, ranks = self._factors()
        there = [name for name in self.asked.protected if name in self.table.columns]
        days = self._days(self.asked.at)
        made = Audit(
            name=subject.name,
            outcome=self.ended.column,
            rows=len(subject.score),
            known=counts.total.rows,
            cases=counts.total.happened,
            unknown=self.ended.unknown,
            unscored=int(np.count_nonzero(~subject.scored)),
            telling=telling(subject, counts.score, won, self.known, level),
            chances=chances(counts, level, logits=subject.card is None),
            singles=singles,
            ranks=ranks,
            fairness=self._fairness(there),
            drift=self._drift(days),
            course=None if days is None else course(subject, won, self.known, days, level),
            findings=(),
            like=frames.table(self.table.take(np.empty(0, dtype=np.intp))),
        )
        return attrs.evolve(made, findings=ordered(self._found(made)))

    def _found(self, made: Audit) -> Iterator[Finding]:
        """What all of it means."""
        yield from self._data(made)
        yield from told(made.telling, made.known, made.cases)
        yield from believed(made.chances, self.asked.level)
        yield from leaking(made.singles, made.known, made.cases)
        yield from contradictions(made.ranks)
        absent = [name for name in self.asked.protected if name not in self.table.columns]
        yield from unfair(made.fairness, absent)
        yield from drifting(made.drift)
        yield from lasting(made.course)

    def _factors(self) -> tuple[tuple[Single, ...], tuple[Rank, ...]]:
        won, known, level = self.ended.won, self.known, self.asked.level
        factors = self.subject.factors
        singles = tuple(single(one, won, known, self._late(one.field)) for one in factors)
        return singles, tuple(rank(one, won, known, level) for one in factors)

    def _late(self, field: str) -> float:
        day = self.asked.filled.get(field)
        limit = None if day is None else self._days(self.asked.decided or self.asked.at)
        return np.nan if day is None or limit is None else after(self.table, day, limit)

    def _fairness(self, attributes: list[str]) -> Any:  # noqa: ANN401 - a tuple of what was found
        if not attributes:
            return ()
        outcome = (self.ended.won & self.known, self.known)
        who = chosen(self.subject, self.asked.select)
        people = People.of(self.subject, outcome, who, self.asked.level)
        return tuple(people.fairness(Values.of(self.table, name)) for name in attributes)

    def _drift(self, days: Floats | None) -> Drift | None:
        if self.asked.reference is not None:
            card = self.subject.card or self.subject.name
            others = [one.field for one in self.subject.factors if one.points is None]
            earlier = Subject.of(card, frames.table(self.asked.reference), others)
            return drift(earlier, self.subject)
        return None if days is None else halves(self.subject, days)

    def _days(self, column: str | None) -> Floats | None:
        if column is None:
            return None
        return np.asarray(self.table.read({column: "day"})[column], dtype=np.float64)

    def _data(self, made: Audit) -> Iterator[Finding]:
        """What is to be known of the rows themselves."""
        learnt = None if self.subject.card is None else self.subject.card.learnt
        if learnt is not None and (learnt.rows, learnt.cases) == (made.known, made.cases):
            yield Finding("watch", "data", Reason("audit.own_rows", {"rows": made.known}))
        if made.unknown:
            said: dict[str, object] = {"unknown": made.unknown, "outcome": made.outcome}
            severity: Severity = "watch" if 2 * made.unknown > made.rows else "fine"
            yield Finding(severity, "data", Reason("audit.outcome_unknown", said))
        if made.unscored:
            said = {"unscored": made.unscored, "name": made.name}
            yield Finding("watch", "data", Reason("audit.unscored", said))
