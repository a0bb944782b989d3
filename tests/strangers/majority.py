"""A stranger's survivorship: the value that most spellings begin with."""

from collections import Counter

import attrs

import custseg as cs


@cs.strategy("majority-initial")
@attrs.frozen
class MajorityInitial:
    """The longest value among those with the commonest first letter.

    Attributes:
        fold: Whether small and capital letters are one.
    """

    fold: bool = True

    @property
    def needs(self):
        """Nothing besides the value."""
        return {}

    def pick(self, candidates):
        """The place of the value that survives."""
        words = [str(one.value) for one in candidates]
        firsts = [word[:1].casefold() if self.fold else word[:1] for word in words]
        votes = Counter(firsts)
        return max(range(len(words)), key=lambda i: (votes[firsts[i]], len(words[i]), -i))
