"""Traditional characters as the simplified ones that word lists are written in."""

from typing import Final

from custseg.values.tables import table

_SIMPLE: Final = {ord(pair[0]): pair[1] for pair in table("variants")["simplified"]}


def simplified(text: str) -> str:
    """The text with common traditional characters in their simplified form, for comparing.

    Character by character: enough to find words of a list, not to write a text anew.

    Args:
        text: Any text.

    Source: the pairs were written for this library after 通用规范汉字表 (2013).

    Example:
        >>> simplified("這間餐廳的態度很好"), simplified("plain")
        ('这间餐厅的态度很好', 'plain')
    """
    return text if text.isascii() else text.translate(_SIMPLE)
