"""What a fitted matcher does with one record: index the others, and look it up among them."""

from typing import TypeVar, cast

from custseg import frames
from custseg.match.lookup.index import IndexOptions, RecordIndex
from custseg.match.lookup.keys import exported, keys_of_record
from custseg.match.lookup.postings import checked_salt
from custseg.match.lookup.verdict import Lookup, Verdicts
from custseg.match.opened import Taught

T = TypeVar("T")


class Asking:
    """The verbs of a matcher for the moment in which a record is typed in."""

    __slots__ = ()

    def index(
        self: Taught,
        table: object,
        *,
        owner: str | None = None,
        verdicts: Verdicts | None = None,
        salt: bytes = b"",
    ) -> RecordIndex:
        """Turn a table round, so that new records are looked up in it in a moment.

        Args:
            table: Records or a table.
            owner: The column that says who looks after each record: `RecordIndex.lookup` then masks
                the values of those that somebody else has.
            verdicts: From which probability on to warn and to block.
            salt: Secret bytes with which the pieces are hashed, at most 64.

        Raises:
            MissingColumnError: A column is not there.
            ConfigError: The salt is longer than 64 bytes.

        >>> from custseg.match import Dedupe
        >>> people = [{"id": 1, "name": "Ann Lee", "phone": "+1 303 456 7811", "rep": "R1"}]
        >>> index = Dedupe.preset("person").fit(people).index(people, owner="rep")
        >>> (hit,) = index.lookup({"name": "Ann Lee", "phone": "3034567811"}, owner="R2").hits
        >>> hit.owner, hit.values["phone"]
        ('R1', '+1 ********7811')
        """
        options = IndexOptions(verdicts or Verdicts(), owner, salt)
        return RecordIndex.of(self, table, options)

    def lookup(
        self: Taught,
        record: object,
        candidates: object,
        *,
        owner: str | None = None,
        owner_column: str | None = None,
    ) -> Lookup:
        """Say whether a new record is one of a few: those that a database found by its keys.

        Args:
            record: The new record.
            candidates: The records that share a key with it (`record_keys`).
            owner: Who types it in.
            owner_column: The column that says who looks after each candidate.

        Returns:
            What to do and why. A few records do not tell how common a value is: a name counts as
            neither rare nor common here.

        Raises:
            MissingColumnError: A column is not there.
            DataError: It is no record, or the owner is given without the column of owners.

        >>> from custseg.match import Dedupe
        >>> people = [{"id": 1, "name": "Ann Lee", "phone": "+1 303 456 7811"}]
        >>> matcher = Dedupe.preset("person").fit(people)
        >>> matcher.lookup({"name": "Ann Lee", "phone": "3034567811"}, people).verdict
        'block'
        """
        opened = frames.table(candidates)
        # Whoever found them by their keys wants each of them weighed.
        options = IndexOptions(owner=owner_column, rare=False, reach=opened.size + 1)
        return RecordIndex.of(self, opened, options).lookup(record, owner=owner)

    def export_keys(self: Taught, table: T, *, salt: bytes = b"") -> T:
        """The keys of all records, to be kept as a table of one's own database.

        Args:
            table: Records or a table.
            salt: Secret bytes with which they are hashed, at most 64. Hashes without a salt can be
                guessed: a phone number has few digits.

        Returns:
            The same kind with one row for each key of each record: ``record_id``, ``key_rule``,
            ``key_hash`` (16 hexadecimal digits). Index it by the last two.

        Raises:
            MissingColumnError: A column is not there.
            ConfigError: The salt is longer than 64 bytes.

        >>> from custseg.match import ExactKey, Matcher
        >>> matcher = Matcher((ExactKey("email", read="email"),))
        >>> [sorted(row) for row in matcher.export_keys([{"id": 1, "email": "li@corp.cn"}])]
        [['key_hash', 'key_rule', 'record_id']]
        """
        return cast("T", exported(self, frames.table(table), checked_salt(salt)))

    def record_keys(self: Taught, record: object, *, salt: bytes = b"") -> list[dict[str, str]]:
        """The keys of one record: ask the table of keys for the records that share one.

        Args:
            record: The record.
            salt: The same as for the table.

        Raises:
            DataError: It is no record.
            ConfigError: The salt is longer than 64 bytes.

        >>> from custseg.match import ExactKey, Matcher
        >>> matcher = Matcher((ExactKey("email", read="email"),))
        >>> keys = matcher.export_keys([{"id": 1, "email": "li@corp.cn"}])
        >>> (key,) = matcher.record_keys({"email": "LI@Corp.cn"})
        >>> key["key_hash"] == keys[0]["key_hash"]
        True
        """
        return keys_of_record(self, record, checked_salt(salt))
