"""How good a job's customers are, by which card, and whether the score is to be trusted."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

import attrs

from custseg import frames
from custseg.errors import ConfigError
from custseg.features import SourceReport, SourceRules, by_source
from custseg.labels import title
from custseg.pipeline.run import Run
from custseg.pipeline.telling import by_word, lead, parts_told
from custseg.reasons import Reason
from custseg.scoring import Audit, Scorecard, audit, cross_fitted
from custseg.scoring.auditing.settings import Asked
from custseg.showing import Shown

_VALUE: Final = "revenue"


@attrs.frozen(kw_only=True)
class Question:
    """What is asked of the scores of a job.

    Attributes:
        outcome: The column that says how it ended with each customer; ``None``: that of the
            learner, where the card was learnt.
        positive: The value that counts as won.
        protected: Attributes by which people must not be treated apart.
        by: Columns to compare: sources, campaigns, regions.
        at: The column of the day that each customer is of, for drift.

    >>> Question(outcome="outcome", positive="won", by=("source",)).by
    ('source',)
    """

    outcome: str | None = None
    positive: str | float | bool | None = None
    protected: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    at: str | None = None


@attrs.frozen(eq=False)
class Scores(Shown):
    """The scores of a job's customers.

    Attributes:
        as_of: The day that they are of.
        card: The card.
        people: One row a customer with its score and grade, and the points of each factor.
        counts: Customers by grade, the best first.
        audit: Whether the score is to be trusted; ``None`` where no outcome is known.
        sources: What comes of each source; ``None`` where none was asked for.
        notes: What the figures must not be taken for.

    It comes from ``scores_of``.

    >>> import custseg as cs
    >>> from custseg.scoring import Factor, Ramp, Scorecard
    >>> card = Scorecard((Factor("employees", worth=100, curve=Ramp(0, 10)),))
    >>> run = cs.Pipeline(scorecard=card).run(
    ...     customers=[{"customer_id": "a", "employees": 9}], as_of="2026-06-30"
    ... )
    >>> scores_of(run).people[0]["score"]
    90.0
    """

    as_of: date
    card: Scorecard
    people: Any
    counts: Mapping[str, int]
    audit: Audit | None = None
    sources: SourceReport | None = None
    notes: tuple[Reason, ...] = ()

    @property
    def parts(self) -> Mapping[str, Any]:
        """What has a text of its own, by name."""
        made = {"audit": self.audit, "sources": self.sources}
        return {name: part for name, part in made.items() if part is not None}

    @property
    def tables(self) -> Mapping[str, Any]:
        """Every table by name, the caller's kind."""
        made: dict[str, Any] = {"scores": self.people}
        if self.audit is not None:
            made |= {f"audit_{name}": self.audit.table(name) for name in ("findings", "factors")}
        if self.sources is not None:
            made["sources"] = self.sources.table
        return made

    def as_dict(self) -> dict[str, object]:
        """Plain data; no field value of any customer."""
        parts = {name: part.as_dict() for name, part in self.parts.items()}
        notes = [note.as_dict() for note in self.notes]
        return {
            "as_of": self.as_of.isoformat(),
            "counts": dict(self.counts),
            **parts,
            "notes": notes,
        }

    def text(self, locale: str = "en") -> str:
        """Lines to read in a terminal."""
        head = lead(sum(self.counts.values()), self.as_of, locale)
        learnt = () if self.card.learnt is None else self.card.learnt.text(locale).splitlines()
        notes = [f"  - {note.text(locale)}" for note in self.notes]
        grades = f"{title('grade', locale)}: {by_word(self.counts, locale)}"
        lines = (head, grades, *learnt, *notes)
        return "\n\n".join(["\n".join(lines), *parts_told("scores", self.parts, locale)])


def scores_of(run: Run, asked: Question | None = None, *, learner: Any = None) -> Scores:  # noqa: ANN401 - any spec
    """Look at the scores of a job: grades, what they rest on, and whether they are to be trusted.

    Where the card was learnt from outcomes and its learner is given, every customer is judged by
    what was learnt from the others (``cross_fitted``): figures on rows that a card has learnt from
    are too good to be true.

    Args:
        run: The outcome of a job with a scorecard.
        asked: What to look at.
        learner: The spec that the card was learnt by, such as ``WeightOfEvidence``.

    Raises:
        ConfigError: The job has no scorecard.
        MissingColumnError: A column that is asked for is not there.

    >>> import custseg as cs
    >>> leads = cs.datasets.leads(600).closed
    >>> learner = cs.scoring.WeightOfEvidence(outcome="outcome", exclude=("tag",))
    >>> job = cs.Pipeline(
    ...     names={"customers": cs.Names(customer="lead_id")},
    ...     scorecard=learner,
    ...     dedupe=None,
    ...     lifecycle=None,
    ...     tier=None,
    ... )
    >>> scores = scores_of(job.run(customers=leads, as_of="2026-06-30"), learner=learner)
    >>> scores.audit.telling.auc.value > 0.7
    True
    """
    card: Any = getattr(run.policy, "scorecard", None)
    if not isinstance(card, Scorecard):
        msg = (
            "the job has no scorecard; give it scorecard=Scorecard.preset('customer') or a learner"
        )
        raise ConfigError(msg, "pipeline.scorecard")
    question = _completed(asked or Question(), card, learner)
    return Scores(
        as_of=run.day,
        card=card,
        people=card.contributions(run.customers).table(),
        counts=run.counts.get("grade", {}),
        audit=_audited(run, card, question, learner),
        sources=_sources(run, question),
        notes=tuple(_notes(card, question, learner)),
    )


def _completed(asked: Question, card: Scorecard, learner: Any) -> Question:  # noqa: ANN401 - any spec
    """The question with what the learner, or else the card, knows of the outcome."""
    learns = getattr(learner, "outcome", None)
    learnt = None if card.learnt is None else card.learnt.outcome
    found = asked.outcome or learns or learnt
    if asked.positive is not None or found != learns:
        return attrs.evolve(asked, outcome=found)
    return attrs.evolve(asked, outcome=found, positive=getattr(learner, "positive", None))


def _audited(run: Run, card: Scorecard, asked: Question, learner: Any) -> Audit | None:  # noqa: ANN401 - any spec
    if asked.outcome is None:
        return None
    settings = Asked(positive=asked.positive, protected=asked.protected, at=asked.at)
    if not _learns(learner, asked):
        return audit(card, run.customers, asked.outcome, **settings)
    tried = cross_fitted(learner, run.prepared.people)
    settings["factors"] = tuple(factor.field for factor in card.factors)
    name = "score" if card.odds is None else "probability"
    return audit(name, tried, asked.outcome, **settings)


def _sources(run: Run, asked: Question) -> SourceReport | None:
    if not asked.by:
        return None
    people = frames.table(run.customers)
    there = _VALUE in people.columns and bool(people.values(_VALUE).words)
    return by_source(
        run.customers,
        asked.by,
        outcome=asked.outcome,
        value=_VALUE if there else None,
        score="score",
        rules=SourceRules(positive=asked.positive),
    )


def _learns(learner: Any, asked: Question) -> bool:  # noqa: ANN401 - any spec
    """Whether the card was learnt from the outcome that is asked about, by a learner at hand."""
    return asked.outcome is not None and getattr(learner, "outcome", None) == asked.outcome


def _notes(card: Scorecard, asked: Question, learner: Any) -> Iterable[Reason]:  # noqa: ANN401 - any spec
    if asked.outcome is None:
        yield Reason("scores_no_outcome")
    elif _learns(learner, asked):
        yield Reason("scores_cross_fitted")
    elif card.learnt is not None and card.learnt.outcome == asked.outcome:
        yield Reason("scores_same_rows")
