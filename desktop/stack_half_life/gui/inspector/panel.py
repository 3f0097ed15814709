"""The inspector: what is selected, its figures, its fields and its evidence."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from stack_half_life.gui.documents.document import StackDocument
from stack_half_life.gui.inspector.scenario import ScenarioForm
from stack_half_life.gui.panels.panel import Panel
from stack_half_life.gui.panels.scrolling import scrolled
from stack_half_life.gui.panels.tips import plain_tip
from stack_half_life.gui.theme.theme import Theme
from stack_half_life.gui.worker.later import Later

if TYPE_CHECKING:
    from stack_half_life.gui.inspector.component import ComponentPage


class InspectorPanel(Panel):
    """Shows the first selected component, or the stack's scenario where none is selected."""

    profile_wanted = Signal()

    def __init__(
        self, theme: Theme, document: StackDocument, parent: QWidget | None = None
    ) -> None:
        super().__init__("", "", parent)
        self._theme = theme
        self._document = document
        self.scenario = ScenarioForm(document)
        self._pages = QStackedWidget()
        self._pages.addWidget(scrolled(self.scenario, "Stack and scenario"))
        self.content.addWidget(self._pages, 1)
        document.stack_changed.connect(self._refresh)
        document.selection_changed.connect(self._select)
        self._later = Later(24, self._take_assessment, self)
        document.assessment_changed.connect(self._later.ask)
        self._refresh()

    @cached_property
    def component(self) -> ComponentPage:
        """The page of the selected component, made after the first answer or for a selection."""
        from stack_half_life.gui.inspector.component import ComponentPage

        page = ComponentPage(self._theme, self._document)
        page.form.profile_wanted.connect(self.profile_wanted)
        self._pages.addWidget(page)
        return page

    def sizeHint(self) -> QSize:
        """Wide enough for three figures side by side."""
        return QSize(352, 640)

    def minimumSizeHint(self) -> QSize:
        """Still legible."""
        return QSize(344, 300)

    def focus_name(self) -> None:
        """Put the cursor in the name field."""
        name = self.scenario.name
        if self._document.selected:
            self.component.segments.choose(0)
            name = self.component.form.name
        name.editor.setFocus()
        name.editor.selectAll()

    def _select(self) -> None:
        self._refresh()
        self._later.ask()

    def _refresh(self) -> None:
        component = self._document.selected_component
        if component is None:
            self._show_title("Stack and scenario", "")
            self.scenario.show_stack(self._document.stack)
            self._pages.setCurrentIndex(0)
            return
        more = len(self._document.selected) - 1
        self._show_title(component.name, f"+ {more} more" if more else component.layer.label)
        self.component.show_component(component)
        self._pages.setCurrentWidget(self.component)

    def _take_assessment(self) -> None:
        page, component = self.component, self._document.selected_component
        if component is not None:
            page.show_assessment(component)

    def _show_title(self, title: str, caption: str) -> None:
        self.title.setText(title)
        self.title.setToolTip(plain_tip(title))
        self.caption.setText(caption)
