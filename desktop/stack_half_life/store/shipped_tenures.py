"""The shipped tenures of dependencies in manifests, and the labels of their packages."""

import csv
from datetime import date
from pathlib import Path

from stack_half_life.domain.facts import TenureSpell
from stack_half_life.errors import CacheError
from stack_half_life.paths import DATA
from stack_half_life.store.shipped_tables import table_rows


def shipped_tenures(folder: Path = DATA) -> tuple[TenureSpell, ...]:
    """Every shipped spell of a dependency in a repository's manifests.

    Raises:
        CacheError: where a shipped table is missing or broken.
    """
    try:
        repositories = {
            row["repository"]: (row["kind"], date.fromisoformat(row["observed_until"]))
            for row in table_rows(folder / "tenure_repositories.csv")
        }
        return tuple(
            TenureSpell(
                repository=row["repository"],
                repository_kind=repositories[row["repository"]][0],
                ecosystem=row["ecosystem"],
                package=row["package"],
                scope=row["scope"],
                added_on=date.fromisoformat(row["added_on"]),
                removed_on=date.fromisoformat(row["removed_on"]) if row["removed_on"] else None,
                observed_until=repositories[row["repository"]][1],
                is_left_truncated=row["is_left_truncated"] == "1",
                removed_how=row["removed_how"],
            )
            for row in table_rows(folder / "tenures.csv")
        )
    except (OSError, KeyError, ValueError, csv.Error) as error:
        raise CacheError(f"{folder}: the shipped tenures cannot be read ({error})") from error


def shipped_image_technologies(folder: Path = DATA) -> dict[str, str]:
    """The technology of each container image that is one, by the image's name.

    Raises:
        CacheError: where the shipped table is missing or broken.
    """
    try:
        return {
            row["package"]: row["technology"]
            for row in table_rows(folder / "package_layers.csv")
            if row["ecosystem"] == "docker" and row["technology"]
        }
    except (OSError, KeyError, csv.Error) as error:
        raise CacheError(f"{folder}: the package labels cannot be read ({error})") from error


def shipped_package_labels(folder: Path = DATA) -> dict[tuple[str, str], str]:
    """The hand-written layer label of each (ecosystem, package).

    Raises:
        CacheError: where the shipped table is missing or broken.
    """
    try:
        return {
            (row["ecosystem"], row["package"]): row["label"]
            for row in table_rows(folder / "package_layers.csv")
        }
    except (OSError, KeyError, csv.Error) as error:
        raise CacheError(f"{folder}: the package labels cannot be read ({error})") from error
