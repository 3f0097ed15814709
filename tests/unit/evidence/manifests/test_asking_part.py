from hypothesis import given, settings
from hypothesis import strategies as st

from stack_half_life.evidence.manifests import dependencies
from stack_half_life.evidence.manifests.asking_part import asking_part, without_versions

PYPROJECT = b"""\
[project]
dependencies = ["flask>=2.0"]
[tool.ruff]
select = ["E"]
[tool.poetry.dependencies]
requests = "^2.28.1"
[[tool.mypy.overrides]]
module = "flask"
[tool.uv]
dev-dependencies = ["pytest"]
[dependency-groups]
docs = ["sphinx"]
"""


def named(file_name: str, content: bytes) -> list[str]:
    return [dependency.name for dependency in dependencies(file_name, content)]


def test_settings_of_other_tools_are_left_out() -> None:
    part = asking_part("sub/pyproject.toml", PYPROJECT)
    assert b"ruff" not in part
    assert b"mypy" not in part
    found = dependencies("pyproject.toml", part)
    assert found == dependencies("pyproject.toml", PYPROJECT)
    assert len(found) == 4


def test_sections_of_a_setup_cfg() -> None:
    content = (
        b"[flake8]\nignore = E1\n[options]\ninstall_requires =\n  flask\n[tool:pytest]\na = b\n"
    )
    assert asking_part("setup.cfg", content) == b"[options]\ninstall_requires =\n  flask\n"


def test_a_text_that_looks_like_a_table_keeps_everything() -> None:
    for text in (b'"""\n[project]\ndependencies = ["no"]\n"""', b"'''\n[tool.x]\n'''"):
        content = b"[tool.ruff]\ntext = " + text + b'\n[project]\ndependencies = ["yes"]\n'
        assert asking_part("pyproject.toml", content) == content
        assert named("pyproject.toml", content) == ["yes"]
    one_line = b'[tool.ruff]\ntext = """a"""\n[project]\n'
    assert asking_part("pyproject.toml", one_line) == b"[project]\n"


def test_other_manifests_are_whole() -> None:
    assert asking_part("package.json", b"{}") == b"{}"
    assert asking_part("Cargo.toml", b"[tool.x]\n") == b"[tool.x]\n"


def test_another_version_is_the_same_without_versions() -> None:
    pairs = [
        (b'{"react": "^17.0.2"}', b'{"react": "~18.2.0-rc.1"}'),
        (b"flask==2.0.1\n", b"flask==2.13\n"),
        (b"require example.org/x v1.2.3\n", b"require example.org/x v1.10.0+incompatible\n"),
        (b"FROM python:3.11-slim\n", b"FROM python:3.12-slim\n"),
        (b"version='1.0',", b"version='1.0.1',"),
    ]
    for one, other in pairs:
        first, second = without_versions(one), without_versions(other)
        assert first.replace(b"^", b"~") == second.replace(b"^", b"~")


NAMES = st.from_regex(r"[a-z][a-z0-9]{0,6}([-._][a-z0-9]{1,4}){0,2}", fullmatch=True)


@settings(derandomize=True, max_examples=60)
@given(st.lists(NAMES, max_size=5), st.lists(NAMES, max_size=5))
def test_other_names_are_never_the_same(one: list[str], other: list[str]) -> None:
    first, second = (
        without_versions("".join(f"{name}>=1.5\n" for name in names).encode())
        for names in (one, other)
    )
    assert (first == second) == (one == other)
