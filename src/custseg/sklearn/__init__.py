"""How do the rooms sit in a pipeline of scikit-learn? Transformers and a classifier over them."""

from typing import TYPE_CHECKING

from custseg.opening import opener

if TYPE_CHECKING:
    from custseg.sklearn.cutting import Discretizer
    from custseg.sklearn.deciding import StrategyTransformer
    from custseg.sklearn.predicting import ScorecardClassifier
    from custseg.sklearn.weighing import EvidenceEncoder

__all__ = [
    "Discretizer",
    "EvidenceEncoder",
    "ScorecardClassifier",
    "StrategyTransformer",
]

_fetch = opener(
    __name__,
    {
        "Discretizer": "cutting",
        "EvidenceEncoder": "weighing",
        "ScorecardClassifier": "predicting",
        "StrategyTransformer": "deciding",
    },
)


def __getattr__(name: str) -> object:
    """Open an estimator; without scikit-learn, say what to install."""
    if name in __all__:
        from custseg.frames import optional  # noqa: PLC0415 - only for whoever asks for one

        optional("sklearn", extra="sklearn")
    return _fetch(name)


def __dir__() -> list[str]:
    """List the public names, loaded or not."""
    return sorted(__all__)
