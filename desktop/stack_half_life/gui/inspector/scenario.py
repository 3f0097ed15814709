"""The stack's own fields: name, kind, and the assumptions it is judged under."""

from collections.abc import Callable
from math import log10
from typing import Any

from pydantic import ValidationError
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QSlider, QVBoxLayout, QWidget

from stack_half_life.domain import edits
from stack_half_life.domain.forces import Force
from stack_half_life.domain.problems import first_problem
from stack_half_life.domain.stack import Stack
from stack_half_life.forecast.exposures import EXPOSURES
from stack_half_life.gui import numbers
from stack_half_life.gui.documents.document import StackDocument
from stack_half_life.gui.fields.choice import ChoiceField
from stack_half_life.gui.fields.field import LABEL_WIDTH, Field
from stack_half_life.gui.fields.numeric import NumbersField
from stack_half_life.gui.fields.text import TextField
from stack_half_life.gui.inspector.words import FORCES, HINTS, KINDS
from stack_half_life.gui.panels.labels import label, rule
from stack_half_life.gui.theme import fonts

_STEPS_PER_DECADE = 100


class ForceDial(QWidget):
    """A slider from a tenth to ten times a force's strength in the data."""

    def __init__(self, force: Force) -> None:
        super().__init__()
        words, hint = FORCES[force]
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(-_STEPS_PER_DECADE, _STEPS_PER_DECADE)
        self.slider.setPageStep(10)
        self.slider.setAccessibleName(words)
        self.value = QLabel()
        self.value.setMinimumWidth(44)
        self.value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        name = QLabel(words)
        name.setFixedWidth(LABEL_WIDTH + 20)
        for each in (self.slider, name, self.value):
            each.setToolTip(f"{hint} 1: as strong as in the data.")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(name)
        row.addWidget(self.slider, 1)
        row.addWidget(self.value)

    def show_intensity(self, intensity: float) -> None:
        """Show a strength."""
        self.value.setText(f"× {numbers.decimal(intensity, 2)}")
        step = round(log10(intensity) * _STEPS_PER_DECADE)
        if step != self.slider.value():
            self.slider.blockSignals(True)
            self.slider.setValue(step)
            self.slider.blockSignals(False)

    @staticmethod
    def intensity(step: int) -> float:
        """The strength a slider position means."""
        return float(round(10 ** (step / _STEPS_PER_DECADE), 3))


class ScenarioForm(QWidget):
    """Edits the stack's name, kind, scenario and forces."""

    def __init__(self, document: StackDocument, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self.name = TextField("Name", HINTS["stack_name"])
        self.kind = ChoiceField("Product", HINTS["kind"])
        self.kind.offer([(words, kind) for kind, words in KINDS.items()])
        self.horizon = NumbersField("Horizon, years", ("",), HINTS["horizon_years"])
        self.futures = NumbersField("Futures", ("",), HINTS["futures"], step=1000)
        self.seed = NumbersField("Seed", ("",), HINTS["seed"])
        self.day_rate = NumbersField("Day rate", ("",), HINTS["day_rate"], step=50)
        self.currency = TextField("Currency", HINTS["currency"])
        self.discount = NumbersField("Discount, %", ("",), HINTS["discount"], percent=True)
        self.removal = NumbersField(
            "Replaced, %", ("low", "likely", "high"), HINTS["removal"], step=5, percent=True
        )
        self.couplings = QCheckBox("Neighbours can force work")
        self.couplings.setToolTip(HINTS["couplings"])
        self.idle = label("", tone="muted", wraps=True)
        self.dials = {force: ForceDial(force) for force in Force}
        self._arrange()
        self._connect()

    def show_stack(self, stack: Stack) -> None:
        """Show a stack's values; what is being typed is left alone."""
        scenario = stack.scenario
        self.name.show_value(stack.name)
        self.kind.show_value(stack.kind)
        self.horizon.show_values([scenario.horizon_years])
        self.futures.show_values([scenario.futures])
        self.seed.show_values([scenario.seed])
        self.day_rate.show_values([scenario.day_rate])
        self.currency.show_value(scenario.currency)
        self.discount.show_values([scenario.discount_rate_per_year])
        removal = scenario.removal_is_replacement
        self.removal.show_values([removal.low, removal.likely, removal.high])
        self.couplings.blockSignals(True)
        self.couplings.setChecked(stack.default_couplings)
        self.couplings.blockSignals(False)
        for force, dial in self.dials.items():
            dial.show_intensity(scenario.forces.intensity(force))
        self._show_idle(stack)

    def _show_idle(self, stack: Stack) -> None:
        """Say which forces change nothing, because no component answers to them."""
        exposures = [each.exposures or EXPOSURES[each.layer] for each in stack.components]
        idle = [
            FORCES[force][0]
            for force in Force
            if exposures and not any(each.exposure(force) for each in exposures)
        ]
        words = ", ".join(idle)
        self.idle.setText(f"Nothing in this stack answers to: {words}." if idle else "")
        self.idle.setVisible(bool(idle))

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(7)
        for each in (
            self.name,
            self.kind,
            rule(),
            self.horizon,
            self.futures,
            self.seed,
            rule(),
            self.day_rate,
            self.currency,
            self.discount,
            self.removal,
            self.couplings,
        ):
            column.addWidget(each)
        column.addWidget(rule())
        head = QLabel("Six forces")
        head.setFont(fonts.strong())
        column.addWidget(head)
        column.addWidget(
            label(
                "How strong each force is against the past. At × 1 it changes nothing.",
                tone="muted",
                wraps=True,
            )
        )
        column.addWidget(self.idle)
        for dial in self.dials.values():
            column.addWidget(dial)

    def _connect(self) -> None:
        document = self._document
        self.name.committed.connect(
            lambda text: self._put(
                self.name, "Rename the stack", lambda: edits.changed(document.stack, name=text)
            )
        )
        self.kind.committed.connect(
            lambda kind: self._put(
                self.kind, "Change the product", lambda: edits.changed(document.stack, kind=kind)
            )
        )
        self.currency.committed.connect(
            lambda text: self._scenario(self.currency, "Change currency", currency=text.upper())
        )
        for field, key, words, is_whole in (
            (self.horizon, "horizon_years", "Change horizon", False),
            (self.futures, "futures", "Change futures", True),
            (self.seed, "seed", "Change seed", True),
            (self.day_rate, "day_rate", "Change day rate", False),
            (self.discount, "discount_rate_per_year", "Change discount rate", False),
        ):
            self._connect_number(field, key, words, is_whole)
        self.removal.typed.connect(
            lambda three: self._scenario(
                self.removal,
                "Change replaced share",
                merge=True,
                removal_is_replacement=dict(zip(("low", "likely", "high"), three, strict=True)),
            )
        )
        self.removal.left.connect(document.seal)
        self.removal.taken_back.connect(document.take_back)
        self.couplings.toggled.connect(
            lambda on: document.edit(
                edits.changed(document.stack, default_couplings=on),
                "Couple neighbours" if on else "Uncouple neighbours",
            )
        )
        for force, dial in self.dials.items():
            self._connect_dial(force, dial)

    def _connect_number(self, field: NumbersField, key: str, words: str, is_whole: bool) -> None:
        def take(values: list[float]) -> None:
            if is_whole and values[0] != int(values[0]):
                field.show_problem("a whole number is required")
                return
            value = int(values[0]) if is_whole else values[0]
            self._scenario(field, words, merge=True, **{key: value})

        field.typed.connect(take)
        field.left.connect(self._document.seal)
        field.taken_back.connect(self._document.take_back)

    def _connect_dial(self, force: Force, dial: ForceDial) -> None:
        def take(step: int) -> None:
            stack = self._document.stack
            forces = edits.changed(
                stack.scenario.forces, **{force.value: ForceDial.intensity(step)}
            )
            self._document.edit(
                edits.with_scenario_changed(stack, forces=forces),
                f"Turn {FORCES[force][0].lower()}",
                f"force:{force.value}",
            )

        dial.slider.valueChanged.connect(take)
        dial.slider.sliderReleased.connect(self._document.seal)

    def _scenario(self, field: Field, words: str, *, merge: bool = False, **changes: Any) -> None:
        self._put(
            field,
            words,
            lambda: edits.with_scenario_changed(self._document.stack, **changes),
            f"scenario:{','.join(changes)}" if merge else None,
        )

    def _put(
        self, field: Field, words: str, make: Callable[[], Stack], merge_key: str | None = None
    ) -> None:
        try:
            new = make()
        except ValidationError as problem:
            field.show_problem(first_problem(problem)[1])
            return
        field.show_problem("")
        self._document.edit(new, words, merge_key)
