import math
from statistics import NormalDist

import numpy as np

from custseg.datasets import exact


def test_logarithm_is_right_to_the_last_digits() -> None:
    x = np.array([1e-300, 1e-9, 0.3, 0.7071, 1.0, 1.5, 3.0, 1e12, 1e300])
    assert np.allclose(exact.log(x), [math.log(v) for v in x], rtol=1e-15, atol=0)


def test_exponential_is_right_to_thirteen_digits() -> None:
    x = np.linspace(-700, 700, 2_001)
    assert np.allclose(exact.exp(x), [math.exp(v) for v in x], rtol=2e-13, atol=0)


def test_normal_quantile_is_right_to_eight_digits() -> None:
    p = np.concatenate([np.linspace(0.001, 0.999, 999), [1e-12, 1e-6, 1 - 1e-6]])
    wanted = [NormalDist().inv_cdf(v) for v in p]
    assert np.allclose(exact.normal_quantile(p), wanted, atol=1e-8)


def test_bits_do_not_depend_on_the_machine() -> None:
    # Pinned as hexadecimal: libm and SIMD versions of log and exp differ in these last bits.
    got = [
        float(f(np.array([v]))[0]).hex()
        for f, v in ((exact.log, 0.1), (exact.exp, 0.1), (exact.normal_quantile, 0.01))
    ]
    assert got == ["-0x1.26bb1bbb55515p+1", "0x1.1aec7b35a00d4p+0", "-0x1.29c5c463cecf2p+1"]
