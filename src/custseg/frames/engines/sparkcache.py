"""Rows that Spark keeps, as a table of its own: the steps before are not planned again."""

from typing import Any

from custseg.frames.optional import optional


def rooted(kept: Any) -> Any:
    """A DataFrame that begins with the rows that another one keeps.

    A DataFrame made of a persisted one holds all steps before it, and Spark analyses and compares
    them at each question. Lost rows are still worked out again: the kept ones know their steps.

    Args:
        kept: A persisted DataFrame; of Spark Connect, or where the JVM is out of reach, it stays
            as it is.
    """
    known = getattr(kept, "_jdf", None)
    if known is None:
        return kept
    errors = optional("py4j.protocol", extra="spark")
    session = kept.sparkSession
    try:
        relation = known.queryExecution().withCachedData()
        jvm = session._jvm.org.apache.spark.sql.classic  # noqa: SLF001 - no public way in
        made = jvm.Dataset.ofRows(session._jsparkSession, relation)  # noqa: SLF001
    except (errors.Py4JError, TypeError):  # another layout of Spark's, or a guarded JVM
        return kept
    frame = type(kept)(made, session)
    frame.unpersist = kept.unpersist  # Spark finds what is kept by the steps that led to it
    return frame
