"""BG/NBD: a customer may leave after each repeat purchase."""

from typing import ClassVar

import attrs

from custseg.lifetime.condensing import condensing
from custseg.lifetime.covariates import CovariateModel, CovariateSpec


@attrs.frozen(kw_only=True)
class BGNBDModel(CovariateModel):
    """A fitted BG/NBD model; see ``BGNBD``.

    Whoever has not bought again is still a customer for sure (P(alive) = 1): do not let this model
    decide who is dormant; ``MBGNBD`` does not have that flaw.

    Attributes:
        fitting: How well it fits.
        r: Shape of the rate of buying.
        alpha: Its scale, in the unit of time of the summary.
        a: First parameter of the chance to leave after a repeat purchase.
        b: Second parameter.
        effects: What covariates change; the parameters are those where they are at their centres.
        levels: Categories of each covariate of text, the one to compare with first.

    Source: Fader, Hardie and Lee 2005, Marketing Science 24(2), eq. 10 and Table 2; Fader and
    Hardie, note 021 (P(alive)).

    >>> from custseg.lifetime.maximum import Fitting
    >>> model = BGNBDModel(fitting=Fitting(-9582.4, 2357), r=0.243, alpha=4.414, a=0.793, b=2.426)
    >>> row = {"frequency": 2, "recency": 30.43, "T": 38.86}
    >>> model.p_alive([row]).round(4), model.expected_purchases([row], horizon=39).round(4)
    (array([0.7266]), array([1.226]))
    """

    schema_version: ClassVar[int] = 1


@attrs.frozen
class BGNBD(CovariateSpec):
    """BG/NBD: a rate of buying from Gamma, a chance to leave after a repeat purchase from Beta.

    Attributes:
        weight: Column that says how many customers a row stands for, if there is one.
        repeaters: How many customers must have bought again, at least.
        buying: Columns that may change how often customers buy: numbers, or text with a baseline.
        leaving: Columns that may change how readily they leave.
        baseline: The category to compare with, of each of these columns that holds text.
        penalty: How far parameters are held back where there are few customers: the inverse
            variance of a normal prior of their logarithms (of alpha, relative to the mean age) and
            of the coefficients of covariates, each counted in its spread. 0 is none.

    Raises:
        ConfigError: A baseline is of no covariate, or the penalty is below 0.

    Source: Fader, Hardie and Lee 2005, "Counting Your Customers the Easy Way", Marketing Science
    24(2), eq. 6; covariates: Fader and Hardie 2007, note 019.

    >>> import custseg as cs
    >>> log = cs.TransactionLog.of(cs.datasets.cdnow(), cs.Names(at="date"))
    >>> model = BGNBD().fit(log.summary(as_of="1997-09-30", unit="week"))
    >>> {name: round(value, 3) for name, value in model.params.items()}
    {'r': 0.243, 'alpha': 4.414, 'a': 0.793, 'b': 2.426}
    """

    @condensing
    def fit(self, summary: object) -> BGNBDModel:
        """Learn the parameters.

        Args:
            summary: A table with ``frequency``, ``recency``, ``T`` and the covariates.

        Raises:
            MissingColumnError: A column is missing.
            DataError: A row is missing something or impossible.
            NotEnoughDataError: Too few have bought again, or nothing can be told from them.
        """
        return BGNBDModel(**self.learned(summary))
