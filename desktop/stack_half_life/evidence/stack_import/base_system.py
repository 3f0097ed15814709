"""The operating system below an image, where the image's tag names it."""

import re

from stack_half_life.evidence.manifests import Dependency, Ecosystem

_RELEASES = {
    "stretch": ("debian", "9"),
    "buster": ("debian", "10"),
    "bullseye": ("debian", "11"),
    "bookworm": ("debian", "12"),
    "trixie": ("debian", "13"),
    "xenial": ("ubuntu", "16.04"),
    "bionic": ("ubuntu", "18.04"),
    "focal": ("ubuntu", "20.04"),
    "jammy": ("ubuntu", "22.04"),
    "noble": ("ubuntu", "24.04"),
}
"""Code names of releases, as the distributions announce them."""

_NAMED = re.compile(r"(debian|ubuntu|alpine|rockylinux)(\d[\d.]*)?", re.ASCII)


def base_system(image: Dependency) -> Dependency | None:
    """The system that a tag ends in: `python:3.14-slim-trixie` stands on Debian 13.

    The version is empty where the tag names the system alone; None where it names none.
    """
    for word in reversed(image.requirement.casefold().split("-")):
        named = _NAMED.fullmatch(word)
        found = (named[1], named[2] or "") if named else _RELEASES.get(word)
        if found is not None:
            return Dependency(Ecosystem.DOCKER, *found, image.scope)
    return None
