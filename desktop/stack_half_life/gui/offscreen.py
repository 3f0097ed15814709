"""What Qt's offscreen platform says of every window, kept from the terminal."""

import sys

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication

NOT_SUPPORTED = "This plugin does not support"
"""How the platform begins to say that it lacks size hints or raising: nothing is shown there."""


def quieten_offscreen() -> None:
    """Leave that out where the platform is offscreen; elsewhere nothing is changed."""
    if QGuiApplication.platformName() == "offscreen":
        qInstallMessageHandler(_pass_on)


def _pass_on(_kind: QtMsgType, _where: QMessageLogContext, words: str) -> None:
    if not words.startswith(NOT_SUPPORTED):
        sys.stderr.write(f"{words}\n")
