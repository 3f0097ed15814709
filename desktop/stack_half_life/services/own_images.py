"""Which images of compose files are the project itself, and so no technologies of its stack."""

import re
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path

from stack_half_life.evidence.stack_import import ImportedFile, ImportedItem, project_folders
from stack_half_life.services.matching import technology_of
from stack_half_life.store.cache import ProfileCache

_COMPOSE_ENDINGS = (".yml", ".yaml")
_WORD = re.compile(r"[a-z0-9]+")


def own_images(
    imported: Sequence[ImportedFile], files: Sequence[Path], cache: ProfileCache
) -> frozenset[str]:
    """Names of images that compose files build, or that are told to be the project's by name.

    Those whose name begins with that of the project (its repository or folder), and those named
    like a folder beside the compose file. An image that is a known technology is the project's
    only where it is no official one and packages of the project are among the files: who gives a
    compose file alone may run what others made.
    """
    built = {name for one in imported for name in one.built}
    has_packages = any(
        item.kind not in ("docker", "generic") for one in imported for item in one.items
    )
    projects = ["".join(_WORD.findall(folder.name.casefold())) for folder in project_folders(files)]
    found = set(built)
    for one in imported:
        if not one.form.casefold().endswith(_COMPOSE_ENDINGS):
            continue
        for item in one.items:
            if item.kind != "docker":
                continue
            beginnings = set(accumulate(_WORD.findall(_last(item.name))))
            is_named = not beginnings.isdisjoint(projects)
            if not is_named and not (Path(one.file).parent / _last(item.name)).is_dir():
                continue
            may_be_others = technology_of(item, cache) is not None
            if not may_be_others or (is_named and has_packages and "/" in item.name):
                found.add(item.name)
    return frozenset(found)


def without_images(items: Sequence[ImportedItem], own: frozenset[str]) -> list[ImportedItem]:
    """The items without images of those names."""
    return [item for item in items if item.kind != "docker" or item.name not in own]


def own_images_said(own: frozenset[str]) -> tuple[str, ...]:
    """One sentence naming the images left out; none where there are none."""
    if not own:
        return ()
    names = ", ".join(sorted(own))
    is_one = len(own) == 1
    what = "1 image is" if is_one else f"{len(own)} images are"
    return (f"left out, since {what} built here or named like the project: {names}",)


def _last(name: str) -> str:
    return name.rpartition("/")[2]
