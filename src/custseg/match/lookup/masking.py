"""Values that somebody may recognise but not read."""

_HEAD, _TAIL = 3, 4
_NUMBER = 11
"""The digits of a mobile number: of a shorter one, three and four would be nearly all."""
_END = 2


def masked(value: str | None) -> str | None:
    """A value of which enough is left to be recognised by who knows it.

    Numbers of eleven and more digits keep their first three and last four signs, shorter ones and
    days the last two; addresses of mail their first letter and what stands after the ``@``,
    anything else its first letter. What is one sign long is not shown.

    Args:
        value: The value.

    >>> masked("+8613800138000"), masked("li.lei@corp.cn"), masked("Anna Smith"), masked(None)
    ('+86*******8000', 'l*****@corp.cn', 'A*********', None)
    >>> masked("1990-05-17"), masked("X")
    ('********17', '*')
    """
    if not value:
        return value
    user, at, host = value.rpartition("@")
    if at:
        return f"{_first(user)}@{host}"
    digits = sum(sign.isdigit() for sign in value)
    if 2 * digits <= len(value):
        return _first(value)
    head, tail = (_HEAD, _TAIL) if digits >= _NUMBER else (0, min(_END, len(value) // 3))
    return f"{value[:head]}{'*' * (len(value) - head - tail)}{value[len(value) - tail :]}"


def _first(value: str) -> str:
    """The first sign, if there are more."""
    return value[:1] + "*" * (len(value) - 1) if len(value) > 1 else "*"
