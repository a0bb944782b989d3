"""Which groups do many companies have? Presets, as data to start from."""

from collections.abc import Callable, Mapping
from datetime import date
from inspect import signature
from itertools import pairwise
from types import MappingProxyType
from typing import Any, Final

from custseg.classify.groups.habits import consumption_habit, purchase_behaviour
from custseg.classify.groups.holds import Holds
from custseg.classify.groups.preset import UNKNOWN, Made
from custseg.classify.groups.reads import Read
from custseg.errors import ConfigError, did_you_mean
from custseg.rules import Bands, Choice, Condition, F, Ladder
from custseg.values import categories
from custseg.values.categories import Coding, Subject
from custseg.values.places import Level

AGES: Final = (18, 25, 35, 45, 55, 65)
INCOMES: Final[Mapping[str, tuple[float, float]]] = MappingProxyType(
    {"CN": (100_000.0, 500_000.0), "US": (56_600.0, 169_800.0)}
)
"""Where the middle incomes of a country begin and end: household income a year.

Source: CN: National Bureau of Statistics, a typical household of three, 2018 (100,000 to 500,000
yuan). US: Pew Research Center, "The State of the American Middle Class" (May 2024), two thirds to
twice the median, household of three, income of 2022 (56,600 to 169,800 dollars).
"""

_WHERE: Final[Mapping[str, Holds]] = {
    "province": "place",
    "city": "place",
    "country": "country",
    "phone": "phone",
}
_NOTHING: Final[Mapping[str, str]] = {}
_OLDEST: Final = 120
# What systems write where no birthday is known.
_NO_BIRTHDAY: Final = (date(1900, 1, 1), date(1970, 1, 1))


def industry(
    *,
    column: str = "industry",
    coding: Coding | None = None,
    words: Mapping[str, str] = _NOTHING,
) -> Made:
    """Industries: the sections of GB/T 4754 joined with those of ISIC.

    Args:
        column: The column with the industry, in Chinese or English words.
        coding: ``gbt4754`` or ``isic4`` where the column holds codes such as C39.
        words: Texts of your own and their group.
    """
    return _read(_subject("industry", column, coding or "industry", words))


def occupation(*, column: str = "occupation", words: Mapping[str, str] = _NOTHING) -> Made:
    """Occupations: the major groups of ISCO-08 and 职业分类大典, and who has none.

    Args:
        column: The column with the occupation.
        words: Texts of your own and their group.
    """
    return _read(_subject("occupation", column, "occupation", words))


def gender(*, column: str = "gender", words: Mapping[str, str] = _NOTHING) -> Made:
    """Gender. Bare digits are not read, since systems differ in what 0 and 1 mean.

    Args:
        column: The column with the gender.
        words: Texts of your own and their group, such as ``{"1": "male", "2": "female"}``.
    """
    return _read(_subject("gender", column, "gender", words))


def region(
    *,
    column: str = "",
    columns: Mapping[str, Holds] = _WHERE,
    level: Level = "region",
    words: Mapping[str, str] = _NOTHING,
) -> Made:
    """Regions: seven of China, and the parts of the world.

    Args:
        column: One column with a province, a city or an address; instead of ``columns``.
        columns: Columns in the order in which they are asked, and what each holds; those that a
            table lacks are left out.
        level: ``region``, ``continent``, or ``place`` for provinces and countries.
        words: Texts of your own and the place that they stand for.
    """
    return _read(Read("region", {column: "place"} if column else columns, words, level))


def age_band(
    *,
    column: str = "",
    as_of: date | str | None = None,
    edges: tuple[int, ...] = AGES,
    typed: bool = False,
) -> Made:
    """Bands of age, from an age or, with ``as_of``, from a date of birth.

    Nobody is younger than 0 or older than 120, and 1900-01-01 and 1970-01-01 are no birthdays:
    they are what systems write for unknown.

    Args:
        column: The column with the age (``age``) or the date of birth (``birthday``).
        as_of: The day on which the age counts; then the column holds dates of birth.
        edges: Ages at which a band begins.
        typed: Whether dates of birth are texts as people typed them.
    """
    names = _bands(edges)
    if as_of is None:
        if typed:
            msg = "typed dates of birth need the day on which the age counts: as_of"
            raise ConfigError(msg, "as_of")
        return Made(_by_age(F(column or "age"), edges, names))
    day = as_of if isinstance(as_of, date) else _day(as_of)
    if not typed:
        return Made(_by_birth(F(column or "birthday"), day, edges, names))
    born = Read("born", {column or "birthday": "birth_date"})
    return Made(_by_birth(F("born"), day, edges, names), (born,))


def income_band(
    *,
    column: str = "income",
    edges: tuple[float, ...] = (),
    country: str = "",
    typed: bool = False,
) -> Made:
    """Low, middle and high income.

    Args:
        column: The column with the income a year.
        edges: Where the middle incomes begin and where the high ones do.
        country: Instead of edges, a country of ``INCOMES``.
        typed: Whether the column holds texts such as 10-20万 or under 30k. A range that lies on
            both sides of an edge is in no band.
    """
    low, high = _income_edges(edges, country)
    names = ("low_income", "middle_income", "high_income")
    if not typed:
        return Made(Bands(column, (low, high), names, missing=UNKNOWN))
    reads = (
        Read("income_low", {column: "amount_low"}),
        Read("income_high", {column: "amount_high"}),
    )
    least, most = F("income_low"), F("income_high")
    steps = (most <= low, (least >= low) & (most <= high), least >= high)
    return Made(Ladder(tuple(zip(steps, names, strict=True)), UNKNOWN), reads)


PRESETS: Final[Mapping[str, Callable[..., Made]]] = MappingProxyType(
    {
        "industry": industry,
        "region": region,
        "purchase_behaviour": purchase_behaviour,
        "age_band": age_band,
        "gender": gender,
        "income_band": income_band,
        "occupation": occupation,
        "consumption_habit": consumption_habit,
    }
)
_COLUMNS: Final = {subject: f"{subject}_group" for subject in (*categories.SUBJECTS, "region")}


def preset(name: str, settings: Mapping[str, Any]) -> tuple[str, Made]:
    """The column and the rule of a preset.

    Args:
        name: One of ``PRESETS``.
        settings: What its function takes.

    Raises:
        ConfigError: There is no such preset or setting.

    >>> column, made = preset("income_band", {"country": "CN"})
    >>> column, made.rule.edges
    ('income_band', (100000.0, 500000.0))
    """
    if name not in PRESETS:
        msg = f"no preset {name!r}; there are {list(PRESETS)}.{did_you_mean(name, PRESETS)}"
        raise ConfigError(msg)
    known = signature(PRESETS[name]).parameters
    for setting in settings:
        if setting not in known:
            hint = did_you_mean(setting, known)
            msg = f"the preset {name!r} has no setting {setting!r}, only {list(known)}.{hint}"
            raise ConfigError(msg)
    return _COLUMNS.get(name, name), PRESETS[name](**settings)


def _subject(name: Subject, column: str, holds: Holds, words: Mapping[str, str]) -> Read:
    return Read(name, {column: holds}, words)


def _read(read: Read) -> Made:
    """Each code is its own group."""
    groups = tuple((code, code) for code in read.codes)
    return Made(Choice(read.name, groups, otherwise=UNKNOWN, missing=UNKNOWN), (read,))


def _bands(edges: tuple[int, ...]) -> tuple[str, ...]:
    """Names of the bands between ages."""
    if not edges or edges[0] <= 0 or any(a >= b for a, b in pairwise(edges)):
        msg = f"edges must be ages above 0 that ascend, got {list(edges)}"
        raise ConfigError(msg, "edges")
    inner = (f"{low}_{high - 1}" for low, high in pairwise(edges))
    return (f"under_{edges[0]}", *inner, f"{edges[-1]}_and_over")


def _by_age(age: F, edges: tuple[int, ...], names: tuple[str, ...]) -> Ladder:
    steps: list[tuple[Condition, str]] = [((age < 0) | (age > _OLDEST), UNKNOWN)]
    steps += [(age < edge, name) for edge, name in zip(edges, names, strict=False)]
    steps.append((age >= edges[-1], names[-1]))
    return Ladder(tuple(steps), UNKNOWN, (*names, UNKNOWN))


def _by_birth(born: F, day: date, edges: tuple[int, ...], names: tuple[str, ...]) -> Ladder:
    """Who is N years old was born N years ago or before."""
    odd = (born > day) | (born <= _years_before(day, _OLDEST + 1)) | born.one_of(*_NO_BIRTHDAY)
    steps: list[tuple[Condition, str]] = [(odd, UNKNOWN)]
    steps += [
        (born > _years_before(day, edge), name) for edge, name in zip(edges, names, strict=False)
    ]
    steps.append((born <= _years_before(day, edges[-1]), names[-1]))
    return Ladder(tuple(steps), UNKNOWN, (*names, UNKNOWN))


def _years_before(day: date, years: int) -> date:
    """The last birthday of those who are that old; born on 29 February, one waits for 1 March."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        msg = f"as_of is no date, got {text!r}; write YYYY-MM-DD"
        raise ConfigError(msg, "as_of") from error


def _income_edges(edges: tuple[float, ...], country: str) -> tuple[float, float]:
    """The two edges, as given or of a country."""
    if country and country not in INCOMES:
        msg = f"no edges are known for {country!r}, only for {list(INCOMES)}; give edges"
        raise ConfigError(msg, "country")
    found = edges or INCOMES.get(country, ())
    if len(found) != 2 or not found[0] < found[1]:  # noqa: PLR2004 - three groups have two edges
        msg = (
            f"income bands need two edges that ascend, or a country of {list(INCOMES)}; "
            f"got {list(edges)}"
        )
        raise ConfigError(msg, "edges")
    return float(found[0]), float(found[1])
