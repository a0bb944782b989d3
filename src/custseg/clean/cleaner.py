"""The spec of cleaning: what each column holds."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final, Literal, TypeVar

import attrs

from custseg import frames
from custseg._typing import words
from custseg.clean.assessing.report import Quality
from custseg.clean.assessing.rules import QualityRules
from custseg.clean.cell import Policy
from custseg.clean.inside.looking import looked_at
from custseg.clean.model import CleanModel
from custseg.errors import ConfigError, did_you_mean
from custseg.frames import Table
from custseg.values.columns import KINDS, Kind, is_id, kind_of
from custseg.values.dialling import REGIONS

T = TypeVar("T")
Locale = Literal["zh", "en", "mixed"]
Others = Literal["keep", "text", "all"]
"""What is done with columns whose name tells nothing."""

Holds = Literal[Kind, "keep"]
"""What a column holds; ``keep`` leaves a column alone that its name would give away."""

_LOCALES: Final[Mapping[str, str | None]] = {"zh": "CN", "en": "US", "mixed": None}


def _known_kinds(_: object, __: object, fields: Mapping[str, str]) -> None:
    for column, kind in fields.items():
        if kind not in KINDS and kind != "keep":
            known = [*KINDS, "keep"]
            msg = f"knows no kind {kind!r}, only {known}.{did_you_mean(kind, known)}"
            raise ConfigError(msg, f"fields.{column}")


def _known_region(_: object, __: object, region: str | None) -> None:
    if region is not None and region not in REGIONS:
        msg = f"knows no region {region!r}.{did_you_mean(region, REGIONS)} Known: {list(REGIONS)}"
        raise ConfigError(msg, "region")


def _not_negative(_: object, __: object, weights: Mapping[str, float]) -> None:
    for column, weight in weights.items():
        if not 0 <= weight < float("inf"):
            msg = f"a weight must be 0 or more, got {weight}"
            raise ConfigError(msg, f"weights.{column}")


@attrs.frozen
class Cleaner:
    """Normalise values, and take out what only stands in for one.

    Attributes:
        fields: What each column holds: ``text``, ``person``, ``company``, ``name``
            (of a person or a company), ``phone``, ``email``, ``uscc``, ``id_card``,
            ``date``; ``keep`` for a column to leave alone.
        region: Two-letter code of the country that a bare phone number belongs to;
            None if it is not known. In ``US`` and ``CA`` the month of a date stands first.
        recognise: Whether columns that are not named are told by their usual names.
        others: What to do with all other columns: ``keep`` them, read those that
            hold text as ``text``, or look at ``all``, which leaves numbers, days and the
            like as they are but counts them; columns of lists and the like stay.
        id: The column with the customers' ids, for the change log; None takes a
            column with a usual name.
        invalid: What becomes of a value that cannot be right: ``keep`` it, tidied and
            counted, or make it ``missing``. Placeholders always become missing.
        placeholders: More texts that stand for nothing, in any case.
        weights: What a column counts for in completeness; 1 if it is not named.
        region_by: A column that tells where each record is at home (its country, province, city
            or address): phones and dates are read by it, and by ``region`` where it tells nothing.

    Raises:
        ConfigError: A kind or region is not known, or a weight is below 0.

    Example:
        >>> spec = Cleaner({"phone": "phone", "name": "person"})
        >>> people = [{"name": "王 小明 先生", "phone": "(021) 6234－5678"}, {"name": "无"}]
        >>> spec.fit(people).apply(people)
        [{'name': '王小明', 'phone': '+862162345678'}, {'name': None, 'phone': None}]
    """

    fields: Mapping[str, Holds] = attrs.field(factory=dict[str, Holds], validator=_known_kinds)
    region: str | None = attrs.field(default="CN", validator=_known_region)
    recognise: bool = attrs.field(default=False, kw_only=True)
    others: Others = attrs.field(default="keep", kw_only=True)
    id: str | None = attrs.field(default=None, kw_only=True)
    invalid: Policy = attrs.field(default="keep", kw_only=True)
    placeholders: tuple[str, ...] = attrs.field(default=(), converter=words, kw_only=True)
    weights: Mapping[str, float] = attrs.field(
        factory=dict[str, float], validator=_not_negative, kw_only=True
    )
    region_by: str | None = attrs.field(default=None, kw_only=True)

    @classmethod
    def preset(
        cls,
        locale: Locale = "mixed",
        *,
        fields: Mapping[str, Holds] | None = None,
        others: Others = "keep",
    ) -> "Cleaner":
        """Columns told by their usual names, Chinese and English.

        Args:
            locale: Where the records come from: ``zh`` reads bare phone numbers as
                Chinese, ``en`` as North American; ``mixed`` takes the likelier and
                flags it.
            fields: What columns hold whose name does not tell it.
            others: What to do with all other columns.

        Raises:
            ConfigError: There is no such locale.

        Example:
            >>> Cleaner.preset("zh").fit([{"手机号": "", "积分": 3}]).fields
            {'手机号': 'phone'}
        """
        if locale not in _LOCALES:
            known = list(_LOCALES)
            msg = f"knows no {locale!r}, only {known}.{did_you_mean(locale, known)}"
            raise ConfigError(msg, "locale")
        return cls(dict(fields or {}), _LOCALES[locale], recognise=True, others=others)

    def fit(self, data: object) -> CleanModel:
        """Settle what each column of a table holds.

        Args:
            data: Records or a table. A lazy one tells only its column names, unless
                ``others`` asks what they hold: then its engine does.

        Returns:
            The model, as plain data.

        Raises:
            MissingColumnError: A column that was named is not there.
        """
        opened = frames.table(data)
        named = (*self.fields, *self.weights, self.id, self.region_by)
        opened.require(name for name in named if name is not None)
        names = opened.columns or tuple(self.fields)  # no records at all may have any column
        ids = self.id or next((name for name in names if is_id(name)), None)
        fields: dict[str, Kind] = {}
        for name in names:
            if (kind := self._held(name)) is not None:
                fields[name] = kind
        rest = [n for n in names if n not in fields and n not in self.fields and n != ids]
        for name in self._texts(opened, rest):
            fields[name] = "text"
        return CleanModel(
            fields,
            self.region,
            ids,
            self.invalid,
            self.placeholders,
            self.weights,
            self.region_by,
        )

    def _held(self, column: str) -> Kind | None:
        """What a column holds, as it was said or as its name tells."""
        said = self.fields.get(column)
        if said == "keep":
            return None
        return said or (kind_of(column) if self.recognise else None)

    def _texts(self, opened: Table[Any], rest: list[str]) -> list[str]:
        """Those other columns that are to be read as text."""
        if self.others == "keep" or not rest:
            return []
        wanted = ("texts", "nothing", "other") if self.others == "all" else ("texts",)
        return [name for name, seen in looked_at(opened, rest).items() if seen in wanted]


def clean(data: T, locale: Locale = "mixed", *, fields: Mapping[str, Holds] | None = None) -> T:
    """Clean a table: the one-call form of a preset.

    Args:
        data: Records or a table.
        locale: Where the records come from.
        fields: What columns hold whose name does not tell it.

    Returns:
        The same kind of table with its columns cleaned in place.

    Raises:
        MissingColumnError: A column that was named is not there.
        ConfigError: A kind or locale is not known.

    Example:
        >>> clean([{"邮箱": " Li.Lei@QQ.com ", "城市": "请选择"}])
        [{'邮箱': 'li.lei@qq.com', '城市': None}]
    """
    return Cleaner.preset(locale, fields=fields).fit(data).apply(data)


def quality(
    data: object,
    cleaner: Cleaner | None = None,
    *,
    rules: QualityRules | None = None,
    as_of: date | str | None = None,
) -> Quality:
    """How good a table is: complete, valid, unique, consistent and fresh, by field and record.

    Args:
        data: Records or a table.
        cleaner: What each column holds; by default told by the usual names, and all
            others looked at too, texts for placeholders.
        rules: How long values last, whose they are, what must agree, which column is the value of
            a customer.
        as_of: The day at which values are as old as they are; by default that of the column
            ``as_of``. Without either, freshness is not looked at.

    Raises:
        MissingColumnError: A column that was named is not there.

    Example:
        >>> quality([{"phone": "138"}, {"phone": None}]).field("phone").invalid
        1
        >>> old = [{"email": "li@qq.com", "updated_at": "2024-06-30"}]
        >>> found = quality(old, as_of="2026-06-30")
        >>> found.due()[0]["due"].isoformat(), round(float(found.score[0]), 2)
        ('2024-11-29', 0.6)
    """
    spec = cleaner or Cleaner.preset("mixed", others="all")
    opened = frames.table(data)
    return spec.fit(opened).quality(opened, rules, as_of=as_of)
