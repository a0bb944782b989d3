"""Rows that Spark keeps, as a table of its own: the steps before are not planned again."""

from threading import Lock
from typing import Any, Final

from custseg.frames.optional import optional

_MERGED: Final = "spark.sql.optimizer.canChangeCachedPlanOutputPartitioning"
_ONE_AT_A_TIME: Final = Lock()


def persisted(frame: Any) -> Any:
    """A DataFrame whose rows Spark keeps, in no more partitions than they fill.

    Without being told to, Spark keeps as many partitions as a shuffle may have at most, and each
    question would start a worker on every one of them, most of them nearly empty.

    Args:
        frame: A DataFrame, classic or of Connect.
    """
    settings = frame.sparkSession.conf
    with _ONE_AT_A_TIME:
        before = settings.get(_MERGED, None)
        settings.set(_MERGED, "true")
        try:
            return frame.persist()
        finally:
            settings.unset(_MERGED) if before is None else settings.set(_MERGED, before)


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
