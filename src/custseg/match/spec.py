"""The spec of matching: by which keys records are one customer."""

from collections.abc import Sequence
from typing import Any, Literal, TypeVar, cast, get_args

import attrs

from custseg import frames
from custseg._typing import words
from custseg.errors import ConfigError
from custseg.frames import Table
from custseg.match.blocking.candidates import Which
from custseg.match.clustering.settings import Clusters
from custseg.match.comparing.comparison import Comparison
from custseg.match.ids import USUAL
from custseg.match.inside.running import Inside
from custseg.match.keys import MatchKey, rule_of
from custseg.match.matcher import Matched, Matcher, Repeats, finished, finished_inside
from custseg.match.opened import Opened, needs_of
from custseg.match.parts import within
from custseg.match.presets import SHARED, Locale, Names, Preset, preset_parts, region_of

T = TypeVar("T")
CAP = 50
BLOCK_CAP = 1000


@attrs.frozen
class Dedupe:
    """Find records of one customer by keys that must be the same.

    Records that share a key are one customer, and so are records that are joined through others.

    Attributes:
        keys: The keys, the surest first: any of them suffices.
        passes: The keys under which pairs worth comparing are looked for; one suffices to be
            compared, none suffices to be one customer.
        comparisons: In what respects such pairs are compared and weighed.
        apart: Keys that keep two records apart if both have one and the two differ: two valid
            identity numbers are two people.
        shared: The comparisons, by name, of what a family or an office shares, such as phone and
            address: they agree together in relatives too. How many pairs of these there are is
            learnt, and how rare a shared value is counts only beside something of one's own.
        clusters: How weighed pairs become customers.
        id: The column with the ids of the records; None takes ``customer_id``, ``record_id`` or
            ``id``, and counts the rows where there is none.
        source: The column that says where a record comes from, if it matters.
        which: Which pairs are compared, by their sources: ``all``, those ``within`` a source, or
            those ``across`` two.
        region: Where a phone number without a country code belongs, such as ``CN``.
        cap: A key that more records share than this joins none of them: it is a switchboard or a
            placeholder. Such keys are named in the report.
        block_cap: A pass does not compare the records of a key that more records share than this.
        repeated_ids: What to do where two records bear one id: ``refuse`` it, or ``merge`` them.
        absent: What to do with a key whose column the table lacks: ``refuse`` it, or ``skip`` the
            key as long as another remains.
        required: Columns that the table must have whatever is skipped, such as those that were
            named.

    Raises:
        ConfigError: There is neither a key nor a comparison, there are passes without comparisons
            or the reverse, two bear the same name, a cap is below 2, or pairs are limited by their
            sources and no column says these.

    >>> from custseg.match import ExactKey
    >>> people = [{"id": 2, "email": "LI@corp.cn"}, {"id": 1, "email": "li@corp.cn"}]
    >>> for one in Dedupe((ExactKey("email", read="email"),)).fit(people).apply(people):
    ...     print(one["id"], one["entity_id"], one["match_rule"])
    2 1 email
    1 1 email
    """

    keys: tuple[MatchKey, ...] = ()
    passes: tuple[MatchKey, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    apart: tuple[MatchKey, ...] = ()
    shared: tuple[str, ...] = attrs.field(default=(), converter=words)
    clusters: Clusters = attrs.field(factory=Clusters)
    id: str | None = None
    source: str | None = None
    which: Which = "all"
    region: str | None = None
    cap: int = CAP
    block_cap: int = BLOCK_CAP
    repeated_ids: Repeats = "refuse"
    absent: Literal["refuse", "skip"] = "refuse"
    required: tuple[str, ...] = attrs.field(default=(), converter=words)

    def __attrs_post_init__(self) -> None:
        if not self.keys and not self.comparisons:
            msg = "matching needs at least one key, or comparisons and passes"
            raise ConfigError(msg, "keys")
        if bool(self.passes) != bool(self.comparisons):
            msg = "passes find the pairs that comparisons weigh: give both, or neither"
            raise ConfigError(msg, "comparisons" if self.passes else "passes")
        if self.absent == "refuse":  # else those of one name are alternatives
            for path in ("keys", "passes", "apart"):
                _own_names(path, [rule_of(key) for key in getattr(self, path)])
            _own_names("comparisons", [one.name for one in self.comparisons])
        _known_sources(self.which, self.source)
        for path in ("cap", "block_cap"):
            if getattr(self, path) < 2:  # noqa: PLR2004 - the fewest that can be one customer
                msg = f"at least 2 records must be let share a key, got {getattr(self, path)}"
                raise ConfigError(msg, path)

    @classmethod
    def preset(
        cls, preset: Preset, *, locale: Locale = "mixed", names: Names | None = None
    ) -> "Dedupe":
        """The usual keys for people, companies or contacts, as far as the table has their columns.

        Args:
            preset: ``person``, ``company``, ``contact`` (a person at a company) or ``household``
                (a family at an address).
            locale: ``zh``, ``en`` or ``mixed``: how a phone without a country code is read.
            names: Columns by role, where they are not called so: ``name`` or ``given_name`` and
                ``surname``, ``company``, ``phone``, ``email``, ``social``, ``id_card``, ``uscc``,
                ``birthday``, ``address``, ``street_number``, ``suburb``, ``city``, ``postcode``,
                ``id``, ``source``, and ``extra`` for further columns to compare as text. The table
                must have the columns that are named here.

        Raises:
            ConfigError: There is no such preset, locale or role.

        >>> Dedupe.preset("person", locale="zh", names={"phone": "mobile"}).passes[1].rule
        'phone+name'
        """
        given = dict(names or {})
        found = preset_parts(preset, locale, given)
        return cls(
            **attrs.asdict(found, recurse=False),
            id=_one(given.get("id"), "id"),
            source=_one(given.get("source"), "source"),
            region=region_of(locale),
            shared=SHARED[preset],
            absent="skip",
            required=[column for one in given.values() for column in words(one or ())],
        )

    def fit(self, table: object) -> Matcher:
        """Settle which keys this table has the columns for.

        Args:
            table: Records or a table.

        Returns:
            The matcher, as plain data.

        Raises:
            MissingColumnError: A column is not there.
            ConfigError: Not one key is left.
        """
        return self._fitted(frames.table(table))[0]

    def run(self, table: T) -> Matched[T]:
        """Fit and apply at once: the pairs of the table are found and compared only once.

        Args:
            table: Records or a table.

        Raises:
            MissingColumnError: A column is not there.
            ConfigError: Not one key is left.
            DataError: Two records bear one id, and that is not to be merged.

        >>> from custseg.match import ExactKey
        >>> people = [{"id": 2, "email": "LI@corp.cn"}, {"id": 1, "email": "li@corp.cn"}]
        >>> Dedupe((ExactKey("email", read="email"),)).run(people).report.entities
        1
        """
        there = frames.table(table)
        matcher, opened = self._fitted(there)
        if opened is None:
            return matcher.run(table)
        if isinstance(opened, Inside):
            return cast("Matched[T]", finished_inside(matcher, opened))
        return cast("Matched[T]", finished(matcher, opened))

    def _fitted(self, there: Table[Any]) -> tuple[Matcher, Opened | Inside | None]:
        spec, lost = self._settled(there)
        plain = Matcher(
            keys=spec.keys,
            id=spec.id,
            cap=spec.cap,
            repeated_ids=spec.repeated_ids,
            absent=lost,
            passes=spec.passes,
            comparisons=spec.comparisons,
            apart=spec.apart,
            clusters=spec.clusters,
            source=spec.source,
            which=spec.which,
            region=spec.region,
            block_cap=spec.block_cap,
        )
        if not spec.comparisons:
            return plain, None
        inside = Inside.of(plain, there, learning=True) if there.lazy else None
        if inside is not None:
            return attrs.evolve(plain, learnt=inside.taught(spec.shared)), inside
        opened = Opened.of(plain, there)
        learnt = opened.taught(plain, shared=spec.shared)
        return attrs.evolve(plain, learnt=learnt), opened

    def _settled(self, there: Table[Any]) -> tuple["Dedupe", tuple[str, ...]]:
        """What the table has the columns for, and the names of what it has not."""
        if not there.columns:  # an empty list of records: it may have any column
            kept, _, _ = within(self, tuple(needs_of(self)))
            return attrs.evolve(self, **attrs.asdict(kept, recurse=False)), ()
        column = self.id or next((name for name in USUAL if name in there.columns), None)
        there.require([name for name in (column, self.source, *self.required) if name])
        kept, lost, wanted = within(self, there.columns)
        if self.absent == "refuse":
            there.require(wanted)
        if not kept.keys and not kept.comparisons:
            raise ConfigError(_nothing_left(wanted, there.columns), "keys")
        return attrs.evolve(self, id=column, **attrs.asdict(kept, recurse=False)), lost


def _one(column: str | Sequence[str] | None, role: str) -> str | None:
    if column is None or isinstance(column, str):
        return column
    msg = f"the role takes one column, got {column!r}"
    raise ConfigError(msg, f"names.{role}")


def _known_sources(which: str, source: str | None) -> None:
    if which not in get_args(Which):
        msg = f"knows no {which!r}, only {list(get_args(Which))}"
        raise ConfigError(msg, "which")
    if which != "all" and source is None:
        msg = f"to pair records {which} sources, name the column that says where they come from"
        raise ConfigError(msg, "source")


def _nothing_left(wanted: Sequence[str], columns: Sequence[str]) -> str:
    return (
        f"no key has its columns: they need some of {sorted(set(wanted))}, the table has "
        f"{list(columns)}; say which is which, such as names={{'phone': 'mobile'}}"
    )


def _own_names(path: str, names: Sequence[str]) -> None:
    if len(set(names)) < len(names):
        msg = f"each of them needs a name of its own, got {list(names)}"
        raise ConfigError(msg, path)


def dedupe(
    table: T,
    preset: Preset = "contact",
    *,
    locale: Locale = "mixed",
    names: Names | None = None,
) -> T:
    """Say of each record which customer it is: the one-call form of a preset.

    Args:
        table: Records or a table.
        preset: What the records are.
        locale: Where they come from.
        names: Columns by role, where they are not called like their role.

    Returns:
        The table with ``entity_id`` (the smallest id among the customer's records) and
        ``match_rule`` (the first key that the record shares with another; null where it is alone).

    Raises:
        ConfigError: The table has no columns to match by.

    >>> people = [
    ...     {"id": 1, "name": "王小明", "phone": "138 0013 8000"},
    ...     {"id": 2, "name": "王小明", "phone": "+8613800138000"},
    ...     {"id": 3, "name": "王大明", "phone": "13800138000"},
    ... ]
    >>> [one["entity_id"] for one in dedupe(people, "person", locale="zh")]
    [1, 1, 3]
    """
    return Dedupe.preset(preset, locale=locale, names=names).run(table).table
