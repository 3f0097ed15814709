"""Pictures of every view: `python -m stack_half_life.gui.screenshots -o DIR`.

Each view and dialog in light and dark, at each size and scale; offscreen where no other platform
is asked for.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

SIZES = ("1280x800", "1600x1000")
SCALES = (1, 2)


def main(arguments: list[str] | None = None) -> int:
    """Make the pictures, those of each scale in a process of its own."""
    options = _options(arguments)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if len(options.scale) == 1:
        return _make(options)
    given = ["-o", str(options.output), "--as-of", options.as_of.isoformat()]
    given += ["--size", *options.size, "--only", *options.only]
    for scale in options.scale:
        command = [sys.executable, "-m", "stack_half_life.gui.screenshots", *given]
        done = subprocess.run([*command, "--scale", str(scale)], check=False)
        if done.returncode:
            return done.returncode
    return 0


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-o", "--output", type=Path, required=True, help="folder for the pictures")
    parser.add_argument("--as-of", type=date.fromisoformat, default=date(2026, 11, 23))
    parser.add_argument("--size", nargs="+", default=list(SIZES), help="of the window, as 1280x800")
    parser.add_argument("--scale", nargs="+", type=int, default=list(SCALES))
    parser.add_argument("--only", nargs="*", default=[], help="names of the views wanted, else all")
    return parser.parse_args(arguments)


def _make(options: argparse.Namespace) -> int:
    os.environ["QT_SCALE_FACTOR"] = str(options.scale[0])
    from PySide6.QtCore import QSettings, QSize
    from PySide6.QtWidgets import QApplication

    from stack_half_life.gui.offscreen import quieten_offscreen
    from stack_half_life.gui.screenshots.album import Album
    from stack_half_life.gui.screenshots.gallery import Gallery
    from stack_half_life.gui.shell.session import Session

    sizes = [QSize(*map(int, each.split("x"))) for each in options.size]
    options.output.mkdir(parents=True, exist_ok=True)
    application = QApplication(sys.argv[:1])
    quieten_offscreen()
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        scope = QSettings.Scope.UserScope
        QSettings.setPath(QSettings.Format.NativeFormat, scope, str(home))
        session = Session(
            application, home / "profiles.sqlite", options.as_of, unsaved=home / "unsaved"
        )
        album = Album(session.theme, options.output, sizes, options.scale[0], options.only)
        try:
            Gallery(session, album, home).make()
        finally:
            session.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
