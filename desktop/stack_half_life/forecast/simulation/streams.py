"""What is kept between forecasts, so that an edit works out only what it changes."""

from collections import OrderedDict
from collections.abc import Hashable, Sequence
from threading import Lock

from stack_half_life.domain.hyperparameters import Hyperparameters
from stack_half_life.domain.profile import ChurnProfile
from stack_half_life.forecast.simulation.clocks import TechnologyClocks
from stack_half_life.forecast.simulation.timeline import PackedTimeline, Timeline, packed

DEFAULT_BYTES = 128_000_000
_MOST_CLOCKS = 1024


class StreamCache:
    """Fitted clocks and timelines by what they depend on, least recently used dropped first.

    Safe to share between threads and forecasts; holds at most `most_bytes` of timelines.
    """

    def __init__(self, most_bytes: int = DEFAULT_BYTES) -> None:
        self._most_bytes = most_bytes
        self._bytes = 0
        self._timelines: OrderedDict[Hashable, tuple[PackedTimeline, ...]] = OrderedDict()
        self._clocks: OrderedDict[
            Hashable, tuple[ChurnProfile | None, Hyperparameters, TechnologyClocks]
        ] = OrderedDict()
        self._lock = Lock()
        self.hits = 0
        self.misses = 0

    def kept(self, key: Hashable) -> tuple[Timeline, ...] | None:
        """The timelines kept under a key, if there are any."""
        with self._lock:
            found = self._timelines.get(key)
            if found is None:
                self.misses += 1
                return None
            self._timelines.move_to_end(key)
            self.hits += 1
        return tuple(timeline.unpacked() for timeline in found)

    def keep(self, key: Hashable, timelines: Sequence[Timeline]) -> None:
        """Keep timelines; the least recently used go where there is no more room."""
        kept = tuple(packed(timeline) for timeline in timelines)
        with self._lock:
            if key not in self._timelines:
                self._timelines[key] = kept
                self._bytes += sum(timeline.n_bytes for timeline in kept)
            while self._bytes > self._most_bytes:
                _, dropped = self._timelines.popitem(last=False)
                self._bytes -= sum(timeline.n_bytes for timeline in dropped)

    def kept_clocks(
        self, key: Hashable, profile: ChurnProfile | None, hyper: Hyperparameters
    ) -> TechnologyClocks | None:
        """The clocks kept under a key, if profile and hyper-parameters are still the same."""
        with self._lock:
            found = self._clocks.get(key)
        if found is not None and _same(found[0], profile) and _same(found[1], hyper):
            return found[2]
        return None

    def keep_clocks(
        self,
        key: Hashable,
        profile: ChurnProfile | None,
        hyper: Hyperparameters,
        clocks: TechnologyClocks,
    ) -> None:
        """Keep clocks fitted to a profile; the least recently fitted go where there are many.

        key: whatever they depend on besides the facts of the profile.
        """
        with self._lock:
            self._clocks[key] = (profile, hyper, clocks)
            self._clocks.move_to_end(key)
            while len(self._clocks) > _MOST_CLOCKS:
                self._clocks.popitem(last=False)


def _same(a: object, b: object) -> bool:
    return a is b or a == b
