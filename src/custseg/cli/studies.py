"""What a command found, its page, and the documents that it is given."""

import json
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, cast

import attrs

from custseg.cli.output import Sheet
from custseg.errors import ConfigError


@attrs.frozen(eq=False)
class FoundStudy:
    """What a command found.

    Attributes:
        tables: Its tables by the name of their file.
        data: Plain data.
        told: Lines to read, in a language.
    """

    tables: Mapping[str, Any]
    data: dict[str, object]
    told: Callable[[str], str]

    def as_dict(self) -> dict[str, object]:
        """Plain data."""
        return self.data

    def text(self, locale: str = "en") -> str:
        """Lines to read."""
        return self.told(locale)


def sheet(name: str, save: Callable[..., Path], what: object) -> Sheet:
    """A page that is written of what was found, not of its tables."""

    def page(_: object, path: Path, *, locale: str) -> Path:
        return save(what, path, locale=locale)

    return Sheet(name, page)


def document(file: Path, option: str) -> dict[str, Any]:
    """Settings by name, of a JSON or TOML file.

    Args:
        file: The file.
        option: What it is called on the command line.

    Raises:
        ConfigError: It cannot be read, or holds something else.
    """
    try:
        text = file.read_text(encoding="utf-8")
        said = json.loads(text) if file.suffix.lower() == ".json" else tomllib.loads(text)
    except (OSError, UnicodeDecodeError, ValueError) as error:
        msg = f"cannot read {str(file)!r} as JSON or TOML: {error}"
        raise ConfigError(msg, option) from error
    if not isinstance(said, dict):
        msg = f"{str(file)!r} must hold settings by name"
        raise ConfigError(msg, option)
    return cast("dict[str, Any]", said)
