"""The theme in force: follows the system or the person's choice, and says when it changes."""

from enum import StrEnum

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from stack_half_life.domain.palette import DARK, LIGHT, Palette
from stack_half_life.gui.theme import fonts
from stack_half_life.gui.theme.stylesheet import palette, stylesheet


class Scheme(StrEnum):
    """What the person chose."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Theme(QObject):
    """Applies colours and type to the whole application."""

    changed = Signal()

    def __init__(self, application: QApplication, scheme: Scheme = Scheme.SYSTEM) -> None:
        super().__init__(application)
        self._application = application
        self._scheme = scheme
        self._colours: Palette | None = None
        application.setStyle("Fusion")
        application.setFont(fonts.body())
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._apply)
        self._apply()

    @property
    def scheme(self) -> Scheme:
        """What the person chose."""
        return self._scheme

    @property
    def colours(self) -> Palette:
        """The colours in force."""
        assert self._colours is not None
        return self._colours

    def choose(self, scheme: Scheme) -> None:
        """Follow the system, or stay light or dark."""
        self._scheme = scheme
        self._apply()

    def _apply(self) -> None:
        known = QGuiApplication.styleHints().colorScheme()
        is_dark = self._scheme is Scheme.DARK or (
            self._scheme is Scheme.SYSTEM and known is Qt.ColorScheme.Dark
        )
        colours = DARK if is_dark else LIGHT
        if colours is self._colours:
            return
        self._colours = colours
        self._application.setPalette(palette(colours))
        self._application.setStyleSheet(stylesheet(colours))
        self.changed.emit()
