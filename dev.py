"""Set up everything on a bare machine and start: `python3 dev.py run` or `python3 dev.py test`.

Needs Python 3.11 or newer and its standard library. Shared libraries and tools that are missing
are installed with apt where there is apt and named where there is none; Python packages go into
`.venv`, exactly those of `requirements.lock`, again only when the lock has changed.
"""

import argparse
import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "installed"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
LOCK = ROOT / "requirements.lock"

# Shared library or command -> the Debian package that brings it.
QT_LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
}
WINDOW_LIBRARIES = {
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
}
NO_DISPLAY = """\
No display here, so no window. The same forecasts come from the command line, for example:
  python3 dev.py run forecast data/examples/llm-serving-nvidia.toml
  python3 dev.py run --help"""


def main() -> None:
    """Do what the first argument says."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("task", choices=("run", "test", "lock"))
    parser.add_argument("arguments", nargs=argparse.REMAINDER, help="passed on")
    options = parser.parse_args()
    os.chdir(ROOT)
    try:
        sys.exit({"run": run, "test": test, "lock": lock}[options.task](options.arguments))
    except KeyboardInterrupt:
        sys.exit("Stopped. The same command again carries on.")


def run(arguments: Sequence[str]) -> int:
    """Start the program; without a command it opens its window."""
    if not arguments or arguments[0].endswith(".toml"):
        if sys.platform == "linux" and not any(
            map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
        ):
            sys.exit(NO_DISPLAY)
        install_system({**QT_LIBRARIES, **WINDOW_LIBRARIES})
    install_packages()
    return subprocess.call([BIN / "python", "-m", "stack_half_life", *arguments])


def test(arguments: Sequence[str]) -> int:
    """Check style, types and imports, then run every test; the arguments go to pytest."""
    install_system({**QT_LIBRARIES, "git": "git"})
    install_packages()
    checks = ("ruff check", "ruff format --check", "mypy", "lint-imports")
    commands = {check: check.split() for check in checks}
    commands["pytest"] = ["pytest", *arguments]
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    failed = []
    for name, (tool, *rest) in commands.items():
        print(f"== {name}", flush=True)
        if subprocess.call([BIN / tool, *rest]):
            failed.append(name)
    if failed:
        sys.exit("Failed: " + ", ".join(failed))
    return 0


def lock(arguments: Sequence[str]) -> int:
    """Write `requirements.lock` anew with uv; `--upgrade` takes newer versions."""
    if not shutil.which("uv"):
        sys.exit("`lock` needs uv on the path.")
    command = "uv pip compile pyproject.toml --group dev --universal --fork-strategy fewest"
    command += " --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --quiet"
    return subprocess.call([*command.split(), "--output-file", str(LOCK), *arguments])


def install_system(needed: Mapping[str, str]) -> None:
    """Install with apt what `needed` (library or command -> package) names and is missing."""
    if sys.platform != "linux":
        needed = {name: package for name, package in needed.items() if ".so" not in name}
    missing = [package for name, package in needed.items() if not is_present(name)]
    if not missing:
        return
    names = " ".join(missing)
    apt = [] if os.geteuid() == 0 else ["sudo"]
    if not all(map(shutil.which, [*apt, "apt-get"])):
        sys.exit(f"Please install what these Debian packages bring, then try again: {names}")
    print(f"== Installing with apt: {names}", flush=True)
    apt += ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-o", "Acquire::Retries=3", "-q"]
    subprocess.call([*apt, "update"])
    if subprocess.call([*apt, "install", "-y", "--no-install-recommends", *missing]):
        sys.exit(f"apt could not install: {names}. Please install them, then try again.")


def is_present(name: str) -> bool:
    """Whether a shared library loads, a Python module is there or a command is on the path."""
    if ".so" in name:
        try:
            ctypes.CDLL(name)
        except OSError:
            return False
        return True
    return bool(shutil.which(name) or importlib.util.find_spec(name))


def install_packages() -> None:
    """Make `.venv` from the lock, unless the one there was finished from this very lock."""
    wanted = hashlib.sha256(LOCK.read_bytes() + (ROOT / "pyproject.toml").read_bytes())
    wanted.update(f"{sys.version_info[:2]} {ROOT}".encode())
    if STAMP.exists() and STAMP.read_text() == wanted.hexdigest():
        return
    install_system({"ensurepip": f"python3.{sys.version_info.minor}-venv"})
    print("== Installing packages into .venv (once; some 200 MB)", flush=True)
    python = getattr(sys, "_base_executable", sys.executable)
    pip = [str(BIN / "python"), "-m", "pip", "install", "--disable-pip-version-check"]
    pip += [] if sys.stdout.isatty() else ["--quiet"]
    os.environ.setdefault("PIP_DEFAULT_TIMEOUT", "60")
    must([python, "-m", "venv", "--clear", VENV])
    must([*pip, "--require-hashes", "-r", LOCK], attempts=3)
    must([*pip, "--no-deps", "--no-build-isolation", "-e", ROOT])
    STAMP.write_text(wanted.hexdigest())


def must(command: "Sequence[str | Path]", attempts: int = 1) -> None:
    """Run a command, again if it fails; then give up, saying which it was."""
    if all(subprocess.call(command) for _ in range(attempts)):
        sys.exit(f"Failed: {' '.join(map(str, command))}\nThe same command again carries on.")


if __name__ == "__main__":
    if sys.version_info < (3, 11):
        sys.exit("Stack Half-Life needs Python 3.11 or newer.")
    main()
