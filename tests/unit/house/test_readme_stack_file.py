"""The stack file in the README is one the program reads."""

import re
from pathlib import Path

from stack_half_life.domain.stack import Component, UpgradePolicy
from stack_half_life.store.stack_toml import stack_from_toml


def test_the_readmes_stack_file_is_read(root: Path) -> None:
    blocks = re.findall(r"```toml\n(.*?)```", (root / "README.md").read_text("utf-8"), re.DOTALL)
    (shown,) = [block for block in blocks if "[[component]]" in block]
    stack = stack_from_toml(shown, "README.md")
    assert [component.name for component in stack.components] == ["vLLM", "CUDA"]
    assert stack.components[0].policy is UpgradePolicy.LATEST
    assert stack.components[1].overrides[0].value_years == 3
    assert stack.couplings[0].adapt_probability == 0.6


def test_only_three_keys_of_a_component_are_required() -> None:
    required = [name for name, field in Component.model_fields.items() if field.is_required()]
    assert required == ["name", "profile", "layer"]
