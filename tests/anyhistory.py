"""Small histories of a few customers around one day, for laws: some of it happens later."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

AS_OF = "2026-06-30"
ZONES = ("UTC", "Asia/Shanghai", "America/New_York")
_MIDNIGHT = datetime(2026, 6, 30, 12)  # noqa: DTZ001 - the company's own clock

offsets = st.sampled_from([0, 11 * 3600 + 3599, 12 * 3600, -12 * 3600, 30 * 3600]) | st.integers(
    -500 * 86_400, 40 * 86_400
)
naive = offsets.map(lambda seconds: _MIDNIGHT + timedelta(seconds=seconds))
aware = offsets.map(lambda seconds: _MIDNIGHT.replace(tzinfo=UTC) + timedelta(seconds=seconds))
ids = st.sampled_from(["00017", "17", "李伟", "x"])
amounts = st.none() | st.sampled_from([0.0, 10.0, 19.99, -5.0, 1e6]) | st.integers(1, 99).map(float)


def texts(*words):
    return st.none() | st.sampled_from(words)


def table(moment, **columns):
    fields = {"customer_id": st.none() | ids, "at": st.none() | moment, **columns}
    return st.lists(st.fixed_dictionaries(fields), max_size=6)


@st.composite
def histories(draw):
    """Every table that a profile reads; moments of one table all have a zone, or none has."""

    def moment():
        return draw(st.sampled_from([naive, aware]))

    return {
        "transactions": draw(
            table(
                moment(),
                amount=amounts,
                order_id=texts("O1", "O2"),
                product=texts("tea", "cup"),
                category=texts("drinks", "ware"),
                channel=texts("shop", "web"),
                cost=amounts,
                status=texts("paid", "cancelled"),
                quantity=st.sampled_from([1.0, 2.0]),
            )
        ),
        "interactions": draw(
            table(moment(), channel=texts("call", "email"), direction=texts("inbound", "outbound"))
        ),
        "feedback": draw(
            table(
                moment(),
                kind=texts("complaint", "praise"),
                score=st.none() | st.sampled_from([1.0, 3.0, 5.0]),
                scale=texts("stars", "nps"),
                text=texts("very good service", "terrible", "服务很好"),
            )
        ),
        "visits": draw(
            table(moment(), pages=st.sampled_from([0.0, 3.0, None]), clicks=st.just(1.0))
        ),
        "opportunities": draw(opportunities(moment())),
    }


def opportunities(moment):
    """Deals; one that is closed says how, the others are still under way."""
    under_way = st.fixed_dictionaries(
        {
            "customer_id": st.none() | ids,
            "opened_at": st.none() | moment,
            "closed_at": st.none(),
            "stage": texts("new", "talks"),
        }
    )
    over = st.fixed_dictionaries(
        {
            "customer_id": ids,
            "opened_at": moment,
            "closed_at": moment,
            "stage": st.sampled_from(["won", "lost"]),
        }
    )
    return st.lists(under_way | over, max_size=5)


def is_later(moment, tz, day=AS_OF):
    """Whether a moment is after the end of a day on the company's clock."""
    if moment is None:
        return False
    local = moment if moment.tzinfo is None else moment.astimezone(ZoneInfo(tz))
    return local.date().isoformat() > day


def known_then(tables, tz):
    """The same tables as they stood at the end of the day."""
    out = {
        name: [row for row in rows if not is_later(row["at"], tz)]
        for name, rows in tables.items()
        if name != "opportunities"
    }
    deals = [row for row in tables["opportunities"] if not is_later(row["opened_at"], tz)]
    still = {"closed_at": None, "stage": "talks"}
    out["opportunities"] = [
        {**row, **still} if is_later(row["closed_at"], tz) else row for row in deals
    ]
    return out


people = st.lists(ids, min_size=1, unique=True).map(
    lambda some: [
        {"customer_id": key, "name": f"N {key}", "referrer_id": some[0] if i else None}
        for i, key in enumerate(some)
    ]
)
