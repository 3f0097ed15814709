"""What the inspector shows of one component: figures, survival, fields, evidence."""

from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from stack_half_life.domain.profile import ChurnProfile
from stack_half_life.domain.results import ComponentForecast
from stack_half_life.domain.stack import Component
from stack_half_life.gui import numbers
from stack_half_life.gui.documents.document import StackDocument
from stack_half_life.gui.inspector.evidence import EvidencePage
from stack_half_life.gui.inspector.exposures import ExposuresForm
from stack_half_life.gui.inspector.form import ComponentForm
from stack_half_life.gui.inspector.neighbours import NeighboursPage
from stack_half_life.gui.inspector.overrides import OverridesForm
from stack_half_life.gui.inspector.survival import InPlaceCurve
from stack_half_life.gui.panels.figures import ROUGH
from stack_half_life.gui.panels.labels import elided, rule
from stack_half_life.gui.panels.scrolling import scrolled
from stack_half_life.gui.panels.segments import Segments
from stack_half_life.gui.theme import fonts
from stack_half_life.gui.theme.theme import Theme

_TABS = ("Fields", "Evidence", "Neighbours")
_NEIGHBOURS = 2
"""The tab whose table needs the room of the curve."""


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

    def put(self, value: str, spread: str, *, is_rough: bool = False) -> None:
        """Show a figure and its range; a rough one, which a better one follows, is marked."""
        self.value.setText(f"≈ {value}" if is_rough else value)
        self.value.setAccessibleDescription(ROUGH if is_rough else "")
        self.range.setText(spread)


class ComponentPage(QWidget):
    """Follows the document's selected component."""

    def __init__(self, theme: Theme, document: StackDocument, parent: QWidget | None = None):
        super().__init__(parent)
        self._document = document
        self.form = ComponentForm(document)
        self.overrides = OverridesForm(document)
        self.exposures = ExposuresForm(document)
        self.evidence = EvidencePage(theme)
        self.neighbours = NeighboursPage(document)
        self.first = Figure(
            "First rework",
            "Median time to the first upgrade, replacement or knock-on; below it P10–P90.",
        )
        self.half_life = Figure(
            "Half-life", "The time by which half the futures have replaced the component."
        )
        self.cost = Figure("Rework", "Mean person-days within the horizon; below it P10–P90.")
        self.curve = InPlaceCurve(theme)
        self.segments = Segments("Inspector", _TABS)
        self._arrange()

    def show_component(self, component: Component) -> None:
        """Show a component's fields as they stand."""
        self.form.show_component(component, self._profile(component))
        for part in (self.overrides, self.exposures, self.neighbours):
            part.show_component(component)

    def show_assessment(self, component: Component) -> None:
        """Show what is forecast of a component, and what it rests on."""
        assessment = self._document.assessment
        profile = self._profile(component)
        self.form.show_component(component, profile)
        as_of = assessment.forecast.as_of if assessment else date.min
        self.evidence.show_profile(profile, component, as_of, self._document.stack.kind)
        forecasts = assessment.forecast.components if assessment else ()
        forecast = next((each for each in forecasts if each.name == component.name), None)
        self.neighbours.show_component(component)
        self._show_figures(forecast)
        self.curve.show_component(assessment.forecast if assessment else None, forecast)

    def _profile(self, component: Component) -> ChurnProfile | None:
        """The profile the latest answer rests on, unless the component has another by now."""
        assessment = self._document.assessment
        profile = assessment.profiles.get(component.name) if assessment else None
        if profile is None or (profile.key != component.profile and profile.is_matched):
            return None
        return profile

    def _show_figures(self, forecast: ComponentForecast | None) -> None:
        horizon = self._document.stack.scenario.horizon_years
        if forecast is None:
            for figure in (self.first, self.half_life, self.cost):
                figure.put("–", "")
            return
        first, half, cost = (
            forecast.first_rework_years,
            forecast.half_life_years,
            forecast.cost_days,
        )
        for figure, value, spread in (
            (
                self.first,
                numbers.years_or_beyond(first.p50, horizon),
                numbers.year_range(first, horizon),
            ),
            (
                self.half_life,
                numbers.years_or_beyond(half, horizon),
                numbers.year_range(forecast.replacement_years, horizon),
            ),
            (
                self.cost,
                numbers.days(cost.mean),
                f"{numbers.whole(cost.p10)} – {numbers.days(cost.p90)}",
            ),
        ):
            figure.put(value, spread, is_rough=self._document.is_preview)

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        figures = QHBoxLayout()
        figures.setSpacing(12)
        for figure in (self.first, self.half_life, self.cost):
            figures.addWidget(figure, 1)
        inner = QStackedWidget()
        fields = QWidget()
        below = QVBoxLayout(fields)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(12)
        for part in (self.form, rule(), self.overrides, rule(), self.exposures):
            below.addWidget(part)
        inner.addWidget(scrolled(fields, "Fields of the component"))
        inner.addWidget(scrolled(self.evidence, "Evidence of the component"))
        inner.addWidget(scrolled(self.neighbours, "Neighbours of the component"))
        self.segments.chosen.connect(inner.setCurrentIndex)
        self.segments.chosen.connect(lambda at: self.curve.setVisible(at != _NEIGHBOURS))
        column.addLayout(figures)
        column.addWidget(self.segments)
        column.addWidget(self.curve)
        column.addWidget(inner, 1)
