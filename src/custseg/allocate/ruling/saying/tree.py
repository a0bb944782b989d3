"""Which region lies in which: what a rule says of a region holds of all that lies in it."""

from collections.abc import Iterable, Mapping

import attrs

from custseg._typing import words
from custseg.allocate.wishing.territories.areas import lying
from custseg.errors import ConfigError
from custseg.values import divisions


@attrs.frozen
class RegionTree:
    """Regions and what they lie in.

    Attributes:
        columns: The columns that hold such regions, of customers and of representatives.
        parents: Region -> the region that it lies in.
        china: Read what ``parents`` does not name as places of China and the world, however they
            are spelled: counties lie in cities, these in provinces, these in the seven regions
            (华东 and so on), countries in their parts of the world.

    Raises:
        ConfigError: No column is named, or a region lies in itself.

    Source: GB/T 2260 and the customary seven regions of China (七大地理分区), ISO 3166-1, by way of
    ``custseg.values``.

    >>> sales = RegionTree(
    ...     "region", {"Shanghai": "East", "Hangzhou": "Zhejiang", "Zhejiang": "East"}
    ... )
    >>> sales.within("Hangzhou", "East"), sales.within("East", "Hangzhou")
    (True, False)
    >>> RegionTree("region", china=True).line("上海市浦东新区")
    ('310115', 'shanghai', 'east_china', 'china', 'asia')
    """

    columns: tuple[str, ...] = attrs.field(converter=words)
    parents: Mapping[str, str] = attrs.field(factory=dict[str, str])
    china: bool = attrs.field(default=False, kw_only=True)
    _above: Mapping[str, str] = attrs.field(init=False, repr=False, eq=False)
    _named: frozenset[str] = attrs.field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        """Know the user's regions as they are read, and refuse a tree that goes round."""
        named = frozenset((*self.parents, *self.parents.values()))
        object.__setattr__(self, "_named", named)
        above = {self._read(word)[0]: region for word, region in self.parents.items()}
        object.__setattr__(self, "_above", above)
        if not self.columns:
            msg = "a tree needs the columns that hold its regions, such as 'region'"
            raise ConfigError(msg, "tree.columns")
        for region in self.parents:
            self.line(region)

    def line(self, word: str) -> tuple[str, ...]:
        """A region and all that it lies in, the nearest first.

        Args:
            word: A region as it is written.

        >>> RegionTree("region", {"Shanghai": "East"}).line("Shanghai")
        ('Shanghai', 'East')
        """
        found: list[str] = []
        ahead: tuple[str, ...] = self._read(word)
        while ahead:
            here, beyond = ahead[0], ahead[1:]
            if here in found:
                msg = f"region {word!r} lies in itself, by way of {found}"
                raise ConfigError(msg, "tree.parents")
            found.append(here)
            ahead = self._read(self._above[here]) if here in self._above else beyond
        return tuple(found)

    def knows(self, word: str) -> bool:
        """Whether the tree says anything of a word.

        Args:
            word: A region as it is written.

        >>> tree = RegionTree("region", {"Shanghai": "East"}, china=True)
        >>> tree.knows("East"), tree.knows("Berlin, Germany"), tree.knows("Nroth")
        (True, True, False)
        """
        return word in self._named or (self.china and bool(lying(word)))

    def within(self, word: str, region: str) -> bool:
        """Whether a place lies in a region, or is it.

        Args:
            word: The place.
            region: The region.
        """
        return not self.known_as([region]).isdisjoint(self.line(word))

    def known_as(self, regions: Iterable[object]) -> frozenset[str]:
        """Regions as lines name them.

        Args:
            regions: Regions as they are written.

        >>> RegionTree("region", china=True).known_as(["上海市", "Shanghai"])
        frozenset({'shanghai'})
        """
        return frozenset(self._read(str(region))[0] for region in regions)

    def _read(self, word: str) -> tuple[str, ...]:
        """A place as it is known, and what it lies in as far as its text tells."""
        if not self.china:
            return (word,)
        found = divisions.find(word) if word in self._named else None
        if found and found.code and found.rest:
            return (word,)  # a region of the user's own that begins like a place
        return lying(word) or (word,)
