"""The profile cache, opened once on each thread that reads it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stack_half_life.store.cache import ProfileCache


class Caches:
    """Gives each thread its own connection to one cache file."""

    def __init__(self, path: Path, on_notice: Callable[[str], None]) -> None:
        self.path = path
        self._on_notice = on_notice
        self._local = threading.local()

    def here(self) -> ProfileCache:
        """The connection of the calling thread, opened (and the cache seeded) at first use."""
        found: ProfileCache | None = getattr(self._local, "cache", None)
        if found is None:
            from stack_half_life.services.opening import open_cache

            found = self._local.cache = open_cache(self.path, on_notice=self._on_notice)
        return found

    def close_here(self) -> None:
        """Close the connection of the calling thread."""
        found: ProfileCache | None = getattr(self._local, "cache", None)
        if found is not None:
            found.close()
            self._local.cache = None
