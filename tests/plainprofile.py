"""Purchases and profiles in plain Python, one customer at a time: what the fast ones must equal."""

from collections import Counter
from datetime import date, datetime, timedelta
from fractions import Fraction
from itertools import pairwise
from statistics import median

from hypothesis import strategies as st

from custseg.frames import UNITS

AS_OF = date(2026, 3, 31)

ids = st.sampled_from(["a", "b", "c", "007", "张三"])
times = st.datetimes(
    datetime.fromisoformat("2025-01-01"), datetime.fromisoformat("2026-06-30")
).map(lambda t: t.replace(microsecond=0))
few_times = st.integers(0, 40).map(
    lambda n: datetime.fromisoformat("2026-03-01") + timedelta(days=n % 28, hours=n % 24)
)
amounts = st.integers(-500, 3000).map(lambda n: n / 100)
orders = st.fixed_dictionaries(
    {
        "customer_id": st.none() | ids,
        "paid_at": st.none() | times | few_times,
        "amount": st.none() | amounts,
        "order_id": st.none() | st.integers(1, 6).map(str),
        "product": st.none() | st.sampled_from(["pen", "ink", "纸"]),
        "category": st.none() | st.sampled_from(["office", "home"]),
        "channel": st.none() | st.sampled_from(["online", "shop"]),
        "cost": st.none() | amounts,
        "due_at": st.none() | few_times,
        "settled_at": st.none() | times | few_times,
        "payment_method": st.none() | st.sampled_from(["card", "微信"]),
    }
)
logs = st.lists(orders, max_size=25)
KINDS = {"customer_id": "text", "paid_at": "time", "amount": "number", "order_id": "text"}
KINDS |= {"product": "text", "category": "text", "channel": "text", "cost": "number"}
KINDS |= {"due_at": "time", "settled_at": "time", "payment_method": "text"}


def units(amount):
    return round(amount * UNITS)


def counted(log, as_of=AS_OF):
    """The rows that count, by customer."""
    out = {}
    for row in log:
        if None in (row["customer_id"], row["paid_at"], row["amount"]):
            continue
        if row["paid_at"].date() <= as_of:
            out.setdefault(row["customer_id"], []).append(row)
    return out


def days_of(rows, *, net_days=False):
    """Purchase days, of ``net_days`` only those that leave money."""
    found = sorted({row["paid_at"].date() for row in rows if row["amount"] >= 0})
    money = Counter()
    for row in rows:
        money[row["paid_at"].date()] += units(row["amount"])
    return [day for day in found if not net_days or money[day] > 0]


def summary(log, as_of=AS_OF):
    """Customer -> frequency, recency, T, monetary value; only who has bought."""
    out = {}
    for who, rows in counted(log, as_of).items():
        days = days_of(rows)
        if not days:
            continue
        later = sum(units(row["amount"]) for row in rows if row["paid_at"].date() > days[0])
        repeats = len(days) - 1
        out[who] = (
            repeats,
            float((days[-1] - days[0]).days),
            float((as_of - days[0]).days),
            later / UNITS / repeats if repeats else 0.0,
        )
    return out


def profile(log, who, as_of=AS_OF, *, net_days=False):
    """The columns that transactions make for one customer."""
    rows = counted(log, as_of).get(who, [])
    days = days_of(rows, net_days=net_days)
    buys = [row for row in rows if row["amount"] >= 0 and row["paid_at"].date() in days]
    revenue = sum(units(row["amount"]) for row in rows)
    named = {row["order_id"] for row in buys if row["order_id"] is not None}
    count = len(named) + sum(row["order_id"] is None for row in buys)
    recent = sum(units(row["amount"]) for row in rows if (as_of - row["paid_at"].date()).days < 365)
    return {
        "as_of": as_of,
        "orders": count,
        "frequency": len(days),
        "recency_days": (as_of - days[-1]).days if days else None,
        "tenure_days": (as_of - days[0]).days if days else None,
        "first_purchase": days[0] if days else None,
        "last_purchase": days[-1] if days else None,
        "revenue": revenue / UNITS,
        "revenue_365d": recent / UNITS,
        "revenue_trend": trend(rows, days),
        "average_order": revenue / UNITS / count if count else 0.0,
        "margin": margin(rows),
        "gross": sum(units(row["amount"]) for row in rows if row["amount"] >= 0) / UNITS,
        "refunds": -sum(units(row["amount"]) for row in rows if row["amount"] < 0) / UNITS,
        **gaps(days),
        "products": len({row["product"] for row in buys} - {None}),
        "categories": len({row["category"] for row in buys} - {None}),
        "favourite_category": favourite(buys, lambda row: row["category"]),
        "favourite_channel": favourite(buys, lambda row: row["channel"]),
        "favourite_payment": favourite(buys, lambda row: row["payment_method"]),
        "favourite_month": favourite(buys, lambda row: f"{row['paid_at'].month:02d}"),
        **lateness(buys, as_of),
    }


def margin(rows):
    known = [row for row in rows if row["cost"] is not None]
    if rows and not known:
        return None
    return sum(units(row["amount"]) - units(row["cost"]) for row in known) / UNITS


def trend(rows, days, last=3):
    """Money since the last few purchase days for one of as many before."""
    if len(days) < 2 * last:
        return None
    since = [
        sum(units(row["amount"]) for row in rows if low <= row["paid_at"].date() < high)
        for low, high in ((days[-2 * last], days[-last]), (days[-last], date.max))
    ]
    return since[1] / since[0] if since[0] > 0 else None


def gaps(days):
    found = [(later - day).days for day, later in pairwise(days)]
    out = dict.fromkeys(("gap_mean_days", "gap_median_days", "gap_cv"))
    out["gap_last_days"] = float(found[-1]) if found else None
    out["gap_max_days"] = float(max(found)) if found else None
    if len(found) < 2:
        return out
    mean = Fraction(sum(found), len(found))
    variance = sum((gap - mean) ** 2 for gap in found) / (len(found) - 1)
    return out | {
        "gap_mean_days": float(mean),
        "gap_median_days": float(median(found)),
        "gap_cv": float(variance) ** 0.5 / float(mean),
    }


def lateness(buys, as_of=AS_OF):
    """How late purchases were paid that were due or paid by then."""
    late, overdue, oldest = [], 0, None
    for row in buys:
        due, paid = (row[name] and row[name].date() for name in ("due_at", "settled_at"))
        unpaid = paid is None or paid > as_of
        if due is None or (unpaid and due > as_of):
            continue
        days = max(((as_of if unpaid else paid) - due).days, 0)
        late.append(days)
        if unpaid and days:
            overdue, oldest = overdue + units(row["amount"]), max(oldest or 0, days)
    return {
        "late_share": sum(days > 0 for days in late) / len(late) if late else None,
        "late_days": sum(late) / len(late) if late else None,
        "overdue": overdue / UNITS,
        "overdue_days": oldest,
    }


def favourite(buys, of):
    count, money = Counter(), Counter()
    for row in buys:
        if of(row) is not None:
            count[of(row)] += 1
            money[of(row)] += units(row["amount"])
    ranked = sorted(count, key=lambda word: (-count[word], -money[word], word))
    return ranked[0] if ranked else None


def tone(said):
    """Sentiment of one customer, from moments and whole millionths in any order."""
    blank = dict.fromkeys(("sentiment", "sentiment_mean", "sentiment_worst", "sentiment_trend"))
    if not said:
        return {**blank, "negative_share": None, "sentiment_texts": 0}
    last = max(moment for moment, _ in said)
    now = [micro for moment, micro in said if moment == last]
    before = [micro for moment, micro in said if moment < last]
    every = [micro for _, micro in said]
    latest = sum(now) / len(now) / 1e6
    return {
        "sentiment": latest,
        "sentiment_mean": sum(every) / len(every) / 1e6,
        "sentiment_worst": min(every) / 1e6,
        "sentiment_trend": latest - sum(before) / len(before) / 1e6 if before else None,
        "negative_share": sum(micro < 0 for micro in every) / len(every),
        "sentiment_texts": len(every),
    }


INBOUND, OUTBOUND = ("inbound", "来电"), ("Out", "外呼")
contacts = st.lists(
    st.fixed_dictionaries(
        {
            "customer_id": ids,
            "at": times | few_times,
            "channel": st.none() | st.sampled_from(["call", "微信", "pigeon"]),
            "direction": st.none() | st.sampled_from([*INBOUND, *OUTBOUND, "sideways"]),
        }
    ),
    max_size=12,
)
feedbacks = st.lists(
    st.fixed_dictionaries(
        {
            "customer_id": ids,
            "at": times | few_times,
            "kind": st.none() | st.sampled_from(["complaint", "投诉", "咨询", "idea", "praise"]),
            "status": st.none() | st.sampled_from(["open", "已解决", "Closed"]),
            "resolved_at": st.none() | times | few_times,
        }
    ),
    max_size=12,
)


def of(rows, who, as_of=AS_OF):
    return [row for row in rows if row["customer_id"] == who and row["at"].date() <= as_of]


def since(rows, as_of=AS_OF):
    """Days since the last of them."""
    return min((as_of - row["at"].date()).days for row in rows) if rows else None


def within(rows, days, as_of=AS_OF):
    return sum((as_of - row["at"].date()).days < days for row in rows)


def contact(rows, who):
    """The columns that interactions make for one customer."""
    rows = of(rows, who)
    came = [row for row in rows if row["direction"] in INBOUND]
    went = [row for row in rows if row["direction"] in OUTBOUND]
    heard = max((row["at"] for row in came), default=datetime.fromisoformat("1970-01-01"))
    both = len(came) + len(went)
    return {
        "interactions": len(rows),
        "interactions_90d": within(rows, 90),
        "contact_days": since(rows),
        "interactions_inbound": len(came),
        "interactions_outbound": len(went),
        "interactions_call": sum(row["channel"] == "call" for row in rows),
        "interactions_chat": sum(row["channel"] == "微信" for row in rows),
        "inbound_share": len(came) / both if both else None,
        "inbound_days": since(came),
        "outbound_days": since(went),
        "unanswered": sum(row["at"] > heard for row in went),
    }


def matters(rows, who, as_of=AS_OF):
    """The columns that kinds of feedback make for one customer."""
    rows = of(rows, who)
    bad = [row for row in rows if row["kind"] in ("complaint", "投诉")]
    over = [
        row["resolved_at"].date() <= as_of
        if row["resolved_at"]
        else row["status"] in ("已解决", "Closed")
        for row in bad
    ]
    return {
        "complaints": len(bad),
        "complaints_365d": within(bad, 365),
        "complaint_days": since(bad),
        "open_complaints": over.count(False),
        "enquiries": sum(row["kind"] == "咨询" for row in rows),
        "suggestions": sum(row["kind"] == "idea" for row in rows),
        "praises": sum(row["kind"] == "praise" for row in rows),
    }
