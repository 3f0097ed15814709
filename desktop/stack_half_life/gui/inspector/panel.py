"""The inspector: what is selected, its figures, its fields and its evidence."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from stack_half_life.domain.results import ComponentForecast
from stack_half_life.domain.stack import Component
from stack_half_life.gui import numbers
from stack_half_life.gui.documents.document import StackDocument
from stack_half_life.gui.inspector.evidence import EvidencePage
from stack_half_life.gui.inspector.form import ComponentForm
from stack_half_life.gui.inspector.scenario import ScenarioForm
from stack_half_life.gui.inspector.survival import InPlaceCurve
from stack_half_life.gui.panels.labels import elided
from stack_half_life.gui.panels.panel import Panel
from stack_half_life.gui.panels.scrolling import scrolled
from stack_half_life.gui.panels.segments import Segments
from stack_half_life.gui.theme import fonts
from stack_half_life.gui.theme.theme import Theme


class Figure(QWidget):
    """A large figure with what it is above it and its range below."""

    def __init__(self, caption: str, hint: str) -> None:
        super().__init__()
        self.value = QLabel("–")
        self.value.setFont(fonts.font(20, 600))
        self.value.setProperty("tone", "accent")
        self.range = elided("", tone="muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        for each in (elided(caption, tone="muted"), self.value, self.range):
            each.setToolTip(hint)
            column.addWidget(each)


class InspectorPanel(Panel):
    """Shows the first selected component, or the stack's scenario where none is selected."""

    profile_wanted = Signal()

    def __init__(
        self, theme: Theme, document: StackDocument, parent: QWidget | None = None
    ) -> None:
        super().__init__("", "", parent)
        self._document = document
        self.form = ComponentForm(document)
        self.form.profile_wanted.connect(self.profile_wanted)
        self.evidence = EvidencePage(theme)
        self.scenario = ScenarioForm(document)
        self.first = Figure(
            "First rework",
            "Median time to the first upgrade, replacement or knock-on; below it P10–P90.",
        )
        self.half_life = Figure(
            "Half-life", "The time by which half the futures have replaced the component."
        )
        self.cost = Figure("Rework", "Mean person-days within the horizon; below it P10–P90.")
        self.curve = InPlaceCurve(theme)
        self.segments = Segments("Inspector", ["Fields", "Evidence"])
        self._pages = QStackedWidget()
        self._build_component()
        self._pages.addWidget(scrolled(self.scenario, "Stack and scenario"))
        self.content.addWidget(self._pages, 1)
        document.stack_changed.connect(self._refresh)
        document.selection_changed.connect(self._refresh)
        document.assessment_changed.connect(self._refresh)
        self._refresh()

    def sizeHint(self) -> QSize:
        """Wide enough for three figures side by side."""
        return QSize(376, 640)

    def minimumSizeHint(self) -> QSize:
        """Still legible."""
        return QSize(300, 300)

    def focus_name(self) -> None:
        """Put the cursor in the name field."""
        self.segments.choose(0)
        name = self.form.name if self._document.selected else self.scenario.name
        name.editor.setFocus()
        name.editor.selectAll()

    def _build_component(self) -> None:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        figures = QHBoxLayout()
        figures.setSpacing(12)
        for figure in (self.first, self.half_life, self.cost):
            figures.addWidget(figure, 1)
        column.addLayout(figures)
        column.addWidget(self.curve)
        column.addWidget(self.segments)
        inner = QStackedWidget()
        inner.addWidget(scrolled(self.form, "Fields of the component"))
        inner.addWidget(scrolled(self.evidence, "Evidence of the component"))
        self.segments.chosen.connect(inner.setCurrentIndex)
        column.addWidget(inner, 1)
        self._pages.addWidget(page)

    def _refresh(self) -> None:
        component = self._document.selected_component
        if component is None:
            self._show_title("Stack and scenario", "")
            self.scenario.show_stack(self._document.stack)
            self._pages.setCurrentIndex(1)
            return
        more = len(self._document.selected) - 1
        self._show_title(component.name, f"+ {more} more" if more else component.layer.label)
        self._pages.setCurrentIndex(0)
        self._show_component(component)

    def _show_component(self, component: Component) -> None:
        assessment = self._document.assessment
        profile = assessment.profiles.get(component.name) if assessment else None
        if profile is not None and profile.key != component.profile and profile.is_matched:
            profile = None
        self.form.show_component(component, profile)
        self.evidence.show_profile(profile, component)
        forecasts = assessment.forecast.components if assessment else ()
        forecast = next((each for each in forecasts if each.name == component.name), None)
        self._show_figures(forecast)
        self.curve.show_component(assessment.forecast if assessment else None, forecast)

    def _show_figures(self, forecast: ComponentForecast | None) -> None:
        horizon = self._document.stack.scenario.horizon_years
        if forecast is None:
            for figure in (self.first, self.half_life, self.cost):
                figure.value.setText("–")
                figure.range.setText("")
            return
        first, replaced = forecast.first_rework_years, forecast.replacement_years
        self.first.value.setText(numbers.years_or_beyond(first.p50, horizon))
        self.first.range.setText(numbers.year_range(first, horizon))
        self.half_life.value.setText(numbers.years_or_beyond(forecast.half_life_years, horizon))
        self.half_life.range.setText(numbers.year_range(replaced, horizon))
        cost = forecast.cost_days
        self.cost.value.setText(numbers.days(cost.mean))
        self.cost.range.setText(f"{numbers.whole(cost.p10)} – {numbers.days(cost.p90)}")

    def _show_title(self, title: str, caption: str) -> None:
        self.title.setText(title)
        self.title.setToolTip(title)
        self.caption.setText(caption)
