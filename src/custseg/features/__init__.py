"""What is known of each customer, as of one day?"""

from custseg.features.completion.report import CompletenessReport
from custseg.features.completion.spec import Completeness
from custseg.features.completion.why import CompletenessWhy
from custseg.features.conventions import Conventions
from custseg.features.fading.rule import EventRule
from custseg.features.fading.spec import EventPoints
from custseg.features.fading.state import PointState
from custseg.features.lasting.parted import PartitionedState
from custseg.features.lasting.state import TransactionState
from custseg.features.layout import COLUMNS
from custseg.features.log import Split, TransactionLog
from custseg.features.names import Names
from custseg.features.occasions import Occasions
from custseg.features.partedsplit import PartitionedSplit
from custseg.features.partitioned import PartitionedLog
from custseg.features.periods import Ruler
from custseg.features.profiling import Profiled, profile, profile_report
from custseg.features.report import ProfileReport, SplitReport, TableReport
from custseg.features.sentiment.model import SentimentModel
from custseg.features.sentiment.spec import LearnedSentiment
from custseg.features.sentiment.strategy import Sentiment
from custseg.features.sieved import left_out
from custseg.features.sources.comparing import SourceRules, by_source
from custseg.features.sources.report import SourceFigures, SourceReport

__all__ = [
    "COLUMNS",
    "Completeness",
    "CompletenessReport",
    "CompletenessWhy",
    "Conventions",
    "EventPoints",
    "EventRule",
    "LearnedSentiment",
    "Names",
    "Occasions",
    "PartitionedLog",
    "PartitionedSplit",
    "PartitionedState",
    "PointState",
    "ProfileReport",
    "Profiled",
    "Ruler",
    "Sentiment",
    "SentimentModel",
    "SourceFigures",
    "SourceReport",
    "SourceRules",
    "Split",
    "SplitReport",
    "TableReport",
    "TransactionLog",
    "TransactionState",
    "by_source",
    "left_out",
    "profile",
    "profile_report",
]
