"""Starting and ending the window."""

import os
import sys
from datetime import datetime
from pathlib import Path

from stack_half_life.errors import StackHalfLifeError


def open_window(stack_path: Path | None, cache_path: Path) -> int:
    """Show the window, with a stack file or the first screen, until it is closed.

    Raises:
        StackHalfLifeError: where there is no display, or the file is no stack.
    """
    _require_display()
    from PySide6.QtWidgets import QApplication

    from stack_half_life.gui.offscreen import quieten_offscreen
    from stack_half_life.gui.shell.session import Session
    from stack_half_life.gui.shell.window import Window

    application = QApplication(sys.argv[:1])
    quieten_offscreen()
    application.setApplicationName("stack-half-life")
    application.setApplicationDisplayName("Stack Half-Life")
    session = Session(application, cache_path, datetime.now().astimezone().date())
    window = Window(session)
    try:
        if stack_path is not None:
            stack = window.files.read(stack_path)
            window.show_stack(stack, stack_path)
        else:
            window.reopening.reopen()
        window.show()
        window.offer_recovery()
        return application.exec()
    finally:
        session.close()


def _require_display() -> None:
    """Say so where a window cannot be: Qt would end the process without a word."""
    if not sys.platform.startswith("linux"):
        return
    if any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")):
        return
    raise StackHalfLifeError(
        "no display to show the window on (DISPLAY and WAYLAND_DISPLAY are not set); "
        "the command line works without one: stack-half-life forecast STACK"
    )
