"""Names and types of Spark beside those of Arrow."""

from typing import Any

from custseg.frames.optional import optional


def quoted(name: str) -> str:
    """A column name for an expression of Spark.

    Args:
        name: The name as it is; dots and backticks are part of it.

    >>> quoted("paid.at")
    '`paid.at`'
    """
    return "`" + name.replace("`", "``") + "`"


def session_zone(frame: Any) -> str:
    """The time zone in which the session shows its moments.

    Args:
        frame: A DataFrame of Spark.
    """
    return str(frame.sparkSession.conf.get("spark.sql.session.timeZone"))


def arrow_schema(frame: Any) -> Any:
    """The columns of a DataFrame as its workers get them.

    A moment (TIMESTAMP) is on the clock of the session; TIMESTAMP_NTZ has no zone.

    Args:
        frame: A DataFrame of Spark.
    """
    types = optional("pyspark.sql.pandas.types", extra="spark")
    return types.to_arrow_schema(frame.schema, timezone=session_zone(frame))


def spark_schema(schema: Any) -> Any:
    """The same columns as a schema of Spark.

    Args:
        schema: A schema of Arrow, of plain types.
    """
    types = optional("pyspark.sql.pandas.types", extra="spark")
    return types.from_arrow_schema(schema, prefer_timestamp_ntz=True)


def on_clock(held: Any, zone: str) -> Any:
    """Collected rows with their moments on the clock of the session, as its workers see them.

    Args:
        held: An Arrow table.
        zone: Time zone of the session.
    """
    import pyarrow as pa  # noqa: PLC0415 - loaded only where Spark works

    fields = [
        pa.field(one.name, pa.timestamp(one.type.unit, zone))
        if pa.types.is_timestamp(one.type) and one.type.tz
        else one
        for one in held.schema
    ]
    return pa.Table.from_arrays(
        [column.cast(one.type) for column, one in zip(held.columns, fields, strict=True)],
        schema=pa.schema([pa.field(one.name, one.type) for one in fields]),
    )
