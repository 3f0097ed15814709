"""Stand-ins for the versions of files that a clone does not have.

Partial clones leave out what is large. Git cannot compare what it does not have and gives up; so
each version that is missing gets a stand-in beside the foreign objects: a few bytes that git
takes for binary and finds like nothing else. The files are then passed over while they are so.
"""

import zlib
from collections.abc import Collection
from pathlib import Path

from stack_half_life.evidence.git.shim import GitShim
from stack_half_life.evidence.git.versions import GitVersions

MOST_MISSING_SHARE = 0.05
"""Where more of the versions are missing, what is left would not stand for the whole."""

_LIST_ARGUMENTS = (
    "log",
    "--first-parent",
    "--diff-merges=first-parent",
    "--format=",
    "--raw",
    "--no-abbrev",
    "--no-renames",
    "--ignore-submodules=all",
)


def missing_versions(shim: GitShim, head: str) -> frozenset[bytes]:
    """Ids of the versions of files that a history names and the clone lacks.

    Empty where nothing is missing, or too much.
    """
    named: set[bytes] = set()
    for line in shim.output([*_LIST_ARGUMENTS, head, "--"]).split(b"\n"):
        if line.startswith(b":"):
            old_mode, new_mode, old, new, _ = line[1:].split(b" ", 4)
            named.update(
                identity
                for mode, identity in ((old_mode, old), (new_mode, new))
                if mode.startswith((b"100", b"120"))
            )
    missing = frozenset(named - GitVersions(shim).sizes(named).keys())
    return missing if len(missing) <= MOST_MISSING_SHARE * len(named) else frozenset()


def with_stand_ins(shim: GitShim, missing: Collection[bytes]) -> GitShim:
    """Git on the same objects and stand-ins for missing ones, which are written to the shim."""
    standing = shim.with_own_objects()
    own = Path(standing.environment["GIT_OBJECT_DIRECTORY"])
    for identity in missing:
        name = identity.decode()
        content = b"\0" + identity
        path = own / name[:2] / name[2:]
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(zlib.compress(b"blob %d\0%s" % (len(content), content)))
    return standing
