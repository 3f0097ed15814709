"""Whose files they are: the folder and the repository that files lie in."""

import os
from collections.abc import Sequence
from pathlib import Path


def common_folder(files: Sequence[Path]) -> Path:
    """The deepest folder that holds all files; that of the first where none does."""
    folders = [file.resolve().parent for file in files]
    try:
        return Path(os.path.commonpath(folders))
    except ValueError:
        return folders[0]


def repository_folder(folder: Path) -> Path | None:
    """The nearest folder above, or this one, that is a repository's; nothing of it is read."""
    return next((one for one in (folder, *folder.parents) if (one / ".git").exists()), None)


def project_folders(files: Sequence[Path]) -> tuple[Path, ...]:
    """The repository that holds all files, where one does, and their common folder.

    Files of one folder alone are that folder's: it comes first.
    """
    common = common_folder(files)
    repository = repository_folder(common)
    is_one = all(file.resolve().parent == common for file in files)
    found = (common, repository) if is_one else (repository, common)
    return tuple(dict.fromkeys(folder for folder in found if folder is not None))
