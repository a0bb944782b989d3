"""A fitted matcher as settings of splink, with the table that they speak of."""

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any, Final, cast

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Codes, Index
from custseg.errors import ConfigError, DataError
from custseg.frames import Table
from custseg.labels import filled, label
from custseg.match.comparing.comparison import Comparison
from custseg.match.exporting.levels import Conditions, conditions, pieces, spelled
from custseg.match.ids import ids_of
from custseg.match.keys import MatchKey, keys_of, rule_of
from custseg.match.matcher import Matcher
from custseg.match.opened import needs_of
from custseg.match.reading import Once
from custseg.match.weighing.weights import (
    LevelWeights,
    Weights,
    field_word,
    level_word,
    probability,
)
from custseg.match.wording import rule_word
from custseg.reasons import Reason
from custseg.showing import Shown

_ROW: Final = "row"
_SURE: Final = 0.95  # the F1 of five sets lay highest, or within 0.02 of it (benchmarks)
_LEAST: Final = 1e-9


@attrs.frozen
class SplinkExport(Shown):
    """What splink 5 needs to weigh the same pairs by the same evidence, on DuckDB.

    Splink compares values as they stand, so it is given them in normal form: ``table`` makes the
    columns that ``settings`` speak of. The weights are those that were learnt here; nothing need
    be trained there. Levels that SQL cannot tell count as different, with the shares that they
    had, and ``left_out`` says all that splink does not do.

    Attributes:
        matcher: The matcher, fitted, with comparisons.

    Raises:
        ConfigError: Keys alone decide: splink would have nothing to weigh.

    Source: settings of splink 5, moj-analytical-services.github.io/splink (MIT).

    >>> from custseg.match import Dedupe
    >>> people = [{"id": i, "name": f"Ann Lee{i % 3}", "city": "Ulm"} for i in range(6)]
    >>> export = SplinkExport(Dedupe.preset("person").fit(people))
    >>> (
    ...     export.settings["link_type"],
    ...     [one["output_column_name"] for one in export.settings["comparisons"]],
    ... )
    ('dedupe_only', ['name', 'city'])
    >>> export.table(people)[0]["name"], export.threshold
    ('ann lee0', 0.95)
    """

    matcher: Matcher

    def __attrs_post_init__(self) -> None:
        """Check that there is something to weigh."""
        if self.matcher.learnt is None:
            msg = "keys alone decide here; splink weighs comparisons: give the Dedupe some"
            raise ConfigError(msg, "comparisons")

    @property
    def threshold(self) -> float:
        """The probability from which pairs are put together: give it to splink's clustering.

        That joins whoever hangs together by chains of pairs, so it takes surer pairs than the
        groups that are weighed as a whole here: 0.95 at least.
        """
        return max(probability(self.matcher.clusters.start), _SURE)

    @cached_property
    def settings(self) -> dict[str, Any]:
        """The settings, as ``splink.Linker`` takes them: plain data for JSON."""
        weights = self._weights
        odds = weights.prior / (1 - weights.prior) * 2.0**weights.shift
        return {
            "link_type": "dedupe_only",
            "unique_id_column_name": self.matcher.id or _ROW,
            "probability_two_random_records_match": odds / (1 + odds),
            "blocking_rules_to_generate_predictions": [
                {"blocking_rule": rule, "sql_dialect": "duckdb"} for rule in self._blocks()
            ],
            "comparisons": [
                _comparison(one, known, weights.rarest)
                for one, known in zip(self.matcher.comparisons, weights.comparisons, strict=True)
            ],
            "retain_intermediate_calculation_columns": True,
        }

    @property
    def left_out(self) -> tuple[Reason, ...]:
        """What custseg does with these settings and splink will not."""
        return tuple(self._lost())

    def table(self, data: object) -> Any:  # noqa: ANN401 - the kind of table that was given
        """The columns that the settings speak of.

        Args:
            data: The records: of the kind of table that splink is to be given.

        Returns:
            The same kind of table: the id, each comparison's value in normal form, its pieces
            (``email_local``), and the keys under which pairs are looked for (``key_1``, ...).

        Raises:
            MissingColumnError: A column is not there.
            DataError: Two records bear one id, or one bears none.
        """
        needs = needs_of(self.matcher)
        held = frames.table(data)
        held.require([*needs, *filter(None, [self.matcher.id])])
        opened = held.select([*filter(None, [self.matcher.id]), *needs])
        once = Once(opened.read(needs))
        made: dict[str, frames.Attachable] = {self.matcher.id or _ROW: self._ids(opened)}
        for one in self.matcher.comparisons:
            made[one.name] = _plain(one.prepare(once, self.matcher.region).codes)
            for piece in sorted(_pieces(conditions(one))):
                made[f"{one.name}_{piece}"] = _plain(_piece(one, piece, once, self.matcher.region))
        for name, key, cap in self._keyed():
            made[name] = _plain(_few(keys_of(key, once), cap))
        if self.matcher.source is not None:
            made[self.matcher.source] = _plain(once.normal(self.matcher.source, "as_is", None))
        return opened.build(made)

    def text(self, locale: str = "en") -> str:
        """Lines to read: what splink is given, and what is left out.

        Args:
            locale: ``en`` or ``zh``.
        """
        count = len(self.matcher.comparisons), len(list(self._keyed()))
        head = filled(label("splink.head", locale), comparisons=count[0], rules=count[1])
        return "\n".join([head, *(f"  - {_told(one, locale)}" for one in self.left_out)])

    @property
    def _weights(self) -> Weights:
        if self.matcher.learnt is None:
            raise AssertionError  # checked when it was made
        return self.matcher.learnt.weights

    def _keyed(self) -> Iterator[tuple[str, MatchKey, int]]:
        """Columns of keys: those that decide here, then those under which pairs are looked for."""
        capped = [(key, self.matcher.cap) for key in self.matcher.keys]
        capped += [(key, self.matcher.block_cap) for key in self.matcher.passes]
        for place, (key, cap) in enumerate(capped, 1):
            yield f"key_{place}", key, cap

    def _blocks(self) -> Iterator[str]:
        source, which = self.matcher.source, self.matcher.which
        beside = ""
        if source is not None and which != "all":
            sign = "=" if which == "within" else "<>"
            quoted = source.replace('"', '""')
            beside = f' AND l."{quoted}" {sign} r."{quoted}"'
        for name, _, _ in self._keyed():
            yield f'l."{name}" = r."{name}"{beside}'

    def _ids(self, opened: Table[Any]) -> frames.Attachable:
        ids = ids_of(opened, self.matcher.id)
        if self.matcher.id is None:
            return np.arange(opened.size)
        ids.refuse_repeats()
        if (ids.at < 0).any():
            msg = "splink needs an id of every record"
            raise DataError(msg, self.matcher.id, int(np.argmax(ids.at < 0)))
        return [ids.held.values[i] for i in ids.at.tolist()]

    def _lost(self) -> Iterator[Reason]:
        for one in self.matcher.comparisons:
            lost = [name for name in one.levels[1:-1] if name not in conditions(one)]
            if lost:
                yield Reason("splink_levels", {"comparison": one.name, "levels": lost})
        if keys := [rule_of(key) for key in self.matcher.keys]:
            yield Reason("splink_keys", {"rules": keys})
        if apart := [rule_of(key) for key in self.matcher.apart]:
            yield Reason("splink_apart", {"rules": apart})
        if shared := list(self._weights.shared):
            yield Reason("splink_shared", {"comparisons": shared})
        yield Reason("splink_clusters")


def _told(lost: Reason, locale: str) -> str:
    """A sentence with its codes in words."""
    words: dict[str, Callable[[str, str], str]] = {"levels": level_word, "rules": rule_word}
    told = {
        name: label("splink.comma", locale).join(
            words.get(name, field_word)(code, locale)
            for code in ([codes] if isinstance(codes, str) else cast("list[str]", codes))
        )
        for name, codes in lost.settings.items()
    }
    return Reason(lost.code, told).text(locale)


def _comparison(one: Comparison, known: LevelWeights, rarest: float) -> dict[str, Any]:
    """One comparison: missing, the same, what SQL can tell, and the rest."""
    told = conditions(one)
    lost = [i for i, name in enumerate(one.levels) if name not in told][1:]
    levels: list[dict[str, Any]] = [
        {
            "sql_condition": spelled("@l IS NULL OR @r IS NULL", one.name),
            "label_for_charts": "missing",
            "is_null_level": True,
        }
    ]
    for at, name in enumerate(one.levels[:-1]):
        if at and name not in told:
            continue
        condition = spelled("@l = @r" if not at else told[name], one.name)
        levels.append(
            {"sql_condition": condition, **_shares(known, [at]), "label_for_charts": name}
        )
    if one.term_frequency:
        levels[1] |= {"tf_adjustment_column": one.name, "tf_minimum_u_value": rarest}
    levels.append({"sql_condition": "ELSE", **_shares(known, lost), "label_for_charts": "else"})
    return {"output_column_name": one.name, "comparison_levels": levels}


def _shares(known: LevelWeights, levels: list[int]) -> dict[str, float]:
    """How often a level, or several as one, is met; what reviews added is in the ratio."""
    shift = known.shift or (0.0,) * len(known.levels)
    m = sum(known.m[i] * 2.0 ** min(shift[i], 0.0) for i in levels)
    u = sum(known.u[i] * 2.0 ** -max(shift[i], 0.0) for i in levels)
    return {"m_probability": max(min(m, 1.0), _LEAST), "u_probability": max(min(u, 1.0), _LEAST)}


def _pieces(told: Conditions) -> set[str]:
    return {piece for condition in told.values() for piece in pieces(condition)}


def _piece(one: Any, piece: Any, once: Once, region: str | None) -> Codes:  # noqa: ANN401 - a comparison of ours, by its column
    where = getattr(one, "region", None) or region if piece == "line" else None
    if piece == "other":
        return once.normal(one.other, "text", None)
    return once.normal(one.column, piece, where)


def _few(codes: Codes, cap: int) -> Codes:
    """Keys without those that too many records share."""
    counts = np.bincount(codes.at[codes.at >= 0], minlength=len(codes.words) + 1)
    at: Index = np.where(counts[codes.at] > cap, -1, codes.at)
    return Codes(at, codes.words)


def _plain(codes: Codes) -> Codes:
    return Codes(codes.at, codes.words, plain=True)
