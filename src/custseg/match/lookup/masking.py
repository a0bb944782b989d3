"""Values that somebody may recognise but not read."""

_HEAD, _TAIL = 3, 4


def masked(value: str | None) -> str | None:
    """A value of which enough is left to be recognised by who knows it.

    Numbers keep their first three and last four signs, addresses of mail their first letter and
    what stands after the ``@``, anything else its first letter.

    Args:
        value: The value.

    >>> masked("+8613800138000"), masked("li.lei@corp.cn"), masked("Anna Smith"), masked(None)
    ('+86*******8000', 'l*****@corp.cn', 'A*********', None)
    """
    if not value:
        return value
    user, at, host = value.partition("@")
    if at:
        return f"{user[:1]}{'*' * max(len(user) - 1, 1)}@{host}"
    digits = sum(sign.isdigit() for sign in value)
    if digits > _HEAD + _TAIL and 2 * digits > len(value):
        return f"{value[:_HEAD]}{'*' * (len(value) - _HEAD - _TAIL)}{value[-_TAIL:]}"
    return value[:1] + "*" * max(len(value) - 1, 1)
