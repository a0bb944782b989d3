"""Every kind that custseg brings, each with examples that the laws are tried on.

A kind without an example fails `tests/laws/test_strategies.py`: add its line here.
"""

from datetime import date
from functools import cache
from importlib.metadata import entry_points

import attrs
import pytest

import custseg as cs
from custseg.allocate import (
    Allocation,
    Area,
    AtWork,
    Availability,
    AvailabilityBuckets,
    Avoid,
    Budget,
    Cap,
    Classes,
    CoolOff,
    CreditLevel,
    DailyQuota,
    DoNotAssign,
    Fallback,
    First,
    Greedy,
    Hash,
    HasRoom,
    LeastLoaded,
    Leave,
    Limits,
    Load,
    LongestWaiting,
    Match,
    Merged,
    Milp,
    MostRoom,
    Newcomer,
    NoDeal,
    NoFollowUp,
    NoOpportunity,
    OnLeave,
    Phases,
    Pool,
    PoolColumns,
    PoolLimit,
    Pools,
    PriceGuided,
    PriorityTerm,
    Protection,
    RateLimit,
    Rebalancing,
    RegionTree,
    Relationship,
    RepLeaves,
    Results,
    ReviewRules,
    RoundRobin,
    Router,
    RouterState,
    Rule,
    RuleBook,
    Same,
    Senior,
    Seniority,
    Skills,
    SmoothWeighted,
    Split,
    Stay,
    StickyHash,
    Territory,
    To,
    Urgency,
    Voice,
    WorkCalendar,
    WorkHours,
)
from custseg.allocate import Exact as Optimal
from custseg.classify import (
    AllOf,
    AnyOf,
    BySegment,
    ChanceLimits,
    Contract,
    DaysSince,
    Enough,
    FixedDays,
    Freeze,
    Funnel,
    GapLimits,
    Hysteresis,
    Lifecycle,
    LifecycleModel,
    Membership,
    ModelProbability,
    OneTime,
    Override,
    OwnCadence,
    PopulationQuantile,
    StateLadder,
    Step,
    spring_festival,
)
from custseg.classify.strategies.silence import Silence
from custseg.clean import Agreement, Cleaner, QualityRules
from custseg.config.registry import GROUP
from custseg.features import Completeness, Conventions, EventPoints, EventRule, Names
from custseg.features.sentiment.model import SentimentModel
from custseg.features.sentiment.spec import LearnedSentiment
from custseg.features.sentiment.strategy import Sentiment
from custseg.lifetime import (
    BGBB,
    BGNBD,
    MBGCNBD,
    MBGNBD,
    BGBBModel,
    BGNBDModel,
    Effect,
    Fitting,
    GammaGamma,
    GammaGammaModel,
    MBGCNBDModel,
    MBGNBDModel,
    Outlook,
    ParetoNBD,
    ParetoNBDModel,
    ShiftedBetaGeometric,
    ShiftedBetaGeometricModel,
    Terms,
)
from custseg.match import (
    Addresses,
    AllValues,
    Clearable,
    Companies,
    CompositeKey,
    Dates,
    Dedupe,
    Emails,
    Exact,
    ExactKey,
    FieldGroup,
    FirstFilled,
    Identifiers,
    InTurn,
    Journal,
    Lock,
    Longest,
    MaxValue,
    Merge,
    MergeEntry,
    MinValue,
    MostComplete,
    MostFrequent,
    MostRecent,
    MostValid,
    NamePart,
    Phones,
    SourcePriority,
    StrictestConsent,
    Sum,
    Texts,
)
from custseg.match.comparing.names import Names as PersonNames
from custseg.model import RowModel
from custseg.rules import Bands, F, Ladder
from custseg.scoring import (
    AHP,
    Binning,
    Bins,
    Categories,
    ChanceCurve,
    ClassifierScore,
    DataWeights,
    DealNames,
    Deals,
    Decay,
    ExpertPrior,
    Factor,
    GradeMatrix,
    GradeReview,
    Grades,
    Group,
    Learnt,
    Levels,
    Log,
    NaiveBayes,
    Odds,
    OutcomeCounts,
    Points,
    Ramp,
    Scorecard,
    Signal,
    Steps,
    Surrogate,
    Topsis,
    Triage,
    Veto,
    WeightOfEvidence,
    Weights,
)
from custseg.tiering import (
    LENGTH,
    RECENCY,
    RFM,
    Adjustment,
    Anniversary,
    AnniversaryWindow,
    AtLeast,
    Axis,
    Bars,
    ByHand,
    CalendarWindow,
    Calm,
    Component,
    Crossed,
    Currency,
    Cuts,
    EnoughBuyers,
    GroupCuts,
    Halves,
    HeadTail,
    NaturalBreaks,
    Newcomers,
    NineBox,
    Pareto,
    Potential,
    Programme,
    Quantiles,
    Quota,
    Retier,
    RollingWindow,
    RQuantiles,
    Seats,
    SegmentMap,
    ServiceBook,
    ServicePolicy,
    ServiceRule,
    Thresholds,
    TierModel,
    TierPlan,
    UpgradeModel,
    UpgradePlan,
    ValueMix,
    segments,
    services,
)

EVERY_CALM = Calm(
    bars=Bars(0.8, 1.1),
    min_tenure="6 months",
    grace=1,
    grace_for=40,
    cooldown=90,
    lock="3 months",
    locked="lock_day",
    max_down=1,
    max_up=1,
    anniversary=Anniversary("tier"),
    newcomers=Newcomers(),
    by_hand=ByHand(since="tier_override_since"),
)
SLOW = Calm(adjustment=Adjustment(threshold=0.5, scale="linear"), grace=2)
MIXED = (
    Component("revenue", 70),
    Component("gap_cv", 20, aspect="stability", lower=True),
    Component("tenure_days", 10.5, points=((0, 0), (365, 0.8), (999, 1))),
)
BUYERS_OF_PAST = [
    {"revenue": 9.0 * i, "gap_cv": i % 5 or None, "industry": "north" if i % 3 else None}
    for i in range(20)
]
EVEN = Weights({"revenue": 1, "gap_cv": 1})
PEERS = Potential(peers=("industry",), scale="gap_cv").fit(BUYERS_OF_PAST)
OUR_SERVICE = (
    ServiceRule(ServicePolicy("call", contact_interval_days=30), "call", lifecycle="active"),
    ServiceRule(ServicePolicy("mail", contact_interval_days=9, timing="season"), "m", tier="low"),
    ServiceRule(ServicePolicy("wait"), "wait", when=F("industry").is_present()),
)
PHONE = ExactKey("phone", read="phone", region="CN")
BUYERS = Ladder(((F("frequency") >= 12, "often"), (F("industry").is_missing(), "who")), "else")
CARD = Scorecard(
    (
        Factor("revenue", worth=40, curve=Log(10_000), group="money"),
        Factor("frequency", worth=30, curve=Ramp(0, 12), missing=0.5, group="money"),
        Factor("industry", worth=20, curve=Categories({"medical": 1.0, "retail": 0.5}, -0.1)),
        Factor("contact_days", worth=-15, curve=Steps((30, 90), (0, 0.3, 1))),
    ),
    base=10,
    groups=(Group("money", high=55),),
)
LEARNT_CARD = Scorecard(
    (
        Factor("revenue", curve=Bins((100, 1000), (-3, 4, 12.5), special={0: -9}, missing=1)),
        Factor("industry", curve=Levels({"medical": 6, "retail": -4.25}), missing="worst"),
        Factor("frequency", worth=8, curve=Ramp(0, 12), missing="neutral", group="buying"),
    ),
    base=41.5,
    groups=(Group("buying", high=7),),
    odds=Odds(at=50, double=7),
    learnt=Learnt("weight-of-evidence", "won", 900, 300),
    vetoes=(Veto("competitor", F("industry") == "retail"),),
)
MATRIX_CARD = Scorecard(
    (
        Factor("industry", worth=50, curve=Categories({"medical": 1, "retail": 0.4}), group="fit"),
        Factor("visits", worth=50, curve=Log(20), group="engagement"),
    ),
    groups=(Group("fit"), Group("engagement", high=45)),
    grades=GradeMatrix(),
)
STAGED = OutcomeCounts(
    ("industry", "revenue"),
    by="region",
    stage="stage",
    stages=("new", "won"),
    unset="industry",
    edges={"revenue": (10, 100)},
)
CONTRACTS = StateLadder(
    (
        Step(F("contract_over") < 0, "active", "recent_order", {"dormant_after": 1}),
        Step(F("recency_days") >= 90, "churned", "no_order", {"dormant_after": 90}),
    ),
    "active",
    signals=(DaysSince("contract_over", "contract_end"),),
    frozen=((date(2026, 2, 15), date(2026, 2, 23)),),
)
YUAN = Currency("CNY", "paid_in", {"USD": 7.1})
BY_TRADE = GroupCuts("industry", {"retail": Cuts((5.0,)), "medical": Cuts((9.0,))}, Cuts((7.0,)))
SHARE = Allocation(
    wishes=(Match("territory", required=True), Senior(), Stay()),
    weights=(1.0, 2.0, 0.5),
    limits=Limits(),
    priority=("revenue",),
)
SHARE_ALL = Allocation(
    rules=RuleBook(
        (Rule("near", F("territory").is_present(), to=Same("territory")),),
        fallback=Fallback(pool="public"),
    ),
    gates=(Match("territory", required=True),),
    wishes=(Senior(), Stay()),
    loads=(Load("frequency", high=4000.0), Load(where=F("tier") == "high", band=0.5, name="VIP")),
    priority=(Urgency((PriorityTerm("revenue", 30.0, half=100.0),)),),
    together="industry",
    locked=F("revenue") > 300,
    split=Split(F("tier") == "high"),
    pool="open",
    shortfall="report",
    unit="lead",
)
SEA = Pool(
    name="north",
    when=F("territory") == "north",
    clocks=(NoDeal(200), NoFollowUp(20, levels={"high": 40})),
    protection=Protection(10, extend=5, maximum=20),
    exempt=F("revenue") > 300,
    remind_before=7,
    calendar=WorkCalendar(),
    claims_a_day=3,
    cool_off=7,
    members=("R1", "R2"),
    limits=(PoolLimit(5), PoolLimit(2, counts="locked", by="team")),
)
SEAS = Pools((SEA, Pool(name="rest", clocks=(NoOpportunity(30),))), limits=(PoolLimit(9),))
NO_LOCKS = PoolColumns(locked=None)
DESK = Router(
    PriceGuided({"R1": 0.3}),
    guards=[HasRoom(default=9), Cap(4), AtWork(WorkHours(start="07:00"))],
    gates=[Match("industry", separator=";", required=True)],
    wishes=[Match("territory"), Senior()],
    weights=[2, 1],
    keep="always",
    when=~(F("lifecycle") == "dormant"),
    pool="public",
    cycle="month",
    remember_days=30,
)
ORDERS = [
    {"customer_id": "a", "paid_at": "2026-06-01", "amount": 900.0},
    {"customer_id": "b", "paid_at": "2025-06-01", "amount": 200.0},
]
TOP_OF_THREE = SegmentMap.of({"top": {"recency": (3, 3)}}, otherwise="others")
BUYERS_OF_RFM = [
    {
        "recency_days": 7.0 * (i * i % 23),
        "frequency": float(i % 6 + 1),
        "revenue": 50.0 * (i % 11),
        "tenure_days": 30.0 * i,
        "industry": ("retail", "medical", None)[i % 3],
    }
    for i in range(40)
]
JOB = cs.Pipeline(
    names={"transactions": Names(at="paid_at")},
    tier=TierPlan(Thresholds((100.0, 500.0))),
    merge=Merge({"name": Longest()}),
    allocation=SHARE,
)

FITTED = {
    "fitting": Fitting(-9582.5, 2357.0, ((0.1, 0.01), (0.01, 0.2)), ("b",)),
    "r": 0.525,
    "alpha": 6.183,
}
MBG = MBGNBDModel(**FITTED, a=0.891, b=1.614)
BGBB_ = BGBBModel(fitting=Fitting(-33225.6, 11104.0), alpha=1.2, beta=0.75, gamma=0.66, delta=2.8)
OWN = ChanceLimits(
    purchases=MBGNBDModel(**{**FITTED, "alpha": 43.3}, a=0.891, b=1.614),
    shares={"at_risk": 0.75, "dormant": 0.8},
    horizon=90,
    returns=True,
)
SILENT = Silence(
    {state: f"{state}_limit_days" for state in OWN.shares},
    {"awake": "recent_order", "at_risk": "late_order", "dormant": "no_order"},
    {"at_risk_after": 1, "dormant_after": 2},
    new_for=9,
    reactivated_for=9,
    gap="return_limit_days",
).ladder(OWN)
SPEND = GammaGammaModel(fitting=Fitting(-4055.9, 946.0), p=6.25, q=3.74, v=15.44)
# Models of buying learn from summaries, not from profiles: `tests/lifetime` holds their laws.
BUYING = {
    "bg-bb": (BGBB(), BGBB("n", 3)),
    "bg-bb-model": (BGBB_,),
    "bg-nbd": (BGNBD(), BGNBD("n", 3, ("age", "sex"), "sex", {"sex": "f"}, 0.5)),
    "bg-nbd-model": (
        BGNBDModel(**FITTED, a=0.793, b=2.426),
        BGNBDModel(
            **FITTED,
            a=0.793,
            b=2.426,
            effects=(Effect("alpha", "age", 0.1, None, 41.5), Effect("a", "sex", -0.2, "m")),
            levels={"sex": ("f", "m")},
        ),
    ),
    "gamma-gamma": (GammaGamma(), GammaGamma("n", 3)),
    "gamma-gamma-model": (SPEND,),
    "mbg-cnbd": (MBGCNBD(), MBGCNBD(None, "log_gaps", "n", 3)),
    "mbg-cnbd-model": (MBGCNBDModel(**FITTED, a=0.4, b=0.8, k=3),),
    "mbg-nbd": (MBGNBD(), MBGNBD("n", 3)),
    "mbg-nbd-model": (MBG,),
    "pareto-nbd": (ParetoNBD(), ParetoNBD("n", 3)),
    "pareto-nbd-model": (ParetoNBDModel(**FITTED, s=0.606, beta=11.669),),
    "shifted-beta-geometric": (ShiftedBetaGeometric(), ShiftedBetaGeometric("t", "gone", "n")),
    "shifted-beta-geometric-model": (
        ShiftedBetaGeometricModel(fitting=Fitting(-1611.2, 1000.0), alpha=0.668, beta=3.806),
    ),
}
# Settings play no role of their own: the laws of documents are all that they have to keep.
SETTINGS = {
    "rebalancing": (
        Rebalancing(),
        Rebalancing(
            moves=Budget(amount=9.5, value="revenue"),
            protected=F("open_opportunities") > 0,
            settled=30,
            signals=(Voice("request"),),
            weights=(5,),
            phases=Phases(count=50, start=date(2026, 7, 1), calendar=WorkCalendar.china()),
            cover=F("tier") == "high",
        ),
    ),
    "review-rules": (ReviewRules(), ReviewRules(contact_within={"high": 14}, worst=0)),
    "rep-leaves": (RepLeaves("R7"),),
    "on-leave": (OnLeave("R3", "2026-07-01", date(2026, 7, 14)),),
    "newcomer": (Newcomer("R9", date(2026, 7, 1)), Newcomer("R9", "2026-07-01", ((0, 1),))),
    "merged-accounts": (Merged(("C1", "C2"), into="C1", keep="longest"),),
    "router-state": (
        RouterState(),
        RouterState.of(last={"R1": "2026-06-30T09:00", 17: None}, held={"R1": 3}),
    ),
    "quality-rules": (
        QualityRules(),
        QualityRules(
            limits={"phone": 180},
            personal=("phone",),
            agreements=(Agreement("signed_pays", (F("stage") != "signed") | (F("revenue") > 0)),),
            value="revenue",
        ),
    ),
    "conventions": (Conventions(), Conventions("Asia/Shanghai", "CNY", {"USD": 7.1}, "ignore")),
    "anniversary-window": (AnniversaryWindow(), AnniversaryWindow(100, whole=True)),
    "calendar-window": (CalendarWindow(), CalendarWindow("month", whole=False)),
    "programme": (Programme.preset("one-down-half-year"), Programme(EVERY_CALM, CalendarWindow())),
    "rolling-window": (RollingWindow(), RollingWindow(180)),
    "seats": (Seats({"high": 100}),),
    "calm": (Calm(), EVERY_CALM, SLOW),
    "cuts": (Cuts((1.0, 1.0, 2.5)), Cuts((9.0,), "right", labels=("b", "a"), currency=YUAN)),
    "group-cuts": (BY_TRADE,),
    "grade-matrix": (
        GradeMatrix(),
        GradeMatrix("a", "b", (9,), (2,), (("hot", "warm"), ("warm", "cold"))),
    ),
    "veto": (
        Veto("competitor", "is_competitor"),
        Veto("small", (F("staff") < 5) & ~F("region").one_of("north"), title="too small"),
    ),
    "learnt": (
        Learnt("weight-of-evidence", "Churn", 7043, 1869),
        Learnt("surrogate", "won", 9, 3, weight=40, fidelity=0.9, notes="few_outcomes"),
    ),
    "event-points": (
        EventPoints(EventRule("visit", 3)),
        EventPoints((EventRule("a", 1), EventRule("b", -1)), name="web", column="what"),
    ),
    "event-rule": (
        EventRule("visit", 3, half_life=30, within_days=90, cap=20),
        EventRule("fair", buckets=((1, 5), (3, 10)), linear=90, steps=((30, 0.5), (60, 0))),
    ),
    "outcome-counts": (
        STAGED,
        STAGED.update(won={"industry": None, "revenue": 9, "region": 7, "stage": "won"}),
    ),
    "binning": (
        Binning(),
        Binning(5, 0.1, "valley", "likelihood", lumps=(("a", "b"), "c"), most_words=9),
        Binning(shrink=0, edges=(1, 2.5)),
    ),
    "limits": (Limits(), Limits(None, default=3, minimum="least")),
    "hysteresis": (Hysteresis(), Hysteresis(7, 30, 0.1)),
    "names": (Names(), Names("uid", at="paid_at")),
    "segment-map": (
        segments("putler"),
        SegmentMap.of_patterns(
            {"vip": ("5.", "[34]5"), "new": "51"},
            measures=("recency", "frequency"),
            otherwise="others",
        ),
    ),
    "enough-buyers": (EnoughBuyers(), EnoughBuyers(9, history_days=None, tenure="age")),
    "weights": (EVEN, Weights({"a": 2, "b": 1}, "ahp", {"a": (9, 0)}, rows=3, left_out=1)),
    "signal": (Signal("repeat", 3, 3), Signal("recall", 3, 3, words=("召回",), kinds="complaint")),
    "score-group": (Group("money", -5.5, 40, "all"),),
    "sentiment": (Sentiment(), Sentiment(within_days=90, words={"lag": -1.0})),
    "service-policy": (ServicePolicy("gold", priority_line=True, response_hours=2.5),),
}
JOBS = {
    "pipeline": (cs.Pipeline(), JOB),
    "policy": (JOB.fit(transactions=ORDERS, as_of="2026-06-30"),),
    "journal": (
        Journal(),
        Journal(
            Merge({"name": Longest()}),
            (MergeEntry.of(("a", "b", "c"), "a").without(("c",), at="2026-06-30"),),
            (Lock("a", "city", "Ulm", at="2026-06-30"), Lock("b", "points", 3)),
        ),
    ),
}
NOTES = [{"note": "slow, north", "stars": 1}, {"note": "低 medical", "stars": 5}] * 6
STRATEGIES = {
    "completeness": (
        Completeness(),
        Completeness({"name": 2.0}, {"name": "filled"}),
        Completeness(
            {"reach": 2.0, "uscc": 1.0},
            any_of={"reach": ("phone", "email")},
            applies={"uscc": F("kind") == "company"},
            half_lives={"phone": 365.0},
            updated={"phone": "called_at"},
            undated=0.5,
        ),
    ),
    "learned-sentiment": (
        LearnedSentiment("name", "industry", "medical"),
        LearnedSentiment("name", "industry", "retail", prior_shift=0.5, within_days=90),
        LearnedSentiment("name", "orders", unkind_to=2, kind_from=4, words={"lag": -1.0}),
    ),
    "sentiment-model": (
        SentimentModel(),
        LearnedSentiment("note", "stars", unkind_to=2, kind_from=4).fit(NOTES),
    ),
    "all-of": (AllOf((FixedDays(90), Contract())),),
    "any-of": (AnyOf((FixedDays(90), FixedDays(30, 10), Contract())),),
    "by-segment": (
        BySegment("tier_previous", {"high": FixedDays(60)}, otherwise=FixedDays(180)),
        BySegment("industry", {"retail": Contract("a"), "medical": Contract("b")}),
    ),
    "chance-limits": (OWN, ChanceLimits(purchases=MBG, shares={"dormant": 0.5}, horizon=9)),
    "gap-limits": (GapLimits(purchases=MBG, shares={"dormant": 0.9}, tag="_2"),),
    "model-probability": (
        ModelProbability(),
        ModelProbability(
            30, 0.9, at_risk=0.7, new_for=9, model=ParetoNBD(), fallback=FixedDays(60, 9)
        ),
    ),
    "own-cadence": (OwnCadence(), OwnCadence(0.95, stages=None, enough=Enough(9, 9, 99))),
    "population-quantile": (
        PopulationQuantile(0.5, at_risk=0.25, churned=0.9, returns=1, reactivated_for=9),
        PopulationQuantile(fallback=FixedDays(60)),
    ),
    "contract": (Contract(), Contract("paid_until", 14, 30, 90)),
    "fixed-days": (
        FixedDays(),
        FixedDays(90, contact_within=60),
        FixedDays(90, 30, at_risk_after=60, churned_after=365, new_for=20, reactivated_for=40),
    ),
    "freeze": (Freeze(FixedDays(90), spring_festival([2025, 2026])),),
    "one-time": (OneTime(), OneTime(once=FixedDays(30), otherwise=Contract())),
    "override": (
        Override(),
        Override(Funnel(FixedDays(90)), until=None, since="set_on", note=None),
    ),
    "funnel": (Funnel(), Funnel(FixedDays(90), lead=None)),
    "days-since": (DaysSince("over", "contract_end"),),
    "lifecycle": (Lifecycle(), Lifecycle(FixedDays(90), Hysteresis(5, 30, 0.2))),
    "lifecycle-model": (
        Lifecycle(FixedDays(90, contact_within=60)).fit([]),
        Lifecycle(FixedDays(90), Hysteresis(5, 30, 0.2)).fit([]),
        LifecycleModel(CONTRACTS),
        LifecycleModel(SILENT),
        LifecycleModel(attrs.evolve(SILENT, frozen=CONTRACTS.frozen), Hysteresis(3, 9, 0.1)),
    ),
    "membership": (
        Membership("behaviour", BUYERS),
        Membership.preset("region", level="place"),
        Membership.preset("age_band", as_of="2026-06-30"),
    ),
    "membership-model": (
        Membership("behaviour", BUYERS).fit([]),
        Membership.preset("region", columns={"phone": "phone_cn", "region": "place"}).fit([]),
        Membership.preset("industry", words={"north": "mining", "O'Hara; DROP": "trade"}).fit([]),
        Membership.preset("income_band", country="CN", typed=True).fit([]),
        Membership.preset("consumption_habit", big_order=100, match="all").fit([]),
        Membership("size", Bands("revenue", (100.0, 1000.0), ("s", "m", "l"))).fit([]),
    ),
    "band-model": (
        Cuts((100.0, 1000.0)).on("revenue"),
        Cuts((100.0,), "right", currency=YUAN).on("revenue", "size", "nobody"),
        BY_TRADE.on("revenue", unknown="low"),
        Cuts(()).on("revenue"),
    ),
    "at-least": (AtLeast(9, Pareto(), Cuts((1.0, 2.0))), AtLeast(2, Pareto((0.5,)), Cuts((9.0,)))),
    "crossed": (Crossed(), Crossed(second=Axis("orders", Quota((3,)), ("few", "many")))),
    "crossed-model": (
        Crossed().fit([{"revenue": 9.0, "gap_cv": 0.2}, {"revenue": 1.0, "gap_cv": None}]),
    ),
    "head-tail": (HeadTail(), HeadTail(1.0, most=3)),
    "quota": (Quota((3, 1)), Quota((0.5, 0.1), "up")),
    "natural-breaks": (
        NaturalBreaks(),
        NaturalBreaks(5, at_least=0.02, at_most=(1, 1, 1, 0.3, 0.1)),
    ),
    "pareto": (Pareto(), Pareto((0.5,), "middle")),
    "quantiles": (Quantiles((0.5, 0.8)), Quantiles((0.2, 0.9))),
    "halves": (Halves(), Halves("median", "left")),
    "r-quantiles": (RQuantiles(), RQuantiles(3)),
    "rfm": (
        RFM(),
        RFM(
            (4, 2, 3),
            {"recency": Thresholds((30, 90, 180)), "monetary": RQuantiles(3)},
            weights={"recency": 0.5, "monetary": 2},
            continuous="percentile",
            ties="middle",
        ),
        RFM(3, binning="nested", prospect="prospect", segments=TOP_OF_THREE),
        RFM.preset("rfm8_zh", split="median"),
        RFM(2, compact=True, continuous="scaled"),
        RFM(segments="putler", by="industry", prospect="nobody"),
    ),
    "rfm-model": (
        RFM(prospect="prospect", continuous="percentile").fit(BUYERS_OF_RFM),
        RFM(3, binning="nested").fit(BUYERS_OF_RFM),
        RFM(measures=(LENGTH, RECENCY), weights={"length": 0.1, "recency": 3}).fit(BUYERS_OF_RFM),
        RFM(2, by="industry").fit(BUYERS_OF_RFM * 4),
        RFM.preset("rfm8_zh", split=(30, 3, 200)).fit([]),
    ),
    "thresholds": (Thresholds((100.0, 1000.0)), Thresholds((100.0,), "right")),
    "retier": (
        Retier(Cuts((100.0, 1000.0))),
        Retier(Cuts((100.0,), "right"), EVERY_CALM, value="margin", tiers=("b", "a")),
    ),
    "retier-model": (
        Retier(Cuts((100.0, 1000.0))).fit(),
        Retier(Cuts((100.0, 1000.0), "right"), EVERY_CALM).fit(),
        Retier(Cuts((100.0, 1000.0)), SLOW).fit().on("2026-06-30"),
        Retier(Cuts((100.0, 1000.0)), Calm(adjustment=Adjustment())).fit(),
    ),
    "nine-box": (NineBox(), NineBox.preset("marcus"), NineBox.preset("importance")),
    "potential": (Potential(), Potential(peers=("industry", "name"), scale="gap_cv")),
    "potential-model": (PEERS,),
    "value-mix": (ValueMix.preset(["revenue"]), ValueMix(MIXED, unknown="neutral", neutral=0.2)),
    "value-mix-model": tuple(
        ValueMix(MIXED, unknown=unknown).fit(BUYERS_OF_PAST) for unknown in ("share", "neutral")
    ),
    "service-book": (ServiceBook(), ServiceBook(OUR_SERVICE, as_of="2026-06-30")),
    "service-model": (
        ServiceBook().fit([{"customer_id": "a"}]),
        ServiceBook(as_of="2024-02-29", flags={"consent": "permission"}).fit([]),
        ServiceBook(OUR_SERVICE).fit([{"do_not_contact": None, "是否同意": "是"}]),
    ),
    "upgrade-plan": (UpgradePlan(), UpgradePlan(TierPlan(Quantiles((0.5, 0.9)), by="industry"))),
    "upgrade-model": (
        UpgradePlan(TierPlan(Thresholds((100.0, 1000.0), "right"))).fit([]),
        UpgradeModel(
            tier=TierPlan(Thresholds((1.0, 100.0)), potential="potential").fit([]),
            as_of=date(2026, 6, 30),
        ),
        UpgradeModel(
            tier=TierModel(
                value="revenue", cuts=BY_TRADE, tiers=("b", "a"), service=services(("b", "a"))
            )
        ),
    ),
    "tier-model": (
        TierPlan(Thresholds((100.0, 1000.0), "right")).fit([]),
        TierPlan(Thresholds((100.0, 1000.0)), unknown="unrated").fit([]),
        TierPlan(Thresholds((100.0, 1000.0)), potential="potential").fit([]),
        TierPlan.preset("importance_by_value", Thresholds((1.0, 100.0)), unknown=None).fit([]),
    ),
    "tier-plan": (
        TierPlan(),
        TierPlan(Quantiles((0.9,)), value="margin", tiers=("b", "a")),
        TierPlan(Quantiles((0.5, 0.9)), by="industry", unknown=None),
        TierPlan.preset("importance", Thresholds((1.0, 100.0)), potential="margin"),
    ),
    "outlook": (
        Outlook(purchases=MBG, spend=SPEND, horizon=90.0, terms=Terms(0.12, 0.3, 1.5)),
        Outlook(purchases=BUYING["pareto-nbd-model"][0], horizon=26.0),
        Outlook(purchases=BUYING["mbg-cnbd-model"][0], spend=SPEND, horizon=9.0, months=1),
        Outlook(purchases=BGBB_, horizon=5.0),
        Outlook(purchases=BUYING["bg-nbd-model"][0], spend=SPEND, months=None),
    ),
    "chance-curve": (ChanceCurve(((0, 0.01), (50, 0.2), (100, 0.2))),),
    "odds": (Odds(), Odds(at=50, odds=3, double=12.5)),
    "bins": (
        Bins((1, 5), (-4, 2.5, 8)),
        Bins((1, 100), (0, 5, 9), closed="right", special={-999: 3.5, 0: -1}, missing=-2),
    ),
    "levels": (
        Levels({"medical": 4, "retail": -2.5}),
        Levels({"medical": 4}, otherwise=-1, missing=1.25),
    ),
    "expert-prior": (
        ExpertPrior(
            Scorecard((Factor("revenue", worth=9, curve=Log(1000)),)),
            outcome="industry",
            positive="medical",
        ),
        ExpertPrior(
            Scorecard.preset("lead"), outcome="industry", positive="medical", strength=9, bands=3
        ),
    ),
    "surrogate": (Surrogate("probability"), Surrogate("probability", columns=("revenue",))),
    "classifier-score": (
        ClassifierScore(
            Scorecard((Factor("revenue", worth=99, curve=Log(1000)),), odds=Odds(at=50, double=9)),
            "frequency",
        ),
    ),
    "naive-bayes": (
        NaiveBayes("industry", "medical", exclude="name"),
        NaiveBayes("industry", "retail", columns=("revenue",), exact=True, scale=Odds()),
    ),
    "weight-of-evidence": (
        WeightOfEvidence("industry", "medical"),
        WeightOfEvidence(
            "industry",
            "retail",
            exclude="email",
            protect="territory",
            binning=Binning(4, 0.1, special=(-5,)),
            by_column={"revenue": Binning(edges=(10, 100))},
            least_iv=0,
            signs="keep",
            scale=Odds(),
            grades=Grades((610, 600, 590)),
        ),
    ),
    "categories": (Categories({"medical": 1.0, "retail": -0.5}, 0.25),),
    "ahp": (
        AHP({("revenue", "gap_cv"): 3}, lower="gap_cv"),
        AHP(
            (("buying", "contact_days", 1 / 2),),
            {"buying": {("revenue", "frequency"): 2}},
            random_index="donegan-dodd",
            span=(0, 1),
        ),
    ),
    "data-weights": (
        DataWeights(("revenue", "gap_cv"), lower="gap_cv", missing="middle"),
        DataWeights(("revenue", "gap_cv"), "deviation", missing="middle"),
    ),
    "deal-model": (
        Deals(stages={"offer": 0.3, "contract": 0.8}).fit([]).on("2026-06-30"),
        Deals().fit([{"stage": "won"}, {"stage": "lost"}]),
    ),
    "deals": (
        Deals(names=DealNames(currency="")),
        Deals("industry", {"lead": 0.1}, names=DealNames(currency=""), prior=0.4, prior_deals=9),
    ),
    "decay": (Decay(90),),
    "factor": (
        Factor("revenue", worth=12.34, curve=Ramp(0, 1000), missing=1.0),
        Factor("revenue", worth=9, curve=Ramp(0, 9), missing="neutral", usual=2.5, title="money"),
        Factor("orders", curve=Bins((3,), (-4, 7.5), missing=1), missing="evidence"),
    ),
    "grade-review": (
        GradeReview(),
        GradeReview(Grades((5.25,), ("call", "wait")), margin=0, score="a", previous="b", held="c"),
    ),
    "grades": (Grades(), Grades((5.25,), ("call", "wait"))),
    "log": (Log(1000),),
    "points": (Points(((-10, -1), (35, 1), (70, 0.2))),),
    "ramp": (Ramp(0, 1000), Ramp(365, 0)),
    "triage": (
        Triage(),
        Triage(
            text="comment",
            columns={"at": "said_at"},
            as_of=date(2026, 6, 30),
            packs="telecom",
            topics={"app": ("小程序", "mini program")},
            words={"complaint": ("翻车",)},
            signals=(Signal("recall", 3, 3, words=("召回",), action="call_for_safety"),),
            sla={"complaint": 0.5},
            vip=("high", "medium"),
            again=1,
            flags={"请勿联系": "refusal"},
            sentiment=Sentiment(within_days=30),
        ),
    ),
    "scorecard": (
        CARD,
        LEARNT_CARD,
        MATRIX_CARD,
        attrs.evolve(CARD, odds=ChanceCurve(((10, 0.05), (40, 0.3), (90, 0.6)))),
        Scorecard.preset("customer"),
        Scorecard.preset("lead"),
    ),
    "steps": (Steps((1, 100), (0, 0.5, 1)),),
    "topsis": (Topsis(EVEN), Topsis(EVEN, lower="gap_cv", normalisation="range")),
    "topsis-model": (Topsis(EVEN, lower="gap_cv").fit(BUYERS_OF_PAST),),
    "all-values": (AllValues(), AllValues(" | ")),
    "clearable": (Clearable(), Clearable(FirstFilled(), "emptied")),
    "clean-model": (Cleaner.preset("zh").fit([{"phone": "", "name": "", "email": ""}]),),
    "cleaner": (Cleaner.preset("mixed"), Cleaner({"industry": "text"}, others="text")),
    "compare-addresses": (Addresses(), Addresses("home", name="address")),
    "compare-companies": (Companies(), Companies("employer")),
    "compare-dates": (Dates("born"), Dates("born", month_first=True)),
    "compare-emails": (Emails(),),
    "compare-exact": (Exact("gender"), Exact("level", term_frequency=False)),
    "compare-identifiers": (Identifiers("uscc", read="uscc"), Identifiers("card_no")),
    "compare-name-part": (NamePart("surname", other="given_name"), NamePart("surname")),
    "compare-names": (PersonNames(), PersonNames("contact")),
    "compare-phones": (Phones(), Phones("mobile", region="CN", name="phone")),
    "compare-texts": (Texts("city"), Texts("city", bars=(0.9,), term_frequency=False)),
    "composite-key": (CompositeKey((PHONE, ExactKey("name", read="name"))),),
    "dedupe": (Dedupe.preset("contact"), Dedupe((PHONE, ExactKey("email", read="email")))),
    "exact-key": (PHONE, ExactKey(("name", "company"))),
    "first-filled": (FirstFilled(),),
    "in-turn": (InTurn((MostValid("phone", "CN"), MostRecent())),),
    "longest": (Longest(),),
    "matcher": (Dedupe((PHONE,), id="customer_id").fit([]),),
    "max-value": (MaxValue(),),
    "merge": (
        Merge(),
        Merge({"name": Longest()}, MostFrequent()),
        Merge(groups=(FieldGroup(("city", "street"), MostRecent()),), source="channel"),
    ),
    "min-value": (MinValue(),),
    "most-complete": (MostComplete(), MostComplete(("city", "phone"))),
    "most-frequent": (MostFrequent(),),
    "most-recent": (MostRecent(),),
    "most-valid": (MostValid("email"), MostValid("phone", "CN")),
    "source-priority": (SourcePriority(("north", "south")),),
    "strictest-consent": (StrictestConsent(), StrictestConsent("permission")),
    "sum-of-values": (Sum(),),
    "allocation": (SHARE, SHARE_ALL, Allocation()),
    "allocation-model": (SHARE.fit(),),
    "first": (
        First("revenue"),
        First("tier", words=("low", "medium", "high")),
        First("age", smallest=True),
    ),
    "classes": (Classes(),),
    "exact": (Optimal(),),
    "hash": (Hash(), Hash(by_places=False)),
    "greedy": (Greedy(), Greedy("priority")),
    "match-wish": (Match("industry"), Match("territory", "region", required=True, separator=";")),
    "milp": (Milp(), Milp(0.01, near=4, nodes=500)),
    "no-deal": (NoDeal(levels={"low": 60, "high": 120}, spares="opportunity"),),
    "no-follow-up": (NoFollowUp(14, levels={"high": 30}), NoFollowUp(0, spares=())),
    "no-opportunity": (NoOpportunity(45),),
    "pool": (SEA, Pool(protection=Protection(3, extend=9, maximum=None))),
    "pool-model": (SEA.on("2026-06-30"), Pools([SEA], columns=NO_LOCKS).on("2024-03-05")),
    "pools": (SEAS,),
    "rep-results": (Results(), Results("revenue_won", "won", "sum", strength=9.0)),
    "senior": (Senior(),),
    "stay": (Stay(), Stay(required=True)),
    "voice": (Voice("preference"), Voice("complaint", strict=True)),
    "at-work": (
        AtWork(WorkHours(start="08:30", end="17:00")),
        AtWork(WorkHours(availability=Availability(), wait=None), within=24),
    ),
    "availability-buckets": (
        AvailabilityBuckets(),
        AvailabilityBuckets(MostRoom(), WorkHours(availability=Availability()), within=48),
        AvailabilityBuckets(SmoothWeighted(), WorkHours(wait="hours")),
    ),
    "cap": (Cap(2), Cap("most", "week"), Cap(0, "month")),
    "credit-level": (CreditLevel(), CreditLevel(no_shows=False, catch_up=True, weight="share")),
    "daily-quota": (DailyQuota(), DailyQuota("monthly", 21, since="2026-06-30T10:00")),
    "has-room": (HasRoom(), HasRoom("most", default=4, load="now", live=True)),
    "least-loaded": (LeastLoaded(), LeastLoaded(relative=True, capacity="most", live=True)),
    "longest-waiting": (LongestWaiting(),),
    "most-room": (MostRoom(), MostRoom("most", load="now")),
    "price-guided": (
        PriceGuided({"R1": 0.25, "R2": 0.5}),
        PriceGuided({"R0": 0.1}, solved=date(2026, 5, 1), half_life=30, follow=1),
    ),
    "rate-limit": (RateLimit(2), RateLimit("most", 1.5)),
    "round-robin": (RoundRobin(), RoundRobin("count"), RoundRobin(order="rank")),
    "router": (Router(), DESK, Router(RoundRobin(), owners=["industry", "territory"], tz="UTC")),
    "rule-book": (
        RuleBook([], Fallback(pool="public")),
        RuleBook(
            [
                Rule("named", cs.F("territory") == "all", to=To(reps=["R1", "R9"])),
                Rule(
                    "dear",
                    (cs.F("revenue") >= 100) & ~(cs.F("industry").one_of("retail", "medical")),
                    to=cs.F("seniority") >= 3,
                ),
                Rule("quiet", cs.F("contact_days") > 2 * cs.F("recency_days"), to=To(pool="sea")),
                Rule("home", to=Same("territory", separator=";")),
            ],
            Fallback(team="north"),
            trees=RegionTree("territory", {"north": "all", "south": "all"}),
        ),
        RuleBook(
            [
                Rule("any", cs.F("revenue").is_present(), to=To(team=["north", "south"])),
                Rule("here", cs.F("territory") == "north", to=Same("territory")),
            ],
            Fallback(reps="R0"),
            match="all",
            trees=RegionTree("territory", china=True),
            column="group",
        ),
    ),
    "smooth-weighted": (SmoothWeighted(), SmoothWeighted("share")),
    "sticky-hash": (StickyHash(), StickyHash("industry", weight="share")),
    "availability": (
        Availability(as_of="2026-06-30"),
        Availability(
            WorkCalendar.china(holidays=["2026-06-19"], workdays=["2026-09-20"]),
            leaves=[Leave("R1", "2026-06-29"), Leave("R2", "2026-06-30", "2026-07-02")],
            leave_from="on_leave_from",
            leave_until="on_leave_until",
            within=2,
        ),
    ),
    "avoid": (Avoid("excluded_reps"), Avoid.preset("complaint"), Avoid.preset("competitor")),
    "cool-off": (CoolOff(30), CoolOff(0, "former", released="freed_at", as_of="2026-06-30")),
    "do-not-assign": (DoNotAssign([("C001", "R1"), ("C001", "R2"), ("C999", "R1")]),),
    "relationship": tuple(Relationship.preset(name) for name in ("years",)),
    "seniority": (
        Seniority([{"high": 100, "medium": 30}, {"high": 30}], required=True),
        Seniority(
            [{"high": 2}, {}],
            rep_column="level",
            levels=("north", "south", "south-west", "O'Hara & Co"),
        ),
    ),
    "skills": (Skills(), Skills("industry", "industry", needed="any", required=True)),
    "territory": (
        Territory([Area("north"), Area("south", "north", phones=["021", "138"])], nearest=True),
        Territory([Area("south"), Area("north", "south", accounts=["C003"])], required=True),
    ),
    "urgency": (
        Urgency.preset("customer", typical=500),
        Urgency.preset("lead"),
        Urgency([PriorityTerm("tier", 10, words=("low", "medium", "high"), smallest=True)]),
    ),
}
EXAMPLES = {**SETTINGS, **JOBS, **BUYING, **STRATEGIES}


def listed(table):
    """Pairs of kind and example, for `pytest.mark.parametrize`."""
    return [
        pytest.param(kind, made, id=f"{kind}-{i}")
        for kind, examples in table.items()
        for i, made in enumerate(examples)
    ]


@cache
def ours():
    """The kinds that custseg brings, not those that tests and examples name."""
    points = entry_points(group=GROUP)
    return {point.name for point in points if point.value.startswith("custseg.")}


def row_models():
    """The fitted models of the examples that work row by row."""
    examples = [model for some in STRATEGIES.values() for model in some]
    made = [model for model in examples if isinstance(model, RowModel)]
    curves = (Decay(90), Points(((-10, -1), (35, 1), (70, 0.2))), Steps((1, 100), (0, 0.5, 1)))
    cards = [Scorecard((Factor("revenue", worth=9.99, curve=curve),)) for curve in curves]
    every = [*made, *cards, Lifecycle().fit([]), TierPlan(Thresholds((0.0, 100.0))).fit([])]
    return [pytest.param(one, id=f"{type(one).__name__}-{i}") for i, one in enumerate(every)]
