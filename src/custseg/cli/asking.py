"""Questions on a terminal, and only there."""

import sys

from custseg.io import Ask
from custseg.labels import label


def asked(ask: Ask, name: str, locale: str) -> str | None:
    """The answer to what cannot be guessed; ``None`` where nobody can be asked.

    Args:
        ask: What is asked.
        name: Name of the file that it is about.
        locale: Language of the question.

    >>> asked(Ask("amount", ("total", "amount"), "equal"), "orders.csv", "en") is None
    True
    """
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return None
    say = sys.stderr.write
    say(f"{name}: {label(f'role.{ask.what}', locale)}\n")
    for number, candidate in enumerate(ask.candidates, 1):
        say(f"  {number}  {candidate}\n")
    while True:
        say(label("ask.answer", locale).format(last=len(ask.candidates)))
        sys.stderr.flush()
        line = sys.stdin.readline()
        if not line:
            return None
        said = line.strip()
        if said in ask.candidates:
            return said
        if said.isdecimal() and 1 <= int(said) <= len(ask.candidates):
            return ask.candidates[int(said) - 1]
        say(f"{label('ask.wrong', locale)}\n")
