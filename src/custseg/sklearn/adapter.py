"""What the estimators have in common: their settings, and how a table comes in."""

from typing import Any, ClassVar, Self, cast

from sklearn.base import BaseEstimator
from sklearn.utils import Tags
from sklearn.utils.validation import check_is_fitted, validate_data

from custseg import frames
from custseg.errors import DataError
from custseg.frames import Table
from custseg.sklearn.nested import evolved, fields_of

_validated: Any = validate_data  # its inferred types say that X is a text


class Adapter(BaseEstimator):
    """An estimator of scikit-learn around a spec of custseg.

    Its parameters are specs, which are values: fitting leaves them as they are, and what was
    learnt is another value. A search reaches into them, ``spec__binning__most_bins``.
    """

    _words: ClassVar[bool] = True
    """Whether columns may hold words."""

    def get_params(self, deep: bool = True) -> dict[str, Any]:  # noqa: FBT001, FBT002 - scikit-learn's
        """The parameters, with those inside specs as ``spec__name``.

        Args:
            deep: Whether to look inside specs.
        """
        given = cast("dict[str, Any]", super().get_params(deep=deep))
        if deep:
            for name in self._get_param_names():
                given |= dict(fields_of(name, self._setting(name)))
        return given

    def set_params(self, **params: Any) -> Self:  # noqa: ANN401 - scikit-learn's
        """Set parameters; ``spec__name`` gives the spec another value of ``name``.

        Args:
            params: The new values.

        Raises:
            ValueError: There is no such parameter, or a setting is impossible.
        """
        inside: dict[str, dict[str, object]] = {}
        whole = dict(params)
        for path in params:
            name, parted, rest = path.partition("__")
            if parted and name in self._get_param_names():
                inside.setdefault(name, {})[rest] = whole.pop(path)
        super().set_params(**whole)
        for name, changes in inside.items():
            setattr(self, name, evolved(self._setting(name), changes, name))
        return self

    def _setting(self, name: str) -> Any:  # noqa: ANN401 - any spec
        """A parameter, or what stands in for it where it is ``None``."""
        return getattr(self, name)

    def _opened(self, given: object, *, fit: bool) -> Table[Any]:
        """The columns of ``X`` under the names that were learnt.

        Args:
            given: A table of named columns, kept as it is, or an array, whose columns are
                ``x0``, ``x1``, ...
            fit: Whether the names are learnt now, or must be the same as then.

        Raises:
            ValueError: It is empty, infinite, sparse, lazy, or of other columns than learnt.
        """
        if not fit:
            check_is_fitted(self)
        if not _has_names(given):
            return self._of_array(given, fit=fit)
        opened = frames.table(given)
        if opened.lazy:
            msg = "scikit-learn works on tables in memory; collect this one first"
            raise DataError(msg)
        _validated(self, given, reset=fit, skip_check_array=True)
        if not opened.size:
            msg = "found a table with 0 sample(s) while a minimum of 1 is required"
            raise DataError(msg)
        return opened

    def _of_array(self, given: object, *, fit: bool) -> Table[Any]:
        array = _validated(
            self,
            given,
            reset=fit,
            dtype=None if self._words else "numeric",
            ensure_all_finite="allow-nan",
            ensure_min_samples=1,
        )
        return frames.columns_table({f"x{i}": array[:, i] for i in range(array.shape[1])})

    def __sklearn_tags__(self) -> Tags:
        """What may come in: missing values, and words where they say something."""
        tags = super().__sklearn_tags__()
        tags.input_tags.allow_nan = True
        tags.input_tags.string = self._words
        return tags


def _has_names(given: object) -> bool:
    """Whether it is a frame whose columns have names; one numbered by pandas is an array."""
    names: Any = getattr(given, "column_names", getattr(given, "columns", None))
    return names is not None and all(type(name) is str for name in names)
