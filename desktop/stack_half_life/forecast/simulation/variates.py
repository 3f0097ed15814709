"""Where the random numbers of a future come from: keyed, so that a change moves nothing else.

Bulk lanes draw from a bit generator keyed by (seed, profile, role, block). Lanes that a neighbour
knocks on are few and depend on the whole stack, so each has its own counter-based stream: adding
or removing one leaves the others' numbers alone.
"""

from hashlib import blake2b
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Lanes = NDArray[np.intp]
Words = NDArray[np.uint64]

BIT_GENERATOR = "SFC64"

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2 = np.uint64(0x94D049BB133111EB)
_TO_UNIT = 2.0**-53


class Variates(Protocol):
    """Independent numbers for lanes 0 … n − 1; each call asks for some of the lanes, each once.

    With steps > 1 the answer has shape [steps, lanes], and a lane's numbers are those that as many
    single calls would give.
    """

    def uniform(self, lanes: Lanes) -> Floats:
        """Uniform on (0, 1), one per lane."""

    def normal(self, lanes: Lanes, steps: int = 1) -> Floats:
        """Standard normal, `steps` per lane."""

    def exponential(self, lanes: Lanes, steps: int = 1) -> Floats:
        """Exponential with mean 1, `steps` per lane."""

    def gamma(self, lanes: Lanes, shape: float) -> Floats:
        """Gamma(shape, 1), one per lane."""


def word_of(*key: object) -> int:
    """64 bits that depend on every part of the key."""
    text = "\x1f".join(str(part) for part in key)
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "little")


class _KeyedSeed(np.random.bit_generator.ISeedSequence):
    """A seed sequence whose words are a hash of a key: quicker to make than numpy's own."""

    def __init__(self, key: tuple[object, ...]) -> None:
        self._text = "\x1f".join(str(part) for part in key).encode()

    def generate_state(self, n_words: int, dtype: object = np.uint32) -> NDArray[np.uint64]:
        """Words of the type asked for; at most 64 bytes, which is all a bit generator needs."""
        kind = np.dtype(dtype)  # type: ignore[call-overload]
        digest = blake2b(self._text, digest_size=n_words * kind.itemsize).digest()
        return np.frombuffer(digest, dtype=kind).copy()


def keyed_generator(*key: object) -> np.random.Generator:
    """A generator whose numbers depend on the key alone."""
    seed = _KeyedSeed(key)
    return np.random.Generator(np.random.SFC64(seed))  # type: ignore[arg-type]


class BulkVariates:
    """Numbers from one generator, in the order they are asked for."""

    def __init__(self, *key: object) -> None:
        self._generator = keyed_generator(*key)

    def uniform(self, lanes: Lanes) -> Floats:
        """Uniform on (0, 1)."""
        return 1.0 - self._generator.random(len(lanes))

    def normal(self, lanes: Lanes, steps: int = 1) -> Floats:
        """Standard normal."""
        return self._generator.standard_normal(_shape(lanes, steps))

    def exponential(self, lanes: Lanes, steps: int = 1) -> Floats:
        """Exponential with mean 1."""
        return self._generator.standard_exponential(_shape(lanes, steps))

    def gamma(self, lanes: Lanes, shape: float) -> Floats:
        """Gamma(shape, 1)."""
        return self._generator.standard_gamma(shape, len(lanes))


def _shape(lanes: Lanes, steps: int) -> tuple[int, ...]:
    return (len(lanes),) if steps == 1 else (steps, len(lanes))


def mixed(words: Words) -> Words:
    """SplitMix64's finaliser: every bit of the result depends on every bit given."""
    words = (words ^ (words >> np.uint64(30))) * _MIX_1
    words = (words ^ (words >> np.uint64(27))) * _MIX_2
    return words ^ (words >> np.uint64(31))


def unit_interval(words: Words) -> Floats:
    """Uniform on (0, 1) from the upper 53 bits."""
    return ((words >> np.uint64(11)).astype(np.float64) + 0.5) * _TO_UNIT


class LaneVariates:
    """Numbers from one counter-based stream per lane: SplitMix64 from the lane's own key."""

    def __init__(self, keys: Words) -> None:
        self._state = mixed(keys)

    def _words(self, lanes: Lanes, count: int) -> Words:
        """[count, lanes] the next words of each lane."""
        steps = _GOLDEN * np.arange(1, count + 1, dtype=np.uint64)
        state = self._state[lanes] + steps[:, None]
        self._state[lanes] = state[-1]
        return mixed(state)

    def uniform(self, lanes: Lanes) -> Floats:
        """Uniform on (0, 1)."""
        return unit_interval(self._words(lanes, 1)[0])

    def normal(self, lanes: Lanes, steps: int = 1) -> Floats:
        """Standard normal, by Box and Muller's cosine."""
        uniforms = unit_interval(self._words(lanes, 2 * steps))
        radius = np.sqrt(-2.0 * np.log(uniforms[0::2]))
        return (radius * np.cos(2.0 * np.pi * uniforms[1::2])).reshape(_shape(lanes, steps))

    def exponential(self, lanes: Lanes, steps: int = 1) -> Floats:
        """Exponential with mean 1."""
        uniforms = unit_interval(self._words(lanes, steps))
        return -np.log(uniforms).reshape(_shape(lanes, steps))

    def gamma(self, lanes: Lanes, shape: float) -> Floats:
        """Gamma(shape, 1), by Marsaglia and Tsang (2000); below 1 with their power of a uniform."""
        boosted = shape if shape >= 1.0 else shape + 1.0
        d = boosted - 1.0 / 3.0
        c = 1.0 / np.sqrt(9.0 * d)
        values = np.empty(len(lanes))
        left = np.arange(len(lanes))
        while len(left):
            asked = lanes[left]
            x = self.normal(asked)
            v = (1.0 + c * x) ** 3
            u = self.uniform(asked)
            bound = 0.5 * x * x + d * (1.0 - v + np.log(np.maximum(v, 1e-300)))
            taken = (v > 0.0) & (np.log(u) < bound)
            values[left[taken]] = d * v[taken]
            left = left[~taken]
        if shape < 1.0:
            values *= self.uniform(lanes) ** (1.0 / shape)
        return values
