"""Which levels of a comparison can SQL tell, and how?"""

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from typing import Any, Final, TypeAlias

from custseg.match.comparing.addresses import Addresses
from custseg.match.comparing.companies import Companies
from custseg.match.comparing.comparison import Comparison
from custseg.match.comparing.dates import Dates
from custseg.match.comparing.emails import Emails
from custseg.match.comparing.names import Names
from custseg.match.comparing.parts import NamePart
from custseg.match.comparing.phones import Phones
from custseg.match.comparing.texts import Identifiers, Texts

Conditions: TypeAlias = Mapping[str, str]
"""Level -> condition in which ``@l`` and ``@r`` are the two sides, ``@local.l`` a piece of one."""

_SIDE: Final = re.compile(r"@(?:(\w+)\.)?([lr])\b")


def conditions(one: Comparison) -> Conditions:
    """The levels between the same and different that SQL of DuckDB can tell.

    Its measures of likeness count bytes, so they are asked of letters and digits alone. Of other
    scripts it is counted in how many places two texts differ, or that one has a sign more; that
    two signs are swapped it does not see.

    >>> from custseg.match import Exact
    >>> conditions(Exact("city")), conditions(Emails())["same_local"]
    ({}, '@local.l = @local.r')
    """
    made = _KNOWN.get(type(one))
    return {} if made is None else made(one)


def pieces(condition: str) -> Iterator[str]:
    """The pieces of a value that a condition looks at.

    >>> list(pieces("@local.l = @local.r AND @l <> @r"))
    ['local', 'local']
    """
    return (found[1] for found in _SIDE.finditer(condition) if found[1])


def spelled(condition: str, column: str) -> str:
    """The condition on a column, as splink calls the two sides of a pair.

    >>> spelled("@local.l = @local.r", "email")
    '"email_local_l" = "email_local_r"'
    """
    return _SIDE.sub(lambda found: _quoted(column, found[1], found[2]), condition)


def _quoted(column: str, piece: str | None, side: str) -> str:
    name = "_".join(part for part in (column, piece, side) if part)
    return '"' + name.replace('"', '""') + '"'


def _letters(piece: str = "") -> str:
    sides = [f"@{piece}{side}" for side in "lr"]
    return " AND ".join(f"strlen({side}) = length({side})" for side in sides)


def _alike(bar: float, piece: str = "", word: int = 0) -> str:
    """Jaro-Winkler of two texts in letters, or of one word of each."""
    sides = [f"@{piece}{side}" for side in "lr"]
    words = [f"split_part({side}, ' ', {word})" for side in sides] if word else sides
    return f"{_letters(piece)} AND jaro_winkler_similarity({', '.join(words)}) >= {bar}"


def _edits(most: int, least: int) -> str:
    near = f"damerau_levenshtein(@l, @r) <= {most}"
    return f"({_letters()} AND {near} AND least(length(@l), length(@r)) >= {least})"


def _places(most: int, least: int) -> str:
    """Texts in another script that differ in some places, or of which one has a sign more."""
    pairs = "list_zip(string_split(@l, ''), string_split(@r, ''))"
    apart = (
        f"length(@l) = length(@r) AND len(list_filter({pairs}, lambda p: p[1] <> p[2])) <= {most}"
    )
    told = _either(apart, _one_more("@l", "@r"), _one_more("@r", "@l"))
    return f"(NOT ({_letters()}) AND least(length(@l), length(@r)) >= {least} AND ({told}))"


def _one_more(longer: str, shorter: str) -> str:
    without = f"substr({longer}, 1, i - 1) || substr({longer}, i + 1) = {shorter}"
    any_place = f"len(list_filter(range(1, length({longer}) + 1), lambda i: {without})) > 0"
    return f"length({longer}) = length({shorter}) + 1 AND {any_place}"


def _either(*told: str) -> str:
    return " OR ".join(f"({one})" for one in told)


def _identifiers(_: Any) -> Conditions:  # noqa: ANN401 - of every such comparison the same
    return {"one_edit": _edits(1, 5), "two_edits": _edits(2, 7)}


def _phones(_: Any) -> Conditions:  # noqa: ANN401 - as above
    long = "least(length(@line.l), length(@line.r)) > 9"
    return {
        "same_line": "@line.l = @line.r",
        "one_digit": _edits(1, 8),
        "tail": f"right(@line.l, 8) = right(@line.r, 8) AND {long}",
    }


def _emails(_: Any) -> Conditions:  # noqa: ANN401 - as above
    return {
        "same_local": "@local.l = @local.r",
        "close": _edits(1, 8),
        "near": _either(
            _edits(2, 12),
            "damerau_levenshtein(@local.l, @local.r) <= 1"
            " AND least(length(@local.l), length(@local.r)) >= 6",
        ),
    }


def _names(_: Any) -> Conditions:  # noqa: ANN401 - as above
    both = {
        bar: f"{_alike(bar, 'words.', 1)} AND {_alike(bar, 'words.', -1)}" for bar in (0.9, 0.8)
    }
    last = "split_part(@words.l, ' ', -1) = split_part(@words.r, ' ', -1)"
    first = "split_part(@words.l, ' ', 1) = split_part(@words.r, ' ', 1)"
    brief = "least(length(split_part(@words.l, ' ', 1)), length(split_part(@words.r, ' ', 1))) = 1"
    initial = f"left(@words.l, 1) = left(@words.r, 1) AND {last} AND {brief}"
    return {
        "same_sound": "@sound.l = @sound.r",
        "close": _either(both[0.9], _places(1, 4)),
        "initial": f"{_letters('words.')} AND ({_either(initial, f'{first} AND {last}')})",
        "near": _either(both[0.8], _places(1, 3)),
        "half": _either("@surname.l = @surname.r", f"{_letters('words.')} AND {first}"),
    }


def _parts(one: NamePart) -> Conditions:
    initial = "left(@l, 1) = left(@r, 1) AND least(length(@l), length(@r)) = 1"
    swapped = {"swapped": "@l = @other.r AND @r = @other.l"} if one.other else {}
    return {
        **swapped,
        "close": _either(_alike(0.92), _places(1, 4)),
        "same_sound": "@sound.l = @sound.r",
        "near": _alike(0.85),
        "initial": f"{_letters()} AND {initial}",
        "faint": _alike(0.7),
    }


def _companies(_: Any) -> Conditions:  # noqa: ANN401 - as above
    return {
        "close": _either(_alike(0.92), _places(1, 4)),
        "near": _either(_alike(0.8), _places(2, 6)),
        "related": "@brand.l = @brand.r",
    }


def _dates(_: Any) -> Conditions:  # noqa: ANN401 - as above
    year, month, day = ("substr(@{0}, 1, 4)", "substr(@{0}, 5, 2)", "substr(@{0}, 7, 2)")
    same = [f"{part.format('l')} = {part.format('r')}" for part in (year, month, day)]
    turned = f"{month.format('l')} = {day.format('r')} AND {day.format('l')} = {month.format('r')}"
    days = [f"try_strptime(@{side}, '%Y%m%d')" for side in "lr"]
    within = f"abs(date_diff('day', {', '.join(days)})) <= "
    return {
        "swapped": f"{same[0]} AND {turned}",
        "one_edit": _edits(1, 8),
        "two_parts": _either(*(f"{a} AND {b}" for a, b in pairwise([*same, same[0]]))),
        "month": f"{within}31",
        "year": f"{within}366",
        "decade": f"{within}3653",
    }


def _addresses(_: Any) -> Conditions:  # noqa: ANN401 - as above
    return {
        "close": _either(_alike(0.92), _places(1, 6)),
        "near": _either(_alike(0.8), _places(2, 8)),
    }


def _texts(one: Texts) -> Conditions:
    bars = dict(zip(one.levels[1:-1], map(_alike, one.bars), strict=True))
    edits = dict(zip(one.levels[1:-1], (_places(1, 4), _places(2, 6)), strict=False))
    return {level: _either(bars[level], *filter(None, [edits.get(level)])) for level in bars}


_KNOWN: Final[Mapping[type[Any], Callable[[Any], Conditions]]] = {
    Addresses: _addresses,
    Companies: _companies,
    Dates: _dates,
    Emails: _emails,
    Identifiers: _identifiers,
    NamePart: _parts,
    Names: _names,
    Phones: _phones,
    Texts: _texts,
}
"""What is not here, such as a comparison of your own, is told the same from different alone."""
