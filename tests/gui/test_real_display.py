"""The program on a real X server, from the command line to a drawn window."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

XVFB = shutil.which("Xvfb")
SOURCE = Path(__file__).resolve().parents[2] / "desktop"
PROGRAM = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from stack_half_life.gui import app
from stack_half_life.gui.shell.window import Window

def look():
    from PySide6.QtWidgets import QApplication
    found = [each for each in QApplication.topLevelWidgets() if isinstance(each, Window)]
    document = found[0].document if found else None
    if document is None or document.assessment is None or document.is_preview:
        QTimer.singleShot(50, look)
        return
    image = found[0].grab().toImage()
    colours = {image.pixel(x, y) for x in range(0, image.width(), 7)
               for y in range(0, image.height(), 7)}
    screen = QApplication.primaryScreen().availableGeometry()
    print(QApplication.platformName(), len(document.assessment.forecast.components), len(colours),
          screen.contains(found[0].geometry()))
    found[0].close()

real = Window.show
def show(self):
    real(self)
    QTimer.singleShot(0, look)
Window.show = show
sys.exit(app.open_window(Path(sys.argv[1]), Path(sys.argv[2])))
"""


@pytest.fixture
def display() -> Iterator[str]:
    """An X server of its own, gone afterwards."""
    if XVFB is None:
        pytest.skip("no Xvfb here: the window is tested offscreen only")
    read, write = os.pipe()
    server = subprocess.Popen(
        [XVFB, "-displayfd", str(write), "-screen", "0", "1280x800x24", "-nolisten", "tcp"],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read, encoding="ascii") as told:
        number = told.readline().strip()
    if not number:
        server.wait()
        pytest.skip("Xvfb does not start here: the window is tested offscreen only")
    yield f":{number}"
    server.terminate()
    server.wait()


def run_program(platform: str, tmp_path: Path, **more: str) -> "subprocess.CompletedProcess[str]":
    """The program with an example, from the command line to its end."""
    example = SOURCE.parent / "data" / "examples" / "classic-web.toml"
    environment = os.environ | {
        "QT_QPA_PLATFORM": platform,
        "PYTHONPATH": str(SOURCE),
        "XDG_CONFIG_HOME": str(tmp_path),
        "XDG_DATA_HOME": str(tmp_path),
    }
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, str(example), str(tmp_path / "cache.sqlite")],
        capture_output=True,
        text=True,
        env=environment | more,
        timeout=240,
        check=False,
    )


def test_offscreen_the_program_says_nothing_on_the_terminal(tmp_path: Path) -> None:
    done = run_program("offscreen", tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("offscreen ")


def test_the_window_shows_an_example_on_a_real_display(display: str, tmp_path: Path) -> None:
    done = run_program("xcb", tmp_path, DISPLAY=display)
    if "could not load the Qt platform plugin" in done.stderr.lower().replace("“", ""):
        pytest.skip("the libraries of Qt's xcb plugin are not installed here")
    assert done.stderr == ""
    assert done.returncode == 0
    platform, components, colours, fits = done.stdout.split()
    assert platform == "xcb"
    assert int(components) >= 10
    assert int(colours) > 50
    assert fits == "True"
