"""Show the bare doctests of docstrings as code: Markdown reads `>>>` as a quotation."""

import re

import griffe

_DOCTEST = re.compile(r"^>>> .*(?:\n(?!\n).+)*", re.MULTILINE)
# Only the plural is a section to the parser; the singular would become a box with raw text in it.
_SECTION = re.compile(r"^Example:$", re.MULTILINE)


class FenceDoctests(griffe.Extension):
    """Put a fence around each doctest that stands outside an `Examples:` section."""

    def on_object(self, *, obj: griffe.Object, **_: object) -> None:
        """Rewrite the docstring of one object before it is parsed."""
        if obj.docstring and "```" not in obj.docstring.value:
            text = _SECTION.sub("Examples:", obj.docstring.value)
            obj.docstring.value = _DOCTEST.sub(r"```pycon\n\g<0>\n```", text)
