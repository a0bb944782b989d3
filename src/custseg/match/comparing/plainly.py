"""The forms in which values are compared, and their facets: text, scripts and words."""

from typing import Final

from custseg.match.reading import reader
from custseg.values.text import has_han
from custseg.values.variants import simplified

_TEXT: Final = reader("text")


def text(value: str) -> str | None:
    """Any text in plain spelling, traditional characters simplified; None for a placeholder.

    >>> text("  New  YORK "), text("N/A")
    ('new york', None)
    """
    form = _TEXT(value)
    return form if form is None or form.isascii() else simplified(form)


def latin(form: str) -> str | None:
    """A form without Chinese characters, whose letters may be compared one by one.

    >>> latin("ulm")
    'ulm'
    """
    return form if form.isascii() or not has_han(form) else None


def han(form: str) -> str | None:
    """A form with Chinese characters, each of which says much.

    >>> han("ulm") is None
    True
    """
    return form if not form.isascii() and has_han(form) else None


def turned(form: str) -> str | None:
    """The characters of a Chinese form in one order, so that swapped ones are the same.

    Two characters swapped are another name.

    >>> turned("ulm") is None
    True
    """
    return "".join(sorted(form)) if len(form) > 2 and has_han(form) else None  # noqa: PLR2004


def initial(form: str) -> str | None:
    """A form that is an initial.

    >>> initial("j"), initial("john")
    ('j', None)
    """
    return form if len(form) == 1 and not has_han(form) else None


def first(form: str) -> str | None:
    """The first letter of a word.

    >>> first("john")
    'j'
    """
    return form[0] if not has_han(form) else None
