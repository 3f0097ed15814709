"""The fields of one component; each edit is one step that can be undone."""

from collections.abc import Callable
from typing import Any

from pydantic import ValidationError
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from stack_half_life.domain import edits
from stack_half_life.domain.cycle_choice import assumed_cycle
from stack_half_life.domain.layers import Layer
from stack_half_life.domain.problems import first_problem
from stack_half_life.domain.profile import ChurnProfile
from stack_half_life.domain.stack import Component, Estimate3, UpgradePolicy
from stack_half_life.gui.documents.document import StackDocument
from stack_half_life.gui.fields.button import ElidedButton
from stack_half_life.gui.fields.choice import ChoiceField
from stack_half_life.gui.fields.field import Field
from stack_half_life.gui.fields.numeric import NumbersField
from stack_half_life.gui.fields.text import TextField
from stack_half_life.gui.inspector.words import HINTS, POLICIES

_THREE = ("low", "likely", "high")
NOT_SET = "Not set"


class ComponentForm(QWidget):
    """Edits the document's selected component in place."""

    profile_wanted = Signal()

    def __init__(self, document: StackDocument, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._name: str | None = None
        self.name = TextField("Name", HINTS["name"])
        self.layer = ChoiceField("Layer", HINTS["layer"])
        self.cycle = ChoiceField("Release cycle", HINTS["cycle"])
        self.policy = ChoiceField("Upgrade policy", HINTS["policy"])
        self.since = TextField("In use since", HINTS["in_use_since"], "YYYY-MM-DD")
        self.effort = NumbersField("Effort, days", _THREE, HINTS["effort_days"])
        self.upgrade = NumbersField(
            "Breaking, %", _THREE, HINTS["upgrade_share"], step=5, percent=True
        )
        self.minor = NumbersField(
            "Other cycle, %", _THREE, HINTS["minor_upgrade_share"], percent=True
        )
        self.lag = NumbersField("Lag, years", ("",), HINTS["upgrade_lag_years"], step=0.25)
        self.profile = ElidedButton(HINTS["profile"] + " Press to choose another.")
        self.profile.clicked.connect(self.profile_wanted)
        self.layer.offer([(each.label, each) for each in Layer])
        self.policy.offer([(words, policy) for policy, words in POLICIES.items()])
        self._arrange()
        self._connect()

    def show_component(self, component: Component, profile: ChurnProfile | None) -> None:
        """Show a component's values; what is being typed is left alone."""
        if component.name != self._name:
            self._name = component.name
            for field in self._fields():
                field.show_problem("")
        self.name.show_value(component.name)
        known = [each.cycle for each in profile.cycles] if profile is not None else []
        self.cycle.offer(
            [
                (self._not_set(component, profile), None),
                *((cycle, cycle) for cycle in dict.fromkeys(reversed(known))),
            ]
        )
        self.cycle.show_value(component.cycle)
        self.layer.show_value(component.layer)
        self.policy.show_value(component.policy)
        self.since.show_value(str(component.in_use_since or ""))
        self.effort.show_values(_triple(component.effort_days))
        self.upgrade.show_values(_triple(component.upgrade_share))
        self.minor.show_values(_triple(component.minor_upgrade_share))
        self.lag.show_values([component.upgrade_lag_years])
        self.lag.setVisible(component.policy is UpgradePolicy.LATEST)
        title = profile.technology.name if profile and profile.is_matched else component.profile
        self.profile.show_words(title)
        self.profile.setAccessibleName(f"Technology: {title}")

    def _not_set(self, component: Component, profile: ChurnProfile | None) -> str:
        """That no cycle is set, and which one is then taken, where known."""
        assessment = self._document.assessment
        if profile is None or assessment is None:
            return NOT_SET
        taken = assumed_cycle(profile.cycles, component.policy, assessment.forecast.as_of)
        return f"{NOT_SET}: {taken.cycle} assumed" if taken is not None else NOT_SET

    def _fields(self) -> tuple[Field, ...]:
        return (
            self.name,
            self.layer,
            self.cycle,
            self.policy,
            self.since,
            self.effort,
            self.upgrade,
            self.minor,
            self.lag,
        )

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(7)
        technology = Field("Technology", HINTS["profile"])
        technology.hold(self.profile)
        for field in (self.name, technology, *self._fields()[1:]):
            column.addWidget(field)

    def _connect(self) -> None:
        self.name.committed.connect(lambda text: self._change(self.name, "Rename", name=text))
        self.layer.committed.connect(lambda to: self._change(self.layer, "Change layer", layer=to))
        self.cycle.committed.connect(lambda to: self._change(self.cycle, "Change cycle", cycle=to))
        self.policy.committed.connect(
            lambda to: self._change(self.policy, "Change policy", policy=to)
        )
        self.since.committed.connect(
            lambda text: self._change(
                self.since, "Change since when", in_use_since=text.strip() or None
            )
        )
        for field, key, words in (
            (self.effort, "effort_days", "Change effort"),
            (self.upgrade, "upgrade_share", "Change upgrade share"),
            (self.minor, "minor_upgrade_share", "Change minor upgrade share"),
        ):
            field.typed.connect(self._three(field, key, words))
            field.left.connect(self._document.seal)
            field.taken_back.connect(self._document.take_back)
        self.lag.typed.connect(
            lambda values: self._change(
                self.lag, "Change lag", merge=True, upgrade_lag_years=values[0]
            )
        )
        self.lag.left.connect(self._document.seal)
        self.lag.taken_back.connect(self._document.take_back)

    def _three(self, field: NumbersField, key: str, words: str) -> Callable[[list[float]], None]:
        def take(values: list[float]) -> None:
            three = dict(zip(_THREE, values, strict=True))
            self._change(field, words, merge=True, **{key: three})

        return take

    def _change(self, field: Field, words: str, *, merge: bool = False, **changes: Any) -> None:
        if self._name is None:
            return
        name = self._name
        try:
            new = edits.with_component_changed(self._document.stack, name, **changes)
        except ValidationError as problem:
            field.show_problem(first_problem(problem)[1])
            return
        field.show_problem("")
        key = f"{name}:{','.join(changes)}" if merge else None
        self._name = str(changes.get("name", name)).strip()
        self._document.edit(new, f"{words} of {name}", key)


def _triple(estimate: Estimate3) -> list[float]:
    return [estimate.low, estimate.likely, estimate.high]
