"""How long searches take in a cache of 100,000 technologies: `python tests/benchmarks/…py`.

Prints the slowest and the median search, in milliseconds, over queries of every kind.
"""

import json
import random
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "desktop"))

from stack_half_life.store.cache import ProfileCache
from stack_half_life.store.seeding import index_names

TECHNOLOGIES = 100_000
QUERIES = (
    "p",
    "re",
    "react",
    "react native",
    "llama.cpp",
    "@scope/pack",
    "fast-json-42",
    "zzzz",
    "pkg:npm/fast-json-4242",
    "data",
    "data store kit",
    '"*',
    "",
)
WORDS = [
    "fast",
    "json",
    "react",
    "native",
    "data",
    "store",
    "kit",
    "pack",
    "scope",
    "lib",
    "core",
    "http",
    "query",
    "graph",
    "test",
]


def fill(cache: ProfileCache) -> None:
    """Add made-up technologies to the seeded cache until there are 100,000."""
    rng = random.Random(1)
    connection = cache._connection
    connection.execute("BEGIN IMMEDIATE")
    (known,) = connection.execute("SELECT count(*) FROM technologies").fetchone()
    for number in range(known, TECHNOLOGIES):
        name = f"{'-'.join(rng.sample(WORDS, 2))}-{number}"
        connection.execute(
            "INSERT INTO technologies (key, name, layer, generation, nature, source, "
            "retrieved_on, confidence) VALUES (?, ?, 'front-end', 'classical', 'package', "
            "'dependency-manifests', '2026-01-01', 'low')",
            (name, name),
        )
        index_names(
            connection, key=name, name=name, aliases=[f"@{name}"], purls=[f"pkg:npm/{name}"]
        )
    connection.execute("COMMIT")


def main() -> None:
    """Fill a cache, search it, print the figures as JSON."""
    with tempfile.TemporaryDirectory() as folder:
        with ProfileCache.open(Path(folder) / "large.sqlite") as cache:
            fill(cache)
            slowest: dict[str, float] = {}
            for query in QUERIES:
                times = []
                for _ in range(5):
                    begun = time.perf_counter()
                    cache.search(query)
                    times.append((time.perf_counter() - begun) * 1000)
                slowest[query] = round(max(times), 2)
        sys.stdout.write(
            json.dumps(
                {
                    "technologies": TECHNOLOGIES,
                    "median_ms": median(slowest.values()),
                    "slowest_ms": slowest,
                },
                indent=2,
            )
            + "\n"
        )


if __name__ == "__main__":
    main()
