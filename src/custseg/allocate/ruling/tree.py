"""Which region lies in which: what a rule says of a region holds of all that lies in it."""

from collections.abc import Iterable, Mapping
from typing import Final

import attrs

from custseg._typing import words
from custseg.errors import ConfigError
from custseg.values import divisions, places

_CHINA: Final = "china"
_MAINLAND: Final = frozenset(places.REGIONS[:7])


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
    ('310115', '310100', 'shanghai', 'east_china', 'china', 'asia')
    """

    columns: tuple[str, ...] = attrs.field(converter=words)
    parents: Mapping[str, str] = attrs.field(factory=dict[str, str])
    china: bool = attrs.field(default=False, kw_only=True)
    _above: Mapping[str, str] = attrs.field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        """Know the user's regions as they are read, and refuse a tree that goes round."""
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
        named = word in self.parents or word in self.parents.values()
        return named or self._read(word) != (word,)

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
        found = divisions.find(word) if self.china else None
        if found is None or (found.code and found.rest and word in self.parents.values()):
            return (word,)
        own = list[str]()
        named = word
        if found.code:
            levels = (found.code, f"{found.code[:4]}00", f"{found.code[:2]}0000")
            own = [code for code in dict.fromkeys(levels) if not code.endswith("0000")]
            named = found.province
        place = places.read(named).key
        if place is None:
            return tuple(own) or (word,)
        region, part = places.lifted(place, "region"), places.lifted(place, "continent")
        mainland = _CHINA if region in _MAINLAND else None
        return tuple(dict.fromkeys(each for each in (*own, place, region, mainland, part) if each))
