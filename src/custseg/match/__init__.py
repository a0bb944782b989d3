"""Is it one customer or two? Records that share a key, put together and merged."""

from custseg._typing import Codes
from custseg.match.consent import StrictestConsent
from custseg.match.crosswalk import Crosswalk
from custseg.match.field import Candidate, Field
from custseg.match.golden import Golden, MergeReport
from custseg.match.keys import CompositeKey, ExactKey, MatchKey
from custseg.match.matcher import Matched, Matcher
from custseg.match.merge import Merge
from custseg.match.origin import Lost, Origin
from custseg.match.provenance import Provenance
from custseg.match.report import MatchReport, RuleCount, SkippedKey
from custseg.match.spec import Dedupe, dedupe
from custseg.match.survivorship import (
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

__all__ = [
    "Candidate",
    "Codes",
    "CompositeKey",
    "Crosswalk",
    "Dedupe",
    "ExactKey",
    "Field",
    "FirstFilled",
    "Golden",
    "Longest",
    "Lost",
    "Makes",
    "MatchKey",
    "MatchReport",
    "Matched",
    "Matcher",
    "MaxValue",
    "Merge",
    "MergeReport",
    "MinValue",
    "MostFrequent",
    "MostRecent",
    "Origin",
    "Picks",
    "Provenance",
    "Ranks",
    "RuleCount",
    "SkippedKey",
    "SourcePriority",
    "StrictestConsent",
    "Sum",
    "Survivorship",
    "dedupe",
]
