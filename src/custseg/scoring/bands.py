"""How is a band of numbers called?"""

from custseg.labels import label


def band(low: float | None, high: float | None, locale: str = "en") -> str:
    """A band in words.

    Args:
        low: Its least value; ``None``: no least.
        high: What its values stay below; ``None``: no most.
        locale: ``en`` or ``zh``.

    >>> band(26.0, 35.0), band(None, 5.0), band(5.0, None), band(None, None)
    ('26 to < 35', '< 5', '≥ 5', 'all values')
    """
    least, most = (None if end is None else f"{end:.15g}" for end in (low, high))
    if least is None:
        return label("binning.all", locale) if most is None else f"< {most}"
    if most is None:
        return f"\u2265 {least}"
    return label("binning.between", locale).format(low=least, high=most)
