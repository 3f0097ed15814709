"""Courses of components kept between forecasts, so that an edit draws only what it changes."""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock

from stack_half_life.forecast.simulation.timeline import Timeline

DEFAULT_BYTES = 128_000_000


class StreamCache:
    """Timelines by what they depend on, least recently used dropped first.

    Safe to share between threads and forecasts; holds at most `most_bytes` of arrays.
    """

    def __init__(self, most_bytes: int = DEFAULT_BYTES) -> None:
        self._most_bytes = most_bytes
        self._bytes = 0
        self._timelines: OrderedDict[Hashable, Timeline] = OrderedDict()
        self._lock = Lock()
        self.hits = 0
        self.misses = 0

    def kept(self, key: Hashable) -> Timeline | None:
        """The timeline kept under a key, if there is one."""
        with self._lock:
            found = self._timelines.get(key)
            if found is None:
                self.misses += 1
                return None
            self._timelines.move_to_end(key)
            self.hits += 1
            return found

    def keep(self, key: Hashable, timeline: Timeline) -> None:
        """Keep a timeline; the least recently used go where there is no more room."""
        with self._lock:
            if key not in self._timelines:
                self._timelines[key] = timeline
                self._bytes += timeline.n_bytes
            while self._bytes > self._most_bytes:
                _, dropped = self._timelines.popitem(last=False)
                self._bytes -= dropped.n_bytes
