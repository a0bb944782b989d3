"""Questions to DuckDB in SQL of our own, without a view for each of them.

``relation.query`` puts a view into the catalog for the length of the call. From then on every
relation is bound anew, with all the steps that led to it, when it is asked the next time.
"""

from typing import Any


def beside(relation: Any, sql: str, custseg_held: Any = None) -> Any:  # noqa: ARG001 - DuckDB looks it up by its name
    """A query on the connection of a relation, free of the steps that led to the relation.

    A relation made from another one holds its whole text, which is planned again with every step.

    Args:
        relation: The relation.
        sql: A query that does not read it.
        custseg_held: What the query reads by this name.
    """
    return relation._con.sql(sql)  # noqa: SLF001 - a relation tells its connection nowhere else


def over(relation: Any, sql: str, custseg_held: Any = None) -> Any:  # noqa: ARG001 - same
    """A query on a relation, to be asked at once.

    The answer does not hold what the relation reads in memory: the caller holds the relation.

    Args:
        relation: The relation.
        sql: A query that calls it ``custseg_rows``.
        custseg_held: What the query reads by this name.
    """
    # a step of our own on top: what a user wrote may be a statement that no query can be put over
    text, values = relation.project("*")._statement()  # noqa: SLF001 - the text alone leaves out the values
    session = relation._con  # noqa: SLF001 - a relation tells its connection nowhere else
    return session.sql(f"WITH custseg_rows AS ({text}) {sql}", **given(values))


def given(values: Any) -> dict[str, Any]:
    """Values of the parameters in a text as ``sql`` takes them.

    Args:
        values: What a relation holds of them.
    """
    return {"params": values} if values else {}
