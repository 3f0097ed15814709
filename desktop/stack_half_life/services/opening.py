"""Opening what a session works with: the profile cache, and stack files."""

from collections.abc import Callable
from pathlib import Path

from stack_half_life.paths import cache_file
from stack_half_life.store.cache import ProfileCache
from stack_half_life.store.stack_files import read_stack, write_stack

__all__ = ["open_cache", "read_stack", "write_stack"]


def open_cache(
    path: Path | None = None, on_notice: Callable[[str], None] | None = None
) -> ProfileCache:
    """The cache of that path, else the user's own; made and filled where it is missing.

    on_notice: told what the user should know, such as that a damaged cache was set aside.

    Raises:
        CacheError: where it is locked, of a newer version or not a cache.
    """
    if on_notice is None:
        return ProfileCache.open(cache_file(path))
    return ProfileCache.open(cache_file(path), on_notice=on_notice)
