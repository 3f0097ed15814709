"""Figures of a profile set by hand, each with a reason."""

from pydantic import ValidationError
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from stack_half_life.domain import edits
from stack_half_life.domain.problems import first_problem
from stack_half_life.domain.stack import Component, OverriddenFigure, Override
from stack_half_life.gui import numbers
from stack_half_life.gui.documents.document import StackDocument
from stack_half_life.gui.fields.field import Field
from stack_half_life.gui.inspector.words import OVERRIDES
from stack_half_life.gui.panels.labels import label
from stack_half_life.gui.theme import fonts

_YEARS_WIDTH = 58


class OverrideField(Field):
    """Years and why; taken over once both are there, taken back by emptying the years."""

    committed = Signal(str, str)
    """Both texts, each time the person is done with one of them."""

    def __init__(self, words: str, hint: str) -> None:
        super().__init__(words, hint)
        self.years, self.reason = QLineEdit(), QLineEdit()
        self.years.setAccessibleName(f"{words}, years")
        self.years.setPlaceholderText("years")
        self.years.setFixedWidth(_YEARS_WIDTH)
        self.reason.setAccessibleName(f"{words}, reason")
        self.reason.setPlaceholderText("why")
        self._value: tuple[str, str] = ("", "")
        self.hold(self.years, self.reason)
        for editor in (self.years, self.reason):
            editor.editingFinished.connect(self._finish)
            editor.installEventFilter(self)

    def show_override(self, override: Override | None) -> None:
        """Show what is set, unless the person is at odds with it."""
        value = (numbers.plain(override.value_years), override.reason) if override else ("", "")
        changed, self._value = value != self._value, value
        if changed or not self.problem.text():
            self.take_back()

    def take_back(self) -> None:
        """Put what is set in place of what was typed."""
        self.show_problem("")
        for editor, text in zip((self.years, self.reason), self._value, strict=True):
            if editor.text() != text:
                editor.setText(text)
                editor.setCursorPosition(0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Escape takes the typing back."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Escape
            and (self.years.text(), self.reason.text()) != self._value
        ):
            self.take_back()
            return True
        return super().eventFilter(watched, event)

    def _finish(self) -> None:
        texts = (self.years.text().strip(), self.reason.text().strip())
        if texts == self._value:
            self.show_problem("")
        else:
            self.committed.emit(*texts)


class OverridesForm(QWidget):
    """The four figures that can be set by hand."""

    def __init__(self, document: StackDocument, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._name = ""
        self.fields = {
            figure: OverrideField(words, hint) for figure, (words, hint) in OVERRIDES.items()
        }
        head = QLabel("Set by hand")
        head.setFont(fonts.strong())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(7)
        column.addWidget(head)
        column.addWidget(
            label(
                "Medians in years that take the place of the evidence, and why. "
                "Marked ✎ wherever they act.",
                tone="muted",
                wraps=True,
            )
        )
        for figure, field in self.fields.items():
            column.addWidget(field)
            field.committed.connect(
                lambda years, reason, figure=figure: self._put(figure, years, reason)
            )

    def show_component(self, component: Component) -> None:
        """Show what is set for a component; what is being typed is left alone."""
        if component.name != self._name:
            self._name = component.name
            for field in self.fields.values():
                field.show_problem("")
        found = {each.figure: each for each in component.overrides}
        for figure, field in self.fields.items():
            field.show_override(found.get(figure))

    def _put(self, figure: OverriddenFigure, years: str, reason: str) -> None:
        field = self.fields[figure]
        component = self._document.stack.component(self._name)
        kept = [each for each in component.overrides if each.figure is not figure]
        words = OVERRIDES[figure][0].lower()
        was_set = len(kept) < len(component.overrides)
        if years or not was_set:
            value = numbers.parse(years)
            if value is None:
                odd = f"“{years[:24]}” is not a number"
                field.show_problem(odd if years else "how many years?")
                return
            if not reason:
                field.show_problem("a reason is required; without one nothing is set")
                return
            try:
                kept.append(Override(figure=figure, value_years=value, reason=reason))
            except ValidationError as problem:
                field.show_problem(first_problem(problem)[1])
                return
        field.show_problem("")
        text = f"Set {words} of {self._name}" if years else f"Evidence for {words} of {self._name}"
        order = list(OverriddenFigure)
        kept.sort(key=lambda each: order.index(each.figure))
        new = edits.with_component_changed(self._document.stack, self._name, overrides=tuple(kept))
        self._document.edit(new, text)


def in_words(override: Override) -> str:
    """What is set by hand, in a sentence."""
    words = OVERRIDES[override.figure][0]
    return f"✎ {words} set by hand to {numbers.plain(override.value_years)} y: {override.reason}"
