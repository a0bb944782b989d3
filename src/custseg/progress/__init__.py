"""How far is it, and may it stop?"""

from custseg.progress.bars import bar
from custseg.progress.telling import Progress, each, tell, told

__all__ = ["Progress", "bar", "each", "tell", "told"]
