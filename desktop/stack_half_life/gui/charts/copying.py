"""Charts leave the window as pictures: copied as PNG or SVG, or saved."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMimeData, QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from stack_half_life.files import reason, write_atomically
from stack_half_life.gui.panels.copies import offer_copy

SVG_TYPE = "image/svg+xml"
_FAMILY = re.compile(rb'font-family="([^"]*)"')
_FALLBACKS = b"Inter, 'Helvetica Neue', Arial, 'Liberation Sans', sans-serif"
_OURS = "application/x-stack-half-life-drawing"


@dataclass(frozen=True, slots=True)
class Picture:
    """How a chart is drawn apart from the screen."""

    size: Callable[[], QSize]
    draw: Callable[[QPainter], None]
    image: Callable[[], QImage]


def offer_picture(chart: QWidget, picture: Picture) -> None:
    """Offer to copy and save a chart, in its context menu, by keys, and in the palette."""
    for words, keys, do in (
        ("Copy as picture (PNG)", "Ctrl+C", lambda: _copy_png(picture)),
        ("Copy as drawing (SVG)", "Ctrl+Alt+C", lambda: _copy_svg(chart, picture)),
        ("Save picture…", "Ctrl+Alt+S", lambda: _save(chart, picture)),
    ):
        offer_copy(chart, words, do, keys)
    chart.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)


def svg_of(chart: QWidget, picture: Picture) -> bytes:
    """The chart as SVG, with its name and its figures in words for those who cannot see it."""
    from PySide6.QtSvg import QSvgGenerator

    size = picture.size()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(size)
    generator.setViewBox(QRect(0, 0, size.width(), size.height()))
    generator.setTitle(chart.accessibleName())
    generator.setDescription(chart.accessibleDescription())
    painter = QPainter(generator)
    picture.draw(painter)
    painter.end()
    return _FAMILY.sub(_with_fallbacks, bytes(buffer.data().data()))


def png_of(picture: Picture) -> bytes:
    """The chart as PNG."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.image().save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def leave_clipboard() -> None:
    """Leave text on the clipboard at the end: Qt would free data made here after Python ended."""
    clipboard = QGuiApplication.clipboard()
    data: QMimeData | None = clipboard.mimeData()
    if data is not None and data.hasFormat(_OURS):
        clipboard.setText(clipboard.text())


def _with_fallbacks(found: re.Match[bytes]) -> bytes:
    """The face, and after it those to take where a drawing is shown without it."""
    family = found.group(1).replace(b"'", b"")
    return b"font-family=\"'" + family + b"', " + _FALLBACKS + b'"'


def _copy_png(picture: Picture) -> None:
    QGuiApplication.clipboard().setImage(picture.image())


def _copy_svg(chart: QWidget, picture: Picture) -> None:
    content = svg_of(chart, picture)
    data = QMimeData()
    data.setData(SVG_TYPE, content)
    data.setData(_OURS, b"1")
    data.setText(content.decode("utf-8"))
    QGuiApplication.clipboard().setMimeData(data)


def _save(chart: QWidget, picture: Picture) -> None:
    dialog = QFileDialog(chart.window(), "Save picture")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilters(["PNG picture (*.png)", "SVG drawing (*.svg)"])
    dialog.setDefaultSuffix("png")
    dialog.filterSelected.connect(
        lambda chosen: dialog.setDefaultSuffix("svg" if "svg" in chosen else "png")
    )
    dialog.selectFile(f"{chart.accessibleName()}.png")
    is_taken = dialog.exec() == QFileDialog.DialogCode.Accepted
    dialog.deleteLater()
    if not is_taken:
        return
    path = Path(dialog.selectedFiles()[0])
    is_svg = path.suffix.lower() == ".svg"
    try:
        write_atomically(path, svg_of(chart, picture) if is_svg else png_of(picture))
    except OSError as problem:
        box = QMessageBox(chart.window())
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setWindowTitle("Not saved")
        box.setText(f"{path}: cannot be written: {reason(problem)}")
        box.exec()
        box.deleteLater()
