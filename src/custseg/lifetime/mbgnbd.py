"""MBG/NBD: a customer may leave after every purchase, the first one included."""

from typing import ClassVar

import attrs

from custseg.lifetime.condensing import condensing
from custseg.lifetime.covariates import CovariateModel, CovariateSpec


@attrs.frozen(kw_only=True)
class MBGNBDModel(CovariateModel):
    """A fitted MBG/NBD model; see ``MBGNBD``.

    Attributes:
        fitting: How well it fits.
        r: Shape of the rate of buying.
        alpha: Its scale, in the unit of time of the summary.
        a: First parameter of the chance to leave after a purchase.
        b: Second parameter.
        effects: What covariates change; the parameters are those where they are at their centres.
        levels: Categories of each covariate of text, the one to compare with first.

    Source: Batislam, Denizel and Filiztekin 2007, International Journal of Research in Marketing
    24(3); the chance of no purchase follows from the likelihood of a longer silence.

    >>> from custseg.lifetime.maximum import Fitting
    >>> model = MBGNBDModel(fitting=Fitting(-9582.1, 2357), r=0.525, alpha=6.183, a=0.891, b=1.614)
    >>> once = [{"frequency": 0, "recency": 0, "T": 38.86}]
    >>> model.p_alive(once).round(3), model.p_no_purchase(once, horizon=39).round(3)
    (array([0.39]), array([0.891]))
    """

    schema_version: ClassVar[int] = 1
    first: ClassVar[int] = 1


@attrs.frozen
class MBGNBD(CovariateSpec):
    """MBG/NBD, the default: like BG/NBD, but customers may leave after their first purchase too.

    So whoever bought once and long ago is probably gone, as one would think.

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

    Source: Batislam, Denizel and Filiztekin 2007, "Empirical validation and comparison of models
    for customer base analysis", International Journal of Research in Marketing 24(3);
    covariates as in Fader and Hardie 2007, note 019.

    >>> import custseg as cs
    >>> log = cs.TransactionLog.of(cs.datasets.cdnow(), cs.Names(at="date"))
    >>> model = MBGNBD().fit(log.summary(as_of="1997-09-30", unit="week"))
    >>> round(model.log_likelihood, 3), round(model.aic, 1)
    (-9582.136, 19172.3)
    """

    first: ClassVar[int] = 1

    @condensing
    def fit(self, summary: object) -> MBGNBDModel:
        """Learn the parameters.

        Args:
            summary: A table with ``frequency``, ``recency``, ``T`` and the covariates.

        Raises:
            MissingColumnError: A column is missing.
            DataError: A row is missing something or impossible.
            NotEnoughDataError: Too few have bought again, or nothing can be told from them.
        """
        return MBGNBDModel(**self.learned(summary))
