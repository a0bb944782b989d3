"""Where does a telephone number belong?"""

from collections.abc import Mapping
from functools import cache

from custseg.values import phones
from custseg.values.reading import Reading
from custseg.values.tables import table


def read(text: str | None, region: str | None = None) -> Reading:
    """Read where a telephone number belongs.

    A landline of China tells the province; a mobile tells the country alone, since numbers move
    with their owners.

    Args:
        text: The number as it was typed, or None.
        region: Two-letter code of the country that a bare number belongs to; None if it is not
            known: then a number that may be of two countries tells nothing.

    Returns:
        The reading; its key is a province of China or a country. Problems: those of
        ``phones.read``, and ``unlisted`` for a number that belongs to no country.

    Source: ITU-T E.164, assigned country codes; the area codes of the North American Numbering
    Plan; the area codes of China.

    Example:
        >>> [read(text).key for text in ("+86 21 6234 5678", "13800138000", "+44 20 7946 0018")]
        ['shanghai', 'china', 'gb']
    """
    number = phones.read(text, region=region)
    if number.key is None or number.problem == "ambiguous_region":
        return Reading(number.value, None, number.problem)
    code = _called(number.key.partition(";")[0])
    return Reading(number.value, code, None if code else "unlisted")


def _called(number: str) -> str | None:
    """Whose number it is."""
    if phones.kind(number) == "landline":
        dialled, areas = "0" + number.removeprefix("+86"), _codes("provinces", "area_codes")
        return next((areas[dialled[:n]] for n in (4, 3) if dialled[:n] in areas), "china")
    digits, calling = number.removeprefix("+"), _codes("countries", "calling_codes")
    code = next((calling[digits[:n]] for n in (4, 3, 2, 1) if digits[:n] in calling), None)
    return "china" if code == "CN" else code.lower() if code else None


@cache
def _codes(subject: str, section: str) -> Mapping[str, str]:
    return dict(row.split() for row in table(subject)[section])
