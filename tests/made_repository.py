"""Git repositories made for tests, with commit times that are told and nothing of the user's."""

import os
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

DAY = 86_400
START = 1_500_000_000


class MadeRepository:
    """A work tree and its repository; every commit is a day after the one before."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.folder = folder
        self.days = 0
        folder.mkdir(parents=True, exist_ok=True)
        self.git("init", "-q", "-b", "main", *options, ".")

    def git(self, *arguments: str, given: bytes | None = None, at: int = START) -> str:
        """What git prints in the work tree, where it takes `at` seconds since 1970 for now."""
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.folder,
            input=given,
            capture_output=True,
            check=True,
            env={
                "PATH": os.environ["PATH"],
                "HOME": str(self.folder.parent),
                "GIT_CONFIG_NOSYSTEM": "1",
                "GIT_AUTHOR_NAME": "A",
                "GIT_AUTHOR_EMAIL": "a@example.org",
                "GIT_COMMITTER_NAME": "A",
                "GIT_COMMITTER_EMAIL": "a@example.org",
                "GIT_AUTHOR_DATE": f"@{at} +0000",
                "GIT_COMMITTER_DATE": f"@{at} +0000",
            },
        )
        return done.stdout.decode("utf-8", "surrogateescape")

    def write(self, files: Mapping[str, str | bytes | None]) -> None:
        """Write files into the work tree; None removes one."""
        for name, content in files.items():
            path = self.folder / name
            if content is None:
                path.unlink()
                with suppress(OSError):
                    path.parent.rmdir()
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)

    def commit(
        self, files: Mapping[str, str | bytes | None] | None = None, *, seconds: int | None = None
    ) -> str:
        """Write files, commit all there is, and return the commit's id.

        seconds: the commit's time, else a day after the last.
        """
        self.write(files or {})
        self.days += 1
        if seconds is None:
            seconds = START + self.days * DAY
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "x", at=seconds)
        return self.git("rev-parse", "HEAD").strip()

    def tag(self, name: str, *, seconds: int | None = None) -> None:
        """Tag HEAD, with a tag object of its own where a time is given."""
        if seconds is None:
            self.git("tag", name)
        else:
            self.git("tag", "-a", "-m", "x", name, at=seconds)

    def blame(self, path: str) -> list[str]:
        """The commit that each line of a file at HEAD was born with, as git tells it."""
        told = self.git("blame", "--first-parent", "-s", "-l", "--root", "HEAD", "--", path)
        return [line.partition(" ")[0] for line in told.split("\n") if line]

    def line_counts(self) -> dict[str, int]:
        """Lines of every text file at HEAD that is a regular file, as git tells it."""
        empty = self.git("hash-object", "-t", "tree", "--stdin", given=b"").strip()
        listed = self.git("ls-tree", "-r", "-z", "HEAD").split("\0")
        regular = {line.partition("\t")[2] for line in listed if line.startswith("100")}
        counts = {}
        for line in self.git("diff", "--numstat", "--no-renames", "-z", empty, "HEAD").split("\0"):
            if line:
                added, _, path = line.split("\t", 2)
                if path in regular and added != "-":
                    counts[path] = int(added)
        return counts
