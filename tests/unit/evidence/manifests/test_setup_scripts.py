import pytest

from stack_half_life.errors import EvidenceError
from stack_half_life.evidence.manifests import Scope, dependencies, is_manifest

SCRIPT = b"""
import os
from setuptools import setup, find_packages
raise SystemExit("a reader must not run this")
core = ["Flask>=2", "rich ; python_version < '3.9'"]
if os.name == "nt":
    core.append("colorama")
core += ["click"]
core.extend(more_from_somewhere())
extras = {"tests": ["pytest"], "redis": ["redis>=4"]}
setup(
    name="x",
    install_requires=core + ["attrs"],
    setup_requires="wheel",
    extras_require=extras,
    packages=find_packages(),
)
"""


def test_requirements_in_the_text_of_a_script_are_read() -> None:
    found = {one.name: (one.scope, one.requirement) for one in dependencies("setup.py", SCRIPT)}
    assert found == {
        "flask": (Scope.RUNTIME, ">=2"),
        "rich": (Scope.RUNTIME, ""),
        "colorama": (Scope.RUNTIME, ""),
        "click": (Scope.RUNTIME, ""),
        "attrs": (Scope.RUNTIME, ""),
        "wheel": (Scope.DEV, ""),
        "pytest": (Scope.DEV, ""),
        "redis": (Scope.RUNTIME, ">=4"),
    }
    assert is_manifest("sub/setup.py")


@pytest.mark.parametrize(
    "script",
    [
        b"setup(install_requires=",
        b"print 'requires=['",
        b"requires=[\0",
        b"requires=" + b"(" * 5000,
    ],
)
def test_what_is_no_script_of_today_gets_one_line(script: bytes) -> None:
    with pytest.raises(EvidenceError, match=r"setup\.py"):
        dependencies("setup.py", script)


def test_names_that_lead_in_circles_end() -> None:
    script = b"a = b\nb = [a, a, a, a] + a\nsetup(install_requires=a)\n"
    assert dependencies("setup.py", script) == ()


def test_a_script_that_asks_for_nothing_is_fine_whatever_it_is() -> None:
    assert dependencies("setup.py", b"print 'old'") == ()
    deep = b"setup(install_requires=" + b"+".join([b"['a']"] * 900) + b")"
    assert [one.name for one in dependencies("setup.py", deep)] == ["a"]


@pytest.mark.parametrize(
    "before",
    [
        b"@decorated\ndef f():\n    pass\n",
        b'text = """\nsetup(install_requires=["no"])\n"""\n',
        b"text = '''\nimport\n'''\n",
        b"if a:\n    pass\nelif b:\n    pass\nelse:\n    pass\n",
        b"try:\n    pass\nexcept E:\n    pass\nfinally:\n    pass\n",
        b"x = [\n1,\ny,\n]\n",
        b"x = 1 + \\\ny\n",
    ],
)
def test_lines_at_the_margin_need_not_begin_a_statement(before: bytes) -> None:
    script = before + b"setup(\ninstall_requires=['a'],\n)\n"
    assert [one.name for one in dependencies("setup.py", script)] == ["a"]
