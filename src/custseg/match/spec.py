"""The spec of matching: by which keys records are one customer."""

from collections.abc import Mapping, Sequence
from typing import Literal, TypeVar, cast

import attrs

from custseg import frames
from custseg.errors import ConfigError
from custseg.match.comparing.comparison import Comparison
from custseg.match.ids import USUAL
from custseg.match.keys import MatchKey, rule_of
from custseg.match.matcher import Matcher, Repeats
from custseg.match.presets import Locale, Preset, preset_keys

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
        id: The column with the ids of the records; None takes ``customer_id``, ``record_id`` or
            ``id``, and counts the rows where there is none.
        source: The column that says where a record comes from, if it matters.
        region: Where a phone number without a country code belongs, such as ``CN``.
        cap: A key that more records share than this joins none of them: it is a switchboard or a
            placeholder. Such keys are named in the report.
        block_cap: A pass does not compare the records of a key that more records share than this.
        repeated_ids: What to do where two records bear one id: ``refuse`` it, or ``merge`` them.
        absent: What to do with a key whose column the table lacks: ``refuse`` it, or ``skip`` the
            key as long as another remains.

    Raises:
        ConfigError: There is neither a key nor a comparison, there are passes without comparisons
            or the reverse, two bear the same name, or a cap is below 2.

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
    id: str | None = None
    source: str | None = None
    region: str | None = None
    cap: int = CAP
    block_cap: int = BLOCK_CAP
    repeated_ids: Repeats = "refuse"
    absent: Literal["refuse", "skip"] = "refuse"

    def __attrs_post_init__(self) -> None:
        if not self.keys and not self.comparisons:
            msg = "matching needs at least one key, or comparisons and passes"
            raise ConfigError(msg, "keys")
        if bool(self.passes) != bool(self.comparisons):
            msg = "passes find the pairs that comparisons weigh: give both, or neither"
            raise ConfigError(msg, "comparisons" if self.passes else "passes")
        for path in ("keys", "passes", "apart"):
            _own_names(path, [rule_of(key) for key in getattr(self, path)])
        _own_names("comparisons", [one.name for one in self.comparisons])
        for path in ("cap", "block_cap"):
            if getattr(self, path) < 2:  # noqa: PLR2004 - the fewest that can be one customer
                msg = f"at least 2 records must be let share a key, got {getattr(self, path)}"
                raise ConfigError(msg, path)

    @classmethod
    def preset(
        cls, preset: Preset, *, locale: Locale = "mixed", names: Mapping[str, str] | None = None
    ) -> "Dedupe":
        """The usual keys for people, companies or contacts, as far as the table has their columns.

        Args:
            preset: ``person``, ``company`` or ``contact`` (a person at a company).
            locale: ``zh``, ``en`` or ``mixed``: how a phone without a country code is read.
            names: Columns by role (``name``, ``phone``, ``email``, ``company``, ``address``,
                ``birthday``, ``id_card``, ``uscc``, ``id``), where they are not called so.

        Raises:
            ConfigError: There is no such preset, locale or role.

        >>> Dedupe.preset("person", locale="zh", names={"phone": "mobile"}).keys[1].rule
        'phone+name'
        """
        given = dict(names or {})
        keys = preset_keys(preset, locale, given)
        return cls(keys, id=given.get("id"), absent="skip")

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
        there = frames.table(table)
        if not there.columns:  # an empty list of records: it may have any column
            return Matcher(self.keys, self.id, self.cap, self.repeated_ids)
        column = self.id or next((name for name in USUAL if name in there.columns), None)
        there.require([column] if column else [])
        kept = tuple(key for key in self.keys if set(key.needs) <= set(there.columns))
        lost = tuple(key for key in self.keys if key not in kept)
        if self.absent == "refuse":
            there.require([name for key in lost for name in key.needs])
        if not kept:
            raise ConfigError(self._nothing_left(there.columns), "keys")
        return Matcher(kept, column, self.cap, self.repeated_ids, tuple(map(rule_of, lost)))

    def _nothing_left(self, columns: Sequence[str]) -> str:
        wanted = sorted({name for key in self.keys for name in key.needs})
        return (
            f"no key has its columns: they need some of {wanted}, the table has {list(columns)}; "
            "say which is which, such as names={'phone': 'mobile'}"
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
    names: Mapping[str, str] | None = None,
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
    opened = frames.table(table)
    matcher = Dedupe.preset(preset, locale=locale, names=names).fit(opened)
    return cast("T", matcher.apply(opened))
