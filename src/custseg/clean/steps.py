"""What was done to a value, step by step: told afterwards, from what it was and what it is."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from custseg.values.columns import Kind
from custseg.values.mojibake import repair
from custseg.values.text import close_gaps, tidy

_WORD: Final = re.compile(r"[^\W_]+")
_NOT_DIGIT: Final = re.compile(r"[^0-9]+")

STEPS: Final = (
    *("repaired_text", "unseen_marks", "full_width", "spaces", "letter_case", "number_as_text"),
    *("separators", "country_code", "extension", "title_removed", "name_order", "wrapping"),
)
"""What can be told of a change beyond its rule."""


def steps(kind: Kind, rule: str, old: object, new: object) -> tuple[str, ...]:
    """What was done to a value, in the order in which it is done.

    Args:
        kind: What the value is.
        rule: The rule by which it changed.
        old: What it was.
        new: What it became, None if it was taken out.

    Returns:
        Codes such as ``full_width``; the rule itself where it says more than they do.

    >>> steps("text", "tidy_text", " Ulm\u200b", "Ulm")
    ('unseen_marks', 'spaces')
    >>> steps("phone", "phone_form", "138-0013-8000", "+8613800138000")
    ('separators', 'country_code')
    >>> steps("phone", "placeholder", "n/a", None)
    ('placeholder',)
    """
    if not isinstance(new, str):
        return (rule,)
    done: list[str] = []
    text = old if isinstance(old, str) else str(old)
    if not isinstance(old, str):
        done.append("number_as_text")
    fixed = repair(text)
    if fixed is not None:
        done.append("repaired_text")
        text = fixed
    done += _characters(text)
    plain = tidy(text) or ""
    if plain != new:
        done += _TOLD.get(kind, _form)(plain, new, rule)
    return tuple(dict.fromkeys(done)) or (rule,)


def _characters(text: str) -> Iterator[str]:
    """What `tidy` takes out of a text."""
    plain = unicodedata.normalize("NFKC", text)
    if " ".join(plain.split()) != tidy(text):
        yield "unseen_marks"
    if plain.replace(" ", "") != re.sub(r"\s", "", text) and any(
        unicodedata.normalize("NFKC", mark) != mark for mark in text if not mark.isspace()
    ):
        yield "full_width"
    if " ".join(text.split()) != text:
        yield "spaces"


def _form(plain: str, new: str, rule: str) -> Iterator[str]:
    """Capital letters, gaps, or else the rule."""
    if plain.casefold() == new.casefold():
        yield "letter_case"
    elif close_gaps(plain) == new:
        yield "spaces"
    else:
        yield rule


def _phone(plain: str, new: str, rule: str) -> Iterator[str]:
    number, extended, _ = new.partition(";ext=")
    given, digits = _NOT_DIGIT.sub("", plain), _NOT_DIGIT.sub("", number)
    if " / " in new or not (digits.endswith(given[-5:]) or extended):
        yield rule
        return
    if len(given) < len(plain.removeprefix("+")):
        yield "separators"
    if not given.startswith(digits[:2]) or len(given) < len(digits):
        yield "country_code"
    if extended:
        yield "extension"
    if not plain.startswith("+") and given == digits:
        yield rule


def _person(plain: str, new: str, rule: str) -> Iterator[str]:
    before, after = _WORD.findall(plain), _WORD.findall(new)
    if close_gaps(plain) == new:
        yield "spaces"
    elif before != after and sorted(before) == sorted(after):
        yield "name_order"
    elif len("".join(after)) < len("".join(before)):
        yield "title_removed"
        if sorted(set(after)) != after and before[-len(after) :] != after != before[: len(after)]:
            yield "name_order"
    else:
        yield from _form(plain, new, rule)


def _email(plain: str, new: str, rule: str) -> Iterator[str]:
    lower = plain.lower()
    if plain != lower:
        yield "letter_case"
    if lower != new:
        yield "wrapping" if new in lower else rule


_TOLD: Final[Mapping[Kind, Callable[[str, str, str], Iterator[str]]]] = {
    "phone": _phone,
    "person": _person,
    "name": _person,
    "email": _email,
}
