"""Is it one customer or two? Records that share a key, put together and merged."""

from typing import TYPE_CHECKING

from custseg._typing import Codes
from custseg.opening import opener

if TYPE_CHECKING:
    from custseg.match.clustering.settings import Clusters
    from custseg.match.comparing.addresses import Addresses
    from custseg.match.comparing.companies import Companies
    from custseg.match.comparing.compared import Compared, Ladder
    from custseg.match.comparing.comparison import Comparison, Prepared
    from custseg.match.comparing.dates import Dates
    from custseg.match.comparing.emails import Emails
    from custseg.match.comparing.names import Names
    from custseg.match.comparing.parts import NamePart
    from custseg.match.comparing.phones import Phones
    from custseg.match.comparing.signs import Same, Within
    from custseg.match.comparing.strings import Alike, Edited
    from custseg.match.comparing.texts import Exact, Identifiers, Texts
    from custseg.match.exporting.splinked import SplinkExport
    from custseg.match.holding.account import EntityExplanation, HoldingLink
    from custseg.match.judging.ceiling import Unlinkables, unlinkables
    from custseg.match.judging.change import RunChange, compare_runs
    from custseg.match.judging.curve import ThresholdCurve, threshold_curve
    from custseg.match.judging.evaluation import Evaluation, Rates, evaluate
    from custseg.match.keys import CompositeKey, ExactKey, MatchKey
    from custseg.match.lasting.events import EntityEvent
    from custseg.match.lasting.roster import Roster
    from custseg.match.linking.linked import Linked, LinkReport
    from custseg.match.linking.stacking import stack
    from custseg.match.lookup.index import IndexOptions, RecordIndex
    from custseg.match.lookup.verdict import Hit, Lookup, Verdicts
    from custseg.match.matcher import Matched, Matcher
    from custseg.match.merging.combined import AllValues, Clearable, InTurn
    from custseg.match.merging.consent import StrictestConsent
    from custseg.match.merging.crosswalk import Crosswalk
    from custseg.match.merging.entry import MergeEntry, Undone
    from custseg.match.merging.field import Candidate, Field
    from custseg.match.merging.fieldgroup import FieldGroup
    from custseg.match.merging.golden import Golden, MergeReport
    from custseg.match.merging.journal import Journal
    from custseg.match.merging.locks import Lock
    from custseg.match.merging.merge import Merge
    from custseg.match.merging.origin import Lost, Origin
    from custseg.match.merging.owners import OwnerConflict
    from custseg.match.merging.plan import MergePlan
    from custseg.match.merging.provenance import Provenance
    from custseg.match.merging.quality import MostComplete, MostValid
    from custseg.match.merging.rollup import Figure, RollUp, roll_up
    from custseg.match.merging.step import Erasure, MergeStep
    from custseg.match.merging.survivorship import (
        FirstFilled,
        Longest,
        Makes,
        MaxValue,
        MinValue,
        MostFrequent,
        MostRecent,
        Picks,
        Ranks,
        SourcePriority,
        Sum,
        Survivorship,
    )
    from custseg.match.merging.tree import AccountTree, account_tree
    from custseg.match.relating.relations import RelationReport, Relations
    from custseg.match.report import MatchReport, PassReport, RuleCount, SkippedKey, Weighing
    from custseg.match.spec import Dedupe, dedupe
    from custseg.match.weighing.account import PairExplanation, WeightPart
    from custseg.match.weighing.learning import Learnt
    from custseg.match.weighing.sessions import Session
    from custseg.match.weighing.weights import LevelWeights, Weights

__all__ = [
    "AccountTree",
    "Addresses",
    "Alike",
    "AllValues",
    "Candidate",
    "Clearable",
    "Clusters",
    "Codes",
    "Companies",
    "Compared",
    "Comparison",
    "CompositeKey",
    "Crosswalk",
    "Dates",
    "Dedupe",
    "Edited",
    "Emails",
    "EntityEvent",
    "EntityExplanation",
    "Erasure",
    "Evaluation",
    "Exact",
    "ExactKey",
    "Field",
    "FieldGroup",
    "Figure",
    "FirstFilled",
    "Golden",
    "Hit",
    "HoldingLink",
    "Identifiers",
    "InTurn",
    "IndexOptions",
    "Journal",
    "Ladder",
    "Learnt",
    "LevelWeights",
    "LinkReport",
    "Linked",
    "Lock",
    "Longest",
    "Lookup",
    "Lost",
    "Makes",
    "MatchKey",
    "MatchReport",
    "Matched",
    "Matcher",
    "MaxValue",
    "Merge",
    "MergeEntry",
    "MergePlan",
    "MergeReport",
    "MergeStep",
    "MinValue",
    "MostComplete",
    "MostFrequent",
    "MostRecent",
    "MostValid",
    "NamePart",
    "Names",
    "Origin",
    "OwnerConflict",
    "PairExplanation",
    "PassReport",
    "Phones",
    "Picks",
    "Prepared",
    "Provenance",
    "Ranks",
    "Rates",
    "RecordIndex",
    "RelationReport",
    "Relations",
    "RollUp",
    "Roster",
    "RuleCount",
    "RunChange",
    "Same",
    "Session",
    "SkippedKey",
    "SourcePriority",
    "SplinkExport",
    "StrictestConsent",
    "Sum",
    "Survivorship",
    "Texts",
    "ThresholdCurve",
    "Undone",
    "Unlinkables",
    "Verdicts",
    "Weighing",
    "WeightPart",
    "Weights",
    "Within",
    "account_tree",
    "compare_runs",
    "dedupe",
    "evaluate",
    "roll_up",
    "stack",
    "threshold_curve",
    "unlinkables",
]

__getattr__ = opener(
    __name__,
    {
        "AccountTree": "merging.tree",
        "Addresses": "comparing.addresses",
        "Alike": "comparing.strings",
        "AllValues": "merging.combined",
        "Candidate": "merging.field",
        "Clearable": "merging.combined",
        "Clusters": "clustering.settings",
        "Companies": "comparing.companies",
        "Compared": "comparing.compared",
        "Comparison": "comparing.comparison",
        "CompositeKey": "keys",
        "Crosswalk": "merging.crosswalk",
        "Dates": "comparing.dates",
        "Dedupe": "spec",
        "Edited": "comparing.strings",
        "Emails": "comparing.emails",
        "EntityEvent": "lasting.events",
        "EntityExplanation": "holding.account",
        "Erasure": "merging.step",
        "Evaluation": "judging.evaluation",
        "Exact": "comparing.texts",
        "ExactKey": "keys",
        "Field": "merging.field",
        "FieldGroup": "merging.fieldgroup",
        "Figure": "merging.rollup",
        "FirstFilled": "merging.survivorship",
        "Golden": "merging.golden",
        "Hit": "lookup.verdict",
        "HoldingLink": "holding.account",
        "Identifiers": "comparing.texts",
        "InTurn": "merging.combined",
        "IndexOptions": "lookup.index",
        "Journal": "merging.journal",
        "Ladder": "comparing.compared",
        "Learnt": "weighing.learning",
        "LevelWeights": "weighing.weights",
        "LinkReport": "linking.linked",
        "Linked": "linking.linked",
        "Lock": "merging.locks",
        "Longest": "merging.survivorship",
        "Lookup": "lookup.verdict",
        "Lost": "merging.origin",
        "Makes": "merging.survivorship",
        "MatchKey": "keys",
        "MatchReport": "report",
        "Matched": "matcher",
        "Matcher": "matcher",
        "MaxValue": "merging.survivorship",
        "Merge": "merging.merge",
        "MergeEntry": "merging.entry",
        "MergePlan": "merging.plan",
        "MergeReport": "merging.golden",
        "MergeStep": "merging.step",
        "MinValue": "merging.survivorship",
        "MostComplete": "merging.quality",
        "MostFrequent": "merging.survivorship",
        "MostRecent": "merging.survivorship",
        "MostValid": "merging.quality",
        "NamePart": "comparing.parts",
        "Names": "comparing.names",
        "Origin": "merging.origin",
        "OwnerConflict": "merging.owners",
        "PairExplanation": "weighing.account",
        "PassReport": "report",
        "Phones": "comparing.phones",
        "Picks": "merging.survivorship",
        "Prepared": "comparing.comparison",
        "Provenance": "merging.provenance",
        "Ranks": "merging.survivorship",
        "Rates": "judging.evaluation",
        "RecordIndex": "lookup.index",
        "RelationReport": "relating.relations",
        "Relations": "relating.relations",
        "RollUp": "merging.rollup",
        "Roster": "lasting.roster",
        "RuleCount": "report",
        "RunChange": "judging.change",
        "Same": "comparing.signs",
        "Session": "weighing.sessions",
        "SkippedKey": "report",
        "SourcePriority": "merging.survivorship",
        "SplinkExport": "exporting.splinked",
        "StrictestConsent": "merging.consent",
        "Sum": "merging.survivorship",
        "Survivorship": "merging.survivorship",
        "Texts": "comparing.texts",
        "ThresholdCurve": "judging.curve",
        "Undone": "merging.entry",
        "Unlinkables": "judging.ceiling",
        "Verdicts": "lookup.verdict",
        "Weighing": "report",
        "WeightPart": "weighing.account",
        "Weights": "weighing.weights",
        "Within": "comparing.signs",
        "account_tree": "merging.tree",
        "compare_runs": "judging.change",
        "dedupe": "spec",
        "evaluate": "judging.evaluation",
        "roll_up": "merging.rollup",
        "stack": "linking.stacking",
        "threshold_curve": "judging.curve",
        "unlinkables": "judging.ceiling",
    },
)


def __dir__() -> list[str]:
    """List the public names, loaded or not."""
    return sorted(__all__)
