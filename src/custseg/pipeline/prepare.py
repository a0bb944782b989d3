"""From raw tables to one row a customer: clean, match and merge, profile."""

from collections.abc import Mapping
from typing import Any

import attrs

from custseg import frames
from custseg.features import Conventions, Names, TransactionState, profile_report
from custseg.features.lasting.rekeying import rekeyed
from custseg.match import Merge
from custseg.pipeline.arrivals import SkippedReport, arrivals
from custseg.pipeline.past import brought
from custseg.pipeline.progress import At
from custseg.pipeline.tables import Applies, Inputs, Matches

_HISTORIES = ("transactions", "interactions", "feedback", "visits", "opportunities")


@attrs.frozen(eq=False)
class Prepared:
    """One row a customer, and the account of what became of every row that came in.

    Attributes:
        people: The profile, the caller's kind of table, with what the last run said.
        reports: What cleaning, matching and profiling found, by step.
        golden: Golden records with their provenance, where records were merged.
        customers: The customers as they were profiled, clean and merged; ``None``: none were given.
        histories: The other tables, under the ids that merged customers have.
    """

    people: Any
    reports: Mapping[str, Any]
    golden: Any = None
    customers: Any = None
    histories: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    def without(self, step: str) -> "Prepared":
        """The same, with a word that a step was left out."""
        return attrs.evolve(self, reports={**self.reports, step: SkippedReport(step)})


@attrs.frozen(kw_only=True)
class Preparation:
    """The fitted parts that work before the rules read columns.

    Attributes:
        names: What the columns of each table are called.
        conventions: How the company counts.
        cleaner: Cleans the customers; ``None`` leaves them as they are.
        matcher: Finds doubles; ``None`` takes each record as a customer.
        merge: Makes golden records of doubles.
    """

    names: Mapping[str, Names]
    conventions: Conventions
    cleaner: Applies | None = None
    matcher: Matches | None = None
    merge: Merge | None = None

    @property
    def id(self) -> str:
        """Name of the customers' id column."""
        return self.names.get("customers", Names()).customer

    def run(self, inputs: Inputs, at: At) -> Prepared:
        """All steps."""
        at("read")
        reports: dict[str, Any] = {"input": arrivals(inputs.opened)}
        customers = inputs.get("customers")
        if customers is not None:
            at("clean")
            customers = self.cleaned(customers, reports)
        at("match")
        golden = self.golden(customers, reports) if customers is not None else None
        histories = {name: inputs.get(name) for name in _HISTORIES if inputs.get(name) is not None}
        if golden is not None:
            customers = golden.table
            histories = {name: self._rekeyed(golden, name, t) for name, t in histories.items()}
        at("profile")
        profiled = profile_report(
            customers,
            **histories,
            names=self.names,
            conventions=self.conventions,
            as_of=inputs.as_of,
        )
        reports["profile"] = profiled.report
        people = brought(profiled.table, inputs.get("previous"), customer=self.id)
        people = frames.table(people).kept().native if frames.table(people).lazy else people
        return Prepared(people, reports, golden, customers, histories)

    def cleaned(self, customers: Any, reports: dict[str, Any]) -> Any:  # noqa: ANN401 - the caller's kind
        """The customers with clean values; the report goes into ``reports``."""
        if self.cleaner is None:
            reports["clean"] = SkippedReport("clean")
            return customers
        run = getattr(self.cleaner, "run", None)
        if callable(run):
            done: Any = run(customers)
            reports["clean"] = done.report
            return done.table
        return self.cleaner.apply(customers)

    def golden(self, customers: Any, reports: dict[str, Any]) -> Any:  # noqa: ANN401 - golden records
        """One record a customer, ``None`` where nothing is matched."""
        if self.matcher is None:
            reports["match"] = SkippedReport("match")
            return None
        merge = self.merge or Merge(id=self.id)
        run = getattr(self.matcher, "run", None)
        if not callable(run):
            return merge.golden(self.matcher.apply(customers))
        done: Any = run(customers)
        reports["match"] = done.report
        return merge.golden(done.table)

    def _rekeyed(self, golden: Any, name: str, table: Any) -> Any:  # noqa: ANN401 - the caller's kind
        if isinstance(table, TransactionState):
            return rekeyed(table, golden.crosswalk.rekey) if len(golden.crosswalk.moved) else table
        column = self.names.get(name, Names()).customer
        if not len(golden.crosswalk.moved) or column not in frames.table(table).columns:
            return table
        return golden.crosswalk.rekey(table, column)
