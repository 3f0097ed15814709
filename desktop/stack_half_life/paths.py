"""Where the program finds what it ships and runs, and where it keeps what the user makes."""

import os
import shutil
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
_BUNDLED = PACKAGE / "_bundled"
_CHECKOUT = PACKAGE.parent.parent

SHIPPED = _BUNDLED if _BUNDLED.is_dir() else _CHECKOUT
"""Where `resources` and `data` lie: inside an installed package, or at a checkout's top level."""

RESOURCES = SHIPPED / "resources"
DATA = SHIPPED / "data"
EXAMPLES = DATA / "examples"

CACHE_NAME = "profiles.sqlite"
CACHE_VARIABLE = "STACK_HALF_LIFE_CACHE"


def user_folder() -> Path:
    """The folder for what the user's program keeps (not created here)."""
    from platformdirs import user_data_path

    return user_data_path("stack-half-life", appauthor=False)


def cache_file(chosen: Path | None = None) -> Path:
    """The cache to use: the one chosen, else `STACK_HALF_LIFE_CACHE`, else the user's own."""
    if chosen is not None:
        return chosen
    from_environment = os.environ.get(CACHE_VARIABLE)
    if from_environment:
        return Path(from_environment)
    return user_folder() / CACHE_NAME


def unsaved_folder() -> Path:
    """Where open windows keep unsaved edits, so that a crash loses none."""
    return user_folder() / "unsaved"


def harvest_folder() -> Path:
    """Where it is remembered how far harvests of repositories got; safe to delete."""
    from platformdirs import user_cache_path

    return user_cache_path("stack-half-life", appauthor=False) / "harvest"


def as_text(path: Path) -> str:
    """A path as text that any encoding takes; bytes of its name that are no text become marks."""
    return str(path).encode("utf-8", "replace").decode("utf-8")


def find_program(name: str) -> str | None:
    """A program on the PATH; folders named relative to here, as a project's own, are passed over.

    None where there is none.
    """
    folders = os.environ.get("PATH", os.defpath).split(os.pathsep)
    absolute = os.pathsep.join(folder for folder in folders if Path(folder).is_absolute())
    return shutil.which(name, path=absolute)
