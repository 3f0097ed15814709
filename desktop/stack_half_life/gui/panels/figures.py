"""A strip of figures: what it is, the number, and how sure it is."""

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from stack_half_life.gui.panels.labels import FittedLabel, elided
from stack_half_life.gui.panels.tips import plain_tip
from stack_half_life.gui.theme import fonts

ROUGH = "a first answer, or of the stack before the last edit; the whole one follows"
"""What `≈` before a figure says."""


class FigureRow(QFrame):
    """Figures side by side, each with a caption, a note below and a tool tip that defines it."""

    def __init__(
        self,
        figures: Sequence[tuple[str, str, str]],
        parent: QWidget | None = None,
        *,
        widths: Sequence[int] = (),
    ) -> None:
        """Take figures as (key, caption, hint), the first in the accent, and shares of width."""
        super().__init__(parent)
        self.setObjectName("panel")
        self._hints = {key: hint for key, _caption, hint in figures}
        self._values: dict[str, QLabel] = {}
        self._notes: dict[str, QLabel] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 10, 14, 10)
        row.setSpacing(12)
        shares = widths or [1] * len(figures)
        for (key, caption, hint), share in zip(figures, shares, strict=True):
            row.addLayout(self._column(key, caption, hint), share)
        self._values[figures[0][0]].setProperty("tone", "accent")

    def put(
        self, key: str, value: str, note: str, more: str = "", *, is_rough: bool = False
    ) -> None:
        """Show one figure; what there is no room for stands in its tool tip only.

        is_rough: whether a better one will follow; it is marked as such.
        """
        if is_rough:
            value, more = f"≈ {value}", f"{more or note}; {ROUGH}"
        self._values[key].setText(value)
        self._values[key].setAccessibleDescription(more or note)
        self._notes[key].setText(note)
        whole = ", ".join(each for each in (value, more or note) if each)
        for each in (self._values[key], self._notes[key]):
            each.setToolTip(plain_tip(f"{self._hints[key]}\n{whole}"))

    def value(self, key: str) -> str:
        """The text of one figure."""
        return self._values[key].text()

    def _column(self, key: str, caption: str, hint: str) -> QVBoxLayout:
        value, note = FittedLabel("–"), elided("", tone="muted")
        value.setFont(fonts.font(20, 600))
        value.setAccessibleName(caption)
        column = QVBoxLayout()
        column.setSpacing(1)
        for each in (elided(caption, tone="muted"), value, note):
            each.setToolTip(hint)
            column.addWidget(each)
        self._values[key], self._notes[key] = value, note
        return column
