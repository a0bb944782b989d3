"""What every fitted model can do: read some columns of each row, add others; rows do not meet."""

import logging
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Any, TypeVar, cast, final

import attrs

from custseg.errors import CustsegError
from custseg.labels import label, title
from custseg.layout import html_table
from custseg.reasons import Explanation
from custseg.rules import Rule, merged
from custseg.showing import Shown

_LOG = logging.getLogger(__name__)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from custseg._typing import Column, Columns, Gives, Needs
    from custseg.frames import Table

T = TypeVar("T")
Record = Mapping[str, object]
Scalar = Callable[[Mapping[str, Any]], dict[str, Any]]
_CHUNK = 10_000


class RowModel(Shown):
    """A fitted model of plain numbers, ready to apply.

    A model gives either ``rules`` (neutral trees: then numpy, one record, lazy engines and SQL
    follow from them) or ``needs``, ``gives`` and a numpy ``kernel``.

    >>> import attrs
    >>> from custseg.rules import F, Ladder
    >>> @attrs.frozen
    ... class Big(RowModel):
    ...     def rules(self):
    ...         return {"big": Ladder(((F("orders") >= 10, "yes"),), "no")}
    >>> Big().one({"orders": 12})
    {'orders': 12, 'big': 'yes'}
    >>> Big().apply([{"orders": 3}, {"orders": None}])
    [{'orders': 3, 'big': 'no'}, {'orders': None, 'big': 'no'}]
    """

    __slots__ = ("_scalar",)

    _scalar: "Scalar"

    def rules(self) -> Mapping[str, Rule]:
        """Output column -> tree; empty where the model has a kernel of its own."""
        return {}

    @property
    def needs(self) -> "Needs":
        """The columns it reads, and as what."""
        return merged(rule.needs for rule in self.rules().values())

    @property
    def gives(self) -> "Mapping[str, Gives]":
        """The columns it adds: ordered words of a label, or ``number``."""
        return {name: rule.words or "number" for name, rule in self.rules().items()}

    def html(self, locale: str = "en") -> str:
        """The same as a small page for notebooks."""
        reads = ", ".join(title(name, locale) for name in self.needs)
        adds = ", ".join(title(name, locale) for name in self.gives)
        rows = [(label("model.reads", locale), reads), (label("model.adds", locale), adds)]
        return html_table(("", ""), rows)

    @property
    def optional(self) -> frozenset[str]:
        """Needed columns that a table may lack; they are missing then (models with a kernel)."""
        return frozenset()

    def kernel(self, cols: "Columns") -> "Columns":
        """Map read columns to added columns; pure numpy."""
        from custseg.frames import evaluated_all  # noqa: PLC0415 - numpy is loaded where it is used

        size = len(_first(cols))
        return evaluated_all(self.rules(), cols, size)

    def shortcut(self) -> "Scalar | None":
        """A faster function of one record than the kernel, with the same answers; or ``None``."""
        return None

    def explain(self, record: Record) -> Explanation:
        """Why one record is decided as it is."""
        out = self.one(record)
        decision = {name: out[name] for name in self.gives}
        return Explanation(next(iter(decision)), decision)

    @final
    def apply(self, data: T) -> T:
        """Add the model's columns to a table.

        Args:
            data: Records, or any table that ``frames.table`` opens. An iterator gives an
                iterator; a lazy table stays lazy: its engine works out rules, and hands the
                columns that a kernel needs to it, some rows at a time.

        Returns:
            The same kind of table; the input is not changed.

        Raises:
            MissingColumnError: A needed column is missing.
            DataError: A column does not hold what is needed.
        """
        from custseg.frames import is_iterator, table  # noqa: PLC0415 - loaded where it is used

        if is_iterator(data):
            return cast("T", self._stream(cast("Iterator[object]", data)))
        opened = table(data)
        rows = "an engine's" if opened.lazy else opened.size
        _LOG.debug("%s is applied to %s rows", type(self).__name__, rows)
        rules = self.rules()
        if rules and not opened.heavy(rules):
            return cast("T", opened.push(rules))
        if opened.lazy:
            return cast("T", _by_rows(self, opened))
        return cast("T", opened.attach(dict(self.kernel(_read(self, opened)))))

    @final
    def one(self, record: Record) -> dict[str, Any]:
        """Add the model's columns to one record, in microseconds where the model has rules.

        Args:
            record: A dict, attrs or dataclass object with every needed key.

        Returns:
            A new dict; missing answers are ``None``.

        Raises:
            MissingColumnError: A needed key is missing.
            DataError: A value is not what is needed.
        """
        given: Any = record
        if type(record) is not dict:
            from custseg.frames import as_mapping  # noqa: PLC0415 - loaded where it is used

            given = as_mapping(record)
        added = self.scalar(given)
        return {**given, **added}

    @final
    def exprs(self, *, like: object) -> dict[str, Any]:
        """The model's columns as expressions of the library of a table, to build queries with.

        Args:
            like: A table with the needed columns: Polars, DuckDB or Spark.

        Returns:
            Column -> a Polars ``Expr``, a DuckDB ``Expression`` or a PySpark ``Column``, without
            a name. Labels are texts.

        Raises:
            CustsegError: The model has no rules, so no expression says what it does.
            MissingColumnError: A needed column is missing.
            DataError: A column does not hold what is needed, or the library has no expressions.
        """
        from custseg.frames import table  # noqa: PLC0415 - loaded where it is used

        return table(like).expressions(self._ruled("no expression; use apply"))

    @final
    def to_sql(self, *, table: str = "customers", dialect: str = "duckdb") -> str:
        """A SELECT that adds the model's columns in a warehouse.

        Args:
            table: Name of the table that holds the needed columns.
            dialect: ``duckdb``, or any dialect of sqlglot (extra ``sql``).

        Raises:
            CustsegError: The model has no rules, so it has no SQL form.
        """
        from custseg.frames.query import statement  # noqa: PLC0415 - loaded where it is used

        return statement(self._ruled("no SQL form; use apply"), table=table, dialect=dialect)

    @property
    @final
    def scalar(self) -> Scalar:
        """The model as a function of one mapping to the columns it adds, compiled once."""
        try:
            return self._scalar
        except AttributeError:
            made = _scalar_of(self)
            object.__setattr__(self, "_scalar", made)
            return made

    def _ruled(self, lacking: str) -> Mapping[str, Rule]:
        rules = self.rules()
        if not rules:
            msg = f"{type(self).__name__} computes with numpy and has {lacking}"
            raise CustsegError(msg)
        return rules

    def _stream(self, records: Iterator[object]) -> Iterator[dict[str, Any]]:
        while chunk := list(islice(records, _CHUNK)):
            yield from cast("list[dict[str, Any]]", self.apply(chunk))


@attrs.frozen(eq=False)
class _Kernel:
    """A model's work on some rows of an engine: its columns alone.

    Attributes:
        model: The model.
    """

    model: RowModel

    def __call__(self, rows: "Table[Any]") -> object:
        """Run the kernel."""
        return rows.build(dict(self.model.kernel(_read(self.model, rows))))


def _by_rows(model: RowModel, opened: "Table[Any]") -> object:
    """A lazy table with a kernel's columns, labels in the order of their words."""
    from custseg.frames import by_row, table  # noqa: PLC0415 - loaded where it is used

    known = opened.columns
    needs = tuple(name for name in model.needs if name in known or name not in model.optional)
    made = by_row(opened, _Kernel(model), needs=needs)
    labels = {name: words for name, words in model.gives.items() if not isinstance(words, str)}
    return table(made).labelled(labels) if labels else made


def _first(cols: "Columns") -> Any:  # noqa: ANN401 - any column has a length
    column: Any = next(iter(cols.values()), ())
    return getattr(column, "at", column)


def _read(model: RowModel, opened: "Table[Any]") -> "dict[str, Column]":
    """The columns that a kernel needs; those that may be lacking and do are missing."""
    needs, known = model.needs, opened.columns
    lacking = {name for name in model.optional if name not in known}
    cols = opened.read({name: kind for name, kind in needs.items() if name not in lacking})
    if not lacking:
        return cols
    from custseg.frames import unknown  # noqa: PLC0415 - numpy is loaded where it is used

    size = len(_first(cols)) if cols else opened.size
    return {n: unknown(k, size) if n in lacking else cols[n] for n, k in needs.items()}


def _scalar_of(model: RowModel) -> Scalar:
    rules = model.rules()
    return _by_rules(rules) if rules else model.shortcut() or _by_kernel(model)


def _by_rules(rules: Mapping[str, Rule]) -> Scalar:
    from custseg.frames.scalar import compiled, reader  # noqa: PLC0415 - loaded where it is used
    from custseg.frames.staged import Stages  # noqa: PLC0415 - loaded where it is used

    read = reader(merged(rule.needs for rule in rules.values()))
    stages = Stages.of(rules)
    held = [(name, compiled(rule)) for level in stages.levels for name, rule in level.items()]
    writers = [(name, compiled(rule)) for name, rule in stages.outputs.items()]

    def run(record: Mapping[str, Any]) -> dict[str, Any]:
        row = read(record)
        for name, write in held:
            row[name] = write(row)
        return {name: _known(write(row)) for name, write in writers}

    return run


def _by_kernel(model: RowModel) -> Scalar:
    from custseg.frames import table  # noqa: PLC0415 - loaded where it is used
    from custseg.frames.table import plain  # noqa: PLC0415 - loaded where it is used

    def run(record: Mapping[str, Any]) -> dict[str, Any]:
        cols = model.kernel(_read(model, table([record])))
        return {name: plain(column)[0] for name, column in cols.items()}

    return run


def _known(value: Any) -> Any:  # noqa: ANN401 - word or number
    return None if value != value else value  # noqa: PLR0124 - NaN test
