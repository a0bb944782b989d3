"""By what a decision can be traced: the policy, the input, the day, and who asked."""

from collections.abc import Mapping

import attrs

from custseg.config import dump
from custseg.config.fingerprints import digest
from custseg.showing import Shown


@attrs.frozen
class Stamp(Shown):
    """What every decision carries.

    Attributes:
        policy_hash: Fingerprint of the policy that decided.
        input_hash: Fingerprint of what it decided on.
        as_of: The day, as ISO text; ``None`` where the record bears none.
        actor: Who asked, as given by the caller.

    >>> Stamp("ab12", "cd34", "2026-06-30").as_dict()["as_of"]
    '2026-06-30'
    """

    policy_hash: str
    input_hash: str
    as_of: str | None = None
    actor: str | None = None

    def as_dict(self) -> dict[str, str | None]:
        """Plain data."""
        return attrs.asdict(self)


def policy_hash(policy: object) -> str:
    """Sixteen hex digits that change when any number of the policy changes."""
    return digest(dump(policy))


def record_hash(record: Mapping[str, object]) -> str:
    """Sixteen hex digits of one record; the order of its keys does not matter."""
    return digest({str(key): value for key, value in record.items()})
