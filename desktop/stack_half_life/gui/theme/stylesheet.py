"""The palette and style sheet made from a set of colours, over Qt's Fusion style."""

from PySide6.QtGui import QColor, QPalette

from stack_half_life.domain.palette import Palette
from stack_half_life.paths import RESOURCES


def palette(colours: Palette) -> QPalette:
    """A Fusion palette, so that what the style sheet leaves alone fits too."""
    made = QPalette()
    roles = {
        QPalette.ColorRole.Window: colours.window,
        QPalette.ColorRole.WindowText: colours.ink,
        QPalette.ColorRole.Base: colours.panel,
        QPalette.ColorRole.AlternateBase: colours.field,
        QPalette.ColorRole.ToolTipBase: colours.raised,
        QPalette.ColorRole.ToolTipText: colours.ink,
        QPalette.ColorRole.Text: colours.ink,
        QPalette.ColorRole.Button: colours.raised,
        QPalette.ColorRole.ButtonText: colours.ink,
        QPalette.ColorRole.BrightText: colours.error,
        QPalette.ColorRole.Link: colours.accent,
        QPalette.ColorRole.Highlight: colours.accent,
        QPalette.ColorRole.HighlightedText: colours.on_accent,
        QPalette.ColorRole.PlaceholderText: colours.muted,
        QPalette.ColorRole.Mid: colours.border,
        QPalette.ColorRole.Accent: colours.accent,
    }
    for role, value in roles.items():
        made.setColor(role, QColor(value))
    for role in (
        QPalette.ColorRole.WindowText,
        QPalette.ColorRole.Text,
        QPalette.ColorRole.ButtonText,
    ):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours.muted))
    return made


def stylesheet(colours: Palette) -> str:
    """The style sheet for every widget of the window."""
    scheme = "dark" if colours.is_dark else "light"
    values = {
        name: getattr(colours, name)
        for name in colours.__slots__
        if name not in ("is_dark", "layers")
    }
    icons = (RESOURCES / "icons").as_posix()
    text = _SHEET
    for name, value in values.items():
        text = text.replace(f"@{name};", f"{value};").replace(f"@{name} ", f"{value} ")
    return text.replace("@icons", icons).replace("@scheme", scheme)


_SHEET = """
QMainWindow, QDialog { background: @window; }
QToolTip { background: @raised; color: @ink; border: 1px solid @border; padding: 6px 8px; }

QFrame#panel, QWidget#panel { background: @panel; border: 1px solid @border; border-radius: 8px; }
QLabel { background: transparent; }
QLabel[tone="muted"] { color: @muted; }
QLabel[tone="accent"] { color: @accent; }
QLabel[tone="second"] { color: @second; }
QLabel[tone="error"] { color: @error; }
QFrame#rule { background: @border; border: none; max-height: 1px; min-height: 1px; }

QPushButton, QToolButton { background: @raised; color: @ink; border: 1px solid @border;
    border-radius: 6px; padding: 6px 12px; }
QPushButton:hover, QToolButton:hover { border-color: @muted; }
QPushButton:pressed, QToolButton:pressed { background: @field; }
QPushButton:focus, QToolButton:focus { border: 1px solid @accent; }
QPushButton:disabled, QToolButton:disabled { color: @muted; background: @window; }
QPushButton:checked, QToolButton:checked { background: @accent_wash; border-color: @accent;
    color: @accent; }
QPushButton[compact="true"] { padding: 5px 9px; }
QPushButton[primary="true"] { background: @accent; color: @on_accent; border-color: @accent; }
QPushButton[primary="true"]:hover { border-color: @ink; }
QPushButton[primary="true"]:focus { border: 1px solid @ink; }
QPushButton[primary="true"]:disabled { background: @field; color: @muted; border-color: @border; }
QPushButton[flat="true"], QToolButton[flat="true"] { background: transparent;
    border-color: transparent; color: @muted; padding: 4px 8px; }
QPushButton[flat="true"]:hover, QToolButton[flat="true"]:hover { color: @ink;
    border-color: @border; }
QPushButton[flat="true"]:focus, QToolButton[flat="true"]:focus { border-color: @accent; }
QToolButton::menu-indicator { image: none; width: 0; }
QPushButton::menu-indicator { image: none; width: 0; }
QPushButton[card="true"] { text-align: left; padding: 0; border-radius: 8px;
    background: @panel; }
QPushButton[card="true"]:hover { border-color: @accent; }
QPushButton[card="true"]:focus { border: 1px solid @accent; background: @accent_wash; }

QLineEdit, QComboBox { background: @field; color: @ink;
    border: 1px solid @border; border-radius: 6px; padding: 5px 8px; min-height: 18px;
    selection-background-color: @accent; selection-color: @on_accent; }
QLineEdit:focus, QComboBox:focus { border: 1px solid @accent; }
QLineEdit[wrong="true"], QComboBox[wrong="true"] {
    border: 1px solid @error; background: @error_wash; }
QComboBox::drop-down { border: none; width: 22px; }
QComboBox::down-arrow { image: url(@icons/arrow-down-@scheme.svg); width: 10px; height: 10px; }
QComboBox QAbstractItemView { background: @raised; color: @ink; border: 1px solid @border;
    selection-background-color: @accent_wash; selection-color: @ink; outline: none;
    padding: 3px; }
QCheckBox { spacing: 8px; }
QCheckBox:focus { color: @accent; }

QMenuBar { background: @window; color: @ink; padding: 2px 6px; }
QMenuBar::item { padding: 4px 10px; border-radius: 5px; background: transparent; }
QMenuBar::item:selected { background: @accent_wash; }
QMenu { background: @raised; color: @ink; border: 1px solid @border; padding: 5px; }
QMenu::item { padding: 6px 28px 6px 14px; border-radius: 5px; }
QMenu::item:selected { background: @accent_wash; color: @ink; }
QMenu::item:disabled { color: @muted; }
QMenu::separator { height: 1px; background: @border; margin: 4px 8px; }

QListView, QTableView, QTreeView { background: @panel; color: @ink; border: none;
    outline: none; selection-background-color: @accent_wash; selection-color: @ink; }
QTableView { gridline-color: @grid; alternate-background-color: @field; }
QTableView::item { padding: 0 8px; }
QListWidget { background: @panel; color: @ink; }
QListWidget::item { padding: 3px 0; }
QHeaderView { background: @panel; }
QHeaderView::section { background: @panel; color: @muted; border: none;
    border-bottom: 1px solid @border; padding: 6px 8px; }
QTableCornerButton::section { background: @panel; border: none; }

QScrollArea { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: @border; border-radius: 4px; min-height: 28px;
    min-width: 28px; margin: 1px; }
QScrollBar::handle:hover { background: @muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QTabBar { background: transparent; }
QTabBar::tab { background: transparent; color: @muted; border: 1px solid transparent;
    border-radius: 6px; padding: 6px 8px; margin-right: 2px; min-width: 96px; max-width: 280px; }
QTabBar::tab:selected { background: @accent_wash; color: @accent; border-color: @accent; }
QTabBar::tab:hover:!selected { color: @ink; border-color: @border; }
QTabBar::tab:focus { border-color: @accent; }
QTabBar::close-button { image: url(@icons/close-@scheme.svg); width: 12px; height: 12px;
    margin: 2px; subcontrol-position: right; }
QTabBar QToolButton { background: @window; border: none; border-radius: 0; padding: 0; }
QTabBar QToolButton::left-arrow { image: url(@icons/arrow-left-@scheme.svg); width: 10px; }
QTabBar QToolButton::right-arrow { image: url(@icons/arrow-right-@scheme.svg); width: 10px; }
QTabBar::close-button:hover { background: @border; border-radius: 3px; }

QSplitter::handle { background: transparent; }
QSplitter::handle:hover { background: @border; }
QStatusBar { background: @window; color: @muted; padding: 0 12px; }
QStatusBar QLabel { color: @muted; padding: 2px 8px; }
QFrame#offer { background: @accent_wash; border: none; border-bottom: 1px solid @accent; }
QFrame#notice { background: @error_wash; border: none; border-bottom: 1px solid @error; }
QMessageBox, QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QStatusBar QPushButton { padding: 0 10px; }
QStatusBar::item { border: none; }
QProgressBar { background: @field; border: 1px solid @border; border-radius: 4px;
    max-height: 6px; text-align: center; }
QProgressBar::chunk { background: @accent; border-radius: 3px; }

QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: @border; }
QSlider { min-height: 22px; }
QSlider::handle:horizontal { width: 14px; height: 14px; margin: -6px 0; border-radius: 8px;
    background: @accent; border: 1px solid @panel; }
QSlider::handle:horizontal:focus { border: 2px solid @ink; }
"""
