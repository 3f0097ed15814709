"""How dear a harvest is beside `git log -p` and, where they are given, beside other programs.

Run: `PYTHONPATH=desktop python tests/benchmarks/bench_harvest.py REPOSITORY [--verify FILES]
[--theseus git-of-theseus-analyze] [--shelf-life shelf-life]`. The other programs are installed by
whoever compares, in an environment of their own; CPU is user plus system, of all processes.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from stack_half_life.evidence.git.history import History, read_history
from stack_half_life.evidence.git.layout import find_repository
from stack_half_life.evidence.git.paths import path_text
from stack_half_life.evidence.git.refs import head_commit
from stack_half_life.evidence.git.shim import open_shim

LOG = ["log", "--first-parent", "--diff-merges=first-parent", "-p", "-U0", "-M"]


def main() -> None:
    """Print the figures, each a ratio of this run."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("repository", type=Path)
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--verify", type=int, default=0, metavar="FILES")
    asked.add_argument("--theseus", metavar="PROGRAM")
    asked.add_argument("--shelf-life", metavar="PROGRAM")
    options = asked.parse_args()
    repository = options.repository.resolve()
    git = ["git", "-C", str(repository), *LOG]
    ours = [sys.executable, "-m", "stack_half_life", "harvest", str(repository), "--json"]
    with tempfile.TemporaryDirectory() as home:
        figures = [
            (cpu_seconds(git, home), cpu_seconds([*ours, "--fresh"], home), cpu_seconds(ours, home))
            for _ in range(options.rounds)
        ]
        least_git, least_ours, least_again = (min(column) for column in zip(*figures, strict=True))
        print(f"git log -p: {least_git:.2f} s CPU")
        print(f"harvest: {least_ours:.2f} s CPU, {least_ours / least_git:.2f} times git's")
        print(f"second harvest: {least_again:.2f} s CPU")
        git_bytes, our_bytes = peak_bytes(git, home), peak_bytes([*ours, "--fresh"], home)
        print(
            f"memory at its peak: git {git_bytes / 2**20:.0f} MB, harvest with its git "
            f"{our_bytes / 2**20:.0f} MB, {(our_bytes - git_bytes) / 2**20:+.0f} MB"
        )
        if options.theseus:
            branch = ["git", "-C", str(repository), "symbolic-ref", "--short", "HEAD"]
            name = subprocess.check_output(branch, text=True).strip()
            theseus = [options.theseus, str(repository), "--branch", name, "--outdir", home]
            compare("git-of-theseus", cpu_seconds(theseus, home), least_ours)
        if options.shelf_life:
            shelf_life = [options.shelf_life, str(repository), "--no-cache", "--json"]
            compare("shelf-life", cpu_seconds(shelf_life, home), least_ours)
    if options.verify:
        verify(repository, options.verify)


def compare(name: str, seconds: float, ours: float) -> None:
    """Print how much longer another program took."""
    print(f"{name}: {seconds:.2f} s CPU, {seconds / ours:.1f} times ours")


def cpu_seconds(command: Sequence[str], home: str) -> float:
    """User and system time of a command and all it started."""
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, env=os.environ | {"XDG_CACHE_HOME": home}
    ) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command[0]} failed with {process.returncode}")
    return usage.ru_utime + usage.ru_stime


def peak_bytes(command: Sequence[str], home: str) -> int:
    """Most memory held at once by a command and all it started, sampled every few milliseconds."""
    peak = 0
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, env=os.environ | {"XDG_CACHE_HOME": home}
    ) as process:
        while process.poll() is None:
            peak = max(peak, held_bytes(process.pid))
            time.sleep(0.003)
    return peak


def held_bytes(process: int) -> int:
    """Resident memory of a process and its descendants now."""
    try:
        status = Path(f"/proc/{process}/statm").read_text()
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError:
        return 0
    own = int(status.split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return own + sum(held_bytes(int(child)) for child in children)


def verify(repository: Path, files: int) -> None:
    """Compare line counts of all files, and births in some of them, with git's own word."""
    layout = find_repository(repository)
    head = head_commit(layout)
    with open_shim(layout, object_id_length=len(head), follow_alternates=True) as shim:
        history = read_history(shim, head, History())
        commits = shim.output(["rev-list", "--first-parent", "--reverse", head]).decode().split()
    births = {
        path_text(path): lines
        for path, lines in zip(history.path_numbers, history.lines.births(), strict=True)
        if lines
    }
    counts = git_line_counts(repository, head)
    wrong = {
        path
        for path in births.keys() | counts.keys()
        if len(births.get(path, ())) != counts.get(path, 0)
    }
    named = json.dumps(sorted(wrong)[:5])
    print(f"line counts: {len(counts):,} text files, {len(wrong)} differ {named}")
    chosen = random.Random(1).sample(sorted(births), min(files, len(births)))
    lines = differing = 0
    for path in chosen:
        blamed = git_births(repository, head, path)
        found = [commits[birth] for birth in births[path]]
        lines += len(blamed)
        differing += sum(a != b for a, b in zip(blamed, found, strict=True))
    print(f"births: {lines:,} lines of {len(chosen):,} files, {differing} differ from git blame")


def git_line_counts(repository: Path, head: str) -> dict[str, int]:
    """Lines of every regular text file, by git; attributes are left aside as a harvest does."""
    git = ["git", "-C", str(repository)]
    empty = subprocess.check_output([*git, "hash-object", "-t", "tree", "--stdin"], input=b"")
    tree = subprocess.check_output([*git, "ls-tree", "-r", "-z", head]).split(b"\0")
    regular = {line.partition(b"\t")[2] for line in tree if line.startswith(b"100")}
    told = subprocess.check_output(
        [*git, "diff", "--numstat", "--no-renames", "--no-textconv", "-z", empty.strip(), head]
    )
    counts = {}
    for line in filter(None, told.split(b"\0")):
        added, _, path = line.split(b"\t", 2)
        if path in regular and added not in {b"-", b"0"}:
            counts[path.decode("utf-8", "replace")] = int(added)
    return counts


def git_births(repository: Path, head: str, path: str) -> list[str]:
    """The commit each line was born with, by `git blame --first-parent`."""
    command = ["git", "-C", str(repository), "blame", "--first-parent", "--root", "-s", "-l"]
    told = subprocess.check_output([*command, head, "--", path])
    return [line.partition(b" ")[0].decode() for line in told.split(b"\n") if line]


if __name__ == "__main__":
    main()
