"""How strongly a component's clocks answer to each of the six forces."""

from pydantic import ValidationError
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from stack_half_life.domain import edits
from stack_half_life.domain.forces import Force
from stack_half_life.domain.problems import first_problem
from stack_half_life.domain.stack import Component
from stack_half_life.forecast.exposures import EXPOSURES
from stack_half_life.gui.documents.document import StackDocument
from stack_half_life.gui.fields.field import LABEL_WIDTH
from stack_half_life.gui.fields.numeric import NumbersField
from stack_half_life.gui.inspector.words import FORCES
from stack_half_life.gui.panels.labels import label
from stack_half_life.gui.theme import fonts


class ExposuresForm(QWidget):
    """One figure per force, from the layer until it is edited."""

    def __init__(self, document: StackDocument, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._name = ""
        self.fields: dict[Force, NumbersField] = {}
        head = QLabel("Exposure to the six forces")
        head.setFont(fonts.strong())
        self.words = label("", tone="muted", wraps=True)
        self.reset = QPushButton("Back to the layer's")
        self.reset.setToolTip("Let the exposures assumed for the layer apply again")
        self.reset.clicked.connect(self._reset)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(7)
        column.addWidget(head)
        column.addWidget(self.words)
        for force, (words, hint) in FORCES.items():
            field = NumbersField(
                words,
                ("",),
                f"{hint} 0: the clocks do not answer to it; 1: as fast as its dial; −2 to 2.",
                step=0.1,
                least=-2.0,
            )
            field.typed.connect(lambda values, force=force: self._change(force, values[0]))
            field.left.connect(document.seal)
            field.taken_back.connect(document.take_back)
            field.label.setMinimumWidth(LABEL_WIDTH + 12)
            self.fields[force] = field
            column.addWidget(field)
        under = QHBoxLayout()
        under.addStretch(1)
        under.addWidget(self.reset)
        column.addLayout(under)

    def show_component(self, component: Component) -> None:
        """Show a component's exposures, its own or its layer's."""
        self._name = component.name
        own = component.exposures
        exposures = own or EXPOSURES[component.layer]
        for force, field in self.fields.items():
            field.show_values([exposures.exposure(force)])
        self.reset.setEnabled(own is not None)
        whose = "Set by you" if own else f"An assumption for the layer “{component.layer.label}”"
        self.words.setText(f"{whose}. They act only where a dial of the scenario is turned.")

    def _change(self, force: Force, value: float) -> None:
        component = self._document.stack.component(self._name)
        exposures = component.exposures or EXPOSURES[component.layer]
        try:
            changed = edits.changed(exposures, **{force.value: value})
        except ValidationError as problem:
            self.fields[force].show_problem(first_problem(problem)[1])
            return
        self.fields[force].show_problem("")
        new = edits.with_component_changed(self._document.stack, self._name, exposures=changed)
        words = f"Expose {self._name} to {FORCES[force][0].lower()}"
        self._document.edit(new, words, f"{self._name}:exposure:{force.value}")

    def _reset(self) -> None:
        new = edits.with_component_changed(self._document.stack, self._name, exposures=None)
        self._document.edit(new, f"Exposures of {self._name} as its layer's")
