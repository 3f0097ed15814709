"""A small git repository made for a picture of what a harvest finds."""

import os
import subprocess
from pathlib import Path

_YEAR_SECONDS = 31_557_600
_START = 1_514_764_800
_MANIFESTS = (
    "flask\nrequests\ncelery\n",
    "flask\nrequests\ncelery\nredis\nsqlalchemy\n",
    "fastapi\nrequests\nredis\nsqlalchemy\n",
    "fastapi\nhttpx\nsqlalchemy\npydantic\n",
)


def made_repository(folder: Path) -> Path:
    """Make a repository with a commit a year, each with another manifest and more lines."""
    folder.mkdir()
    _git(folder, 0, "init", "-q", ".")
    for year, manifest in enumerate(_MANIFESTS):
        (folder / "requirements.txt").write_text(manifest, encoding="utf-8")
        lines = (f"line {at} of {max(year - at % 3, 0)}\n" for at in range(40 * (year + 1)))
        (folder / "shop.py").write_text("".join(lines), encoding="utf-8")
        _git(folder, year, "add", "-A")
        _git(folder, year, "commit", "-q", "-m", f"Year {year}")
        _git(folder, year, "tag", f"v{year + 1}.0")
    return folder


def _git(folder: Path, year: int, *arguments: str) -> None:
    when = f"@{_START + year * _YEAR_SECONDS} +0000"
    person = {"NAME": "A", "EMAIL": "a@example.org", "DATE": when}
    environment = os.environ | {"GIT_CONFIG_NOSYSTEM": "1", "HOME": str(folder.parent)}
    for role in ("AUTHOR", "COMMITTER"):
        environment |= {f"GIT_{role}_{what}": value for what, value in person.items()}
    subprocess.run(["git", *arguments], cwd=folder, env=environment, check=True)
