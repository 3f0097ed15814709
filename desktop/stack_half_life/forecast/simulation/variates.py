"""Where the random numbers of a future come from: keyed, so that a change moves nothing else.

Lanes are sorted by slot, and each slot's lanes draw from a bit generator of their own, keyed by
(seed, profile, role, block). Lanes that a neighbour knocks on are few and depend on the whole
stack, so each has its own counter-based stream: one more or less leaves the others' numbers alone.

What is drawn by the million comes in single precision, from 32 random bits each, by functions that
numpy works out many numbers at a time: several times as fast as numpy's own normal numbers.
"""

from collections.abc import Iterator, Sequence
from hashlib import blake2b
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Lanes = NDArray[np.intp]
Counts = NDArray[np.int32]
Words = NDArray[np.uint64]
HalfWords = NDArray[np.uint32]
Singles = NDArray[np.float32]
Reals = NDArray[np.float64] | NDArray[np.float32]

BIT_GENERATOR = "SFC64"

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2 = np.uint64(0x94D049BB133111EB)
_TO_UNIT = 2.0**-53
_11, _27, _30, _31, _32 = (np.uint64(bits) for bits in (11, 27, 30, 31, 32))


def rounded_up(values: Floats) -> Singles:
    """The least numbers in single precision that are not below the values."""
    singles = values.astype(np.float32)
    below = (singles < values).nonzero()[0]
    singles[below] = np.nextafter(singles.take(below), np.float32(np.inf))
    return singles


class Variates(Protocol):
    """Independent numbers for lanes 0 … n − 1; each call asks for some of them, in their order."""

    def uniform(self, lanes: Lanes) -> Floats:
        """Uniform on (0, 1), one per lane."""

    def normal(self, lanes: Lanes) -> Singles:
        """Standard normal, one per lane."""

    def normals(self, lanes: Lanes, steps: int) -> Singles:
        """Standard normal, [steps, lanes]; an even number of steps."""

    def exponential(self, lanes: Lanes) -> Floats:
        """Exponential with mean 1, one per lane."""

    def exponentials(self, lanes: Lanes, steps: int) -> Singles:
        """Exponential with mean 1, [steps, lanes]; an even number of steps."""

    def gamma(self, lanes: Lanes, shapes: Floats) -> Floats:
        """Gamma(shape, 1), one per lane, each with a shape of its own."""


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


class SlotVariates:
    """Numbers from one generator for each slot, in the order they are asked for.

    starts: [slots] the first lane of each slot.
    """

    def __init__(self, generators: Sequence[np.random.Generator], starts: Lanes) -> None:
        self._generators = generators
        self._inner = starts[1:]

    def uniform(self, lanes: Lanes) -> Floats:
        """Uniform on (0, 1)."""
        values = np.empty(len(lanes))
        for generator, part in self._parts(lanes):
            generator.random(out=values[part])
        return np.subtract(1.0, values, out=values)

    def normal(self, lanes: Lanes) -> Singles:
        """Standard normal."""
        words = np.empty(len(lanes), np.uint64)
        for generator, part in self._parts(lanes):
            words[part] = generator.bit_generator.random_raw(part.stop - part.start)
        return one_normal(words)

    def normals(self, lanes: Lanes, steps: int) -> Singles:
        """Standard normal, [steps, lanes]; the lanes are those of one slot."""
        return box_muller(*self._halves(lanes, steps))

    def exponential(self, lanes: Lanes) -> Floats:
        """Exponential with mean 1."""
        values = np.empty(len(lanes))
        for generator, part in self._parts(lanes):
            generator.standard_exponential(out=values[part])
        return values

    def exponentials(self, lanes: Lanes, steps: int) -> Singles:
        """Exponential with mean 1, [steps, lanes]; the lanes are those of one slot."""
        return minus_logs(self._halves(lanes, steps).reshape(steps, -1))

    def _halves(self, lanes: Lanes, steps: int) -> HalfWords:
        """[2, steps / 2, lanes] random words of 32 bits, from the generator of the lanes' slot."""
        slot = int(np.searchsorted(self._inner, lanes[0], side="right"))
        words = self._generators[slot].bit_generator.random_raw(steps // 2 * len(lanes))
        return words.view(np.uint32).reshape(2, steps // 2, -1)

    def gamma(self, lanes: Lanes, shapes: Floats) -> Floats:
        """Gamma(shape, 1)."""
        values = np.empty(len(lanes))
        for generator, part in self._parts(lanes):
            some = shapes[part]
            shape = some[0] if (some == some[0]).all() else some
            generator.standard_gamma(shape, out=values[part])
        return values

    def _parts(self, lanes: Lanes) -> Iterator[tuple[np.random.Generator, slice]]:
        """Each slot's generator with where its lanes stand; slots without lanes are left out."""
        if len(self._generators) == 1:
            if len(lanes):
                yield self._generators[0], slice(0, len(lanes))
            return
        bounds = np.searchsorted(lanes, self._inner).tolist()
        first = 0
        for generator, last in zip(self._generators, [*bounds, len(lanes)], strict=True):
            if last > first:
                yield generator, slice(first, last)
            first = last


def bulk_variates(*key: object) -> SlotVariates:
    """Numbers for any lanes from one generator keyed by the key."""
    return SlotVariates([keyed_generator(*key)], np.zeros(1, np.intp))


def mixed(words: Words) -> Words:
    """SplitMix64's finaliser: every bit of the result depends on every bit given."""
    words = words ^ (words >> _30)
    words *= _MIX_1
    words ^= words >> _27
    words *= _MIX_2
    words ^= words >> _31
    return words


def unit_interval(words: Words) -> Floats:
    """Uniform on (0, 1) from the upper 53 bits."""
    values = (words >> _11).astype(np.float64)
    values += 0.5
    values *= _TO_UNIT
    return values


def minus_logs(words: HalfWords, factor: float = 1.0) -> Singles:
    """−ln of uniform numbers on (0, 1) times a factor, of any shape, from 32 bits each."""
    values = words.astype(np.float32)
    values += np.float32(0.5)
    values *= np.float32(2.0**-32)
    np.log(values, out=values)
    values *= np.float32(-factor)
    return values


def box_muller(radii: HalfWords, turns: HalfWords) -> Singles:
    """Standard normal, [2 k, n] from two times [k, n] words: R cos θ, then R sin θ."""
    radius = minus_logs(radii, 2.0)
    np.sqrt(radius, out=radius)
    angle = _angles(turns)
    values = np.empty((2 * len(radii), radii.shape[1]), np.float32)
    first, second = values[: len(radii)], values[len(radii) :]
    np.multiply(radius, np.cos(angle, out=first), out=first)
    np.multiply(radius, np.sin(angle, out=second), out=second)
    return values


def one_normal(words: Words) -> Singles:
    """Standard normal, one of each word: R cos θ."""
    halves = words.view(np.uint32).reshape(-1, 2)
    radius = minus_logs(halves[:, 0], 2.0)
    angle = _angles(halves[:, 1])
    return np.multiply(np.sqrt(radius, out=radius), np.cos(angle, out=angle), out=angle)


def _angles(turns: HalfWords) -> Singles:
    """Uniform on [0, 2π), of any shape."""
    angles = turns.astype(np.float32)
    angles *= np.float32(np.pi * 2.0**-31)
    return angles


class LaneVariates:
    """Numbers from one counter-based stream per lane: SplitMix64 from the lane's own key."""

    def __init__(self, keys: Words) -> None:
        self._state = mixed(keys)

    def _words(self, lanes: Lanes) -> Words:
        """The next word of each lane."""
        state = self._state.take(lanes) + _GOLDEN
        self._state[lanes] = state
        return mixed(state)

    def _halves(self, lanes: Lanes, steps: int) -> tuple[HalfWords, HalfWords]:
        """The upper and the lower halves of the next words of each lane, [steps / 2, lanes]."""
        counter = _GOLDEN * np.arange(1, steps // 2 + 1, dtype=np.uint64)
        state = self._state[lanes] + counter[:, None]
        self._state[lanes] = state[-1]
        words = mixed(state)
        return (words >> _32).astype(np.uint32), words.astype(np.uint32)

    def uniform(self, lanes: Lanes) -> Floats:
        """Uniform on (0, 1)."""
        return unit_interval(self._words(lanes))

    def normal(self, lanes: Lanes) -> Singles:
        """Standard normal."""
        return one_normal(self._words(lanes))

    def normals(self, lanes: Lanes, steps: int) -> Singles:
        """Standard normal; the same for a lane however many steps are asked for at once."""
        pairs = box_muller(*self._halves(lanes, steps)).reshape(2, -1, len(lanes))
        values: Singles = pairs.swapaxes(0, 1).reshape(steps, -1)
        return values

    def exponential(self, lanes: Lanes) -> Floats:
        """Exponential with mean 1."""
        values: Floats = -np.log(self.uniform(lanes))
        return values

    def exponentials(self, lanes: Lanes, steps: int) -> Singles:
        """Exponential with mean 1; the same however many steps are asked for at once."""
        return minus_logs(np.stack(self._halves(lanes, steps), axis=1).reshape(steps, -1))

    def gamma(self, lanes: Lanes, shapes: Floats) -> Floats:
        """Gamma(shape, 1), by Marsaglia and Tsang (2000); below 1 with their power of a uniform."""
        is_small = shapes < 1.0
        d = np.where(is_small, shapes + 1.0, shapes) - 1.0 / 3.0
        values = np.empty(len(lanes))
        left, asked, scale = np.arange(len(lanes)), lanes, d
        while len(left):
            x = self.normal(asked)
            v = (1.0 + x / np.sqrt(9.0 * scale)) ** 3
            bound = 0.5 * x * x + scale * (1.0 - v + np.log(np.maximum(v, 1e-300)))
            is_taken = (v > 0.0) & (np.log(self.uniform(asked)) < bound)
            values[left] = scale * v
            left = left[~is_taken]
            asked, scale = lanes.take(left), d.take(left)
        small = is_small.nonzero()[0]
        if len(small):
            values[small] *= self.uniform(lanes.take(small)) ** (1.0 / shapes.take(small))
        return values
