"""What opening costs: `python tests/benchmarks/seed_cache.py` prints CPU seconds as JSON.

The first opening seeds the shipped facts, later ones only compare the edition; then the profiles
of 20 well-known technologies, read cold and again.
"""

import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "desktop"))

from stack_half_life.domain.stack import Component, Stack
from stack_half_life.store.cache import ProfileCache

COMPONENTS = 20


def cpu_seconds(task: Callable[[], object]) -> float:
    """CPU seconds that a task takes."""
    begun = time.process_time()
    task()
    return round(time.process_time() - begun, 4)


def main() -> None:
    """Measure in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "profiles.sqlite"
        figures = {
            "first_opening_seconds": cpu_seconds(lambda: ProfileCache.open(path).close()),
            "later_opening_seconds": cpu_seconds(lambda: ProfileCache.open(path).close()),
        }
        with ProfileCache.open(path) as cache:
            stack = Stack(
                components=tuple(
                    Component(
                        name=hit.technology.key,
                        profile=hit.technology.key,
                        layer=hit.technology.layer,
                    )
                    for hit in cache.search("", limit=COMPONENTS)
                )
            )
            figures["profiles_cold_seconds"] = cpu_seconds(lambda: cache.profiles_for(stack))
            figures["profiles_again_seconds"] = cpu_seconds(lambda: cache.profiles_for(stack))
    sys.stdout.write(json.dumps(figures, indent=2) + "\n")


if __name__ == "__main__":
    main()
