"""The words for what a key or a pass reads, put together from its parts."""

from custseg.labels import label, table
from custseg.match.weighing.weights import field_word


def rule_word(code: str, locale: str = "en") -> str:
    """The words for a key or a pass: its own where it has some, else those of its parts.

    Args:
        code: The code of the key, such as ``name:sound+city``.
        locale: ``en`` or ``zh``.

    >>> rule_word("name:sound+phone:last4"), rule_word("phone+name"), rule_word("vip-list")
    ('name (by sound) and phone (last 4 digits)', 'phone and name', 'vip-list')
    """
    if code in table(locale):
        return table(locale)[code]
    *most, last = (_part(atom, locale) for atom in code.split("+"))
    first = label("rule.comma", locale).join(most)
    return label("rule.and", locale).format(first=first, last=last) if most else last


def _part(atom: str, locale: str) -> str:
    role, _, read = atom.partition(":")
    form = table(locale).get(f"rule.{read}") if read else None
    if read and form is None:
        return atom
    field = field_word(role, locale)
    return form.format(field=field) if form else field
