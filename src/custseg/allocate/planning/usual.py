"""The usual wishes for tables with the usual columns, and the call that needs no settings."""

from typing import Final, TypeVar, cast

from custseg.allocate.limiting.limits import Limits
from custseg.allocate.planning.spec import Allocation, Day
from custseg.allocate.wishing.matching import Match
from custseg.allocate.wishing.protocol import Wish
from custseg.allocate.wishing.ranking import Senior
from custseg.allocate.wishing.staying import Stay
from custseg.errors import MissingColumnError, did_you_mean
from custseg.frames import table

T = TypeVar("T")

_CAPACITY: Final = "capacity"
_USUAL: Final[tuple[tuple[Wish, float], ...]] = (
    (Stay(), 100.0),
    (Match("territory", separator=";", code="same_territory"), 40.0),
    (Match("region", separator=";", code="same_territory"), 40.0),
    (Match("industry", separator=";", code="same_industry"), 25.0),
    (Match("industry", "industries", separator=";", code="same_industry"), 25.0),
    (Senior(), 20.0),
    (Match("language", separator=";", code="same_language"), 10.0),
    (Match("language", "languages", separator=";", code="same_language"), 10.0),
)


def suggest(customers: object, reps: object) -> Allocation:
    """The usual wishes, as far as both tables have the columns for them.

    The present owner weighs 100, so that customers move only away from who is full, away or gone;
    then territory or region 40, industry 25, tier to seniority 20, language 10. Cells may list
    several words, separated by ``;``, and the representatives' columns may be called
    ``industries`` and ``languages``. ``capacity`` bounds if it is there; the larger ``revenue``
    comes first.

    Args:
        customers: One row a customer; only names of columns are looked at.
        reps: One row a representative; likewise.

    Raises:
        MissingColumnError: The reps have no ``capacity`` but a column of nearly that name: capacity
            that is not read would be unlimited.

    >>> usual = suggest([{"customer_id": 1, "region": "N"}], [{"rep_id": 1, "region": "N"}])
    >>> [wish.column for wish in usual.wishes], usual.weights
    (['region'], (40.0,))
    """
    mine, theirs = set(table(customers).columns), set(table(reps).columns)
    if _CAPACITY not in theirs and did_you_mean(_CAPACITY, theirs):
        raise MissingColumnError(_CAPACITY, sorted(theirs))
    chosen = [
        (wish, weight)
        for wish, weight in _USUAL
        if mine.issuperset(wish.needs) and theirs.issuperset(wish.rep_needs)
    ]
    return Allocation(
        wishes=[wish for wish, _ in chosen],
        weights=[weight for _, weight in chosen],
        limits=Limits(_CAPACITY if _CAPACITY in theirs else None),
        priority=["revenue"] if "revenue" in mine else [],
    )


def assign(customers: T, reps: object, *, as_of: Day | None = None) -> T:
    """Customers with an owner each, by the usual wishes (``suggest``).

    Args:
        customers: One row a customer.
        reps: One row a representative.
        as_of: The day of the plan; needed where somebody has leave.

    Returns:
        The same kind of table with ``owner`` and ``owner_reason``.

    Raises:
        CustsegError: As ``Allocation.assign``.

    >>> assign(
    ...     [{"customer_id": 1, "region": "沪"}, {"customer_id": 2, "region": "京"}],
    ...     [{"rep_id": "王", "region": "京"}, {"rep_id": "李", "region": "沪;苏"}],
    ... )  # doctest: +NORMALIZE_WHITESPACE
    [{'customer_id': 1, 'region': '沪', 'owner': '李', 'owner_reason': 'same_territory'},
     {'customer_id': 2, 'region': '京', 'owner': '王', 'owner_reason': 'same_territory'}]
    """
    people, team = table(customers), table(reps)
    plan = suggest(people, team).assign(people, team, as_of=as_of)
    return cast("T", plan.table)
