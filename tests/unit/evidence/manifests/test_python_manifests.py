import pytest

from stack_half_life.errors import EvidenceError
from stack_half_life.evidence.manifests import Dependency, Ecosystem, Scope, dependencies


def read(name: str, text: str) -> dict[str, tuple[str, Scope]]:
    found = dependencies(name, text.encode())
    assert {dependency.ecosystem for dependency in found} <= {Ecosystem.PYPI}
    return {dependency.name: (dependency.requirement, dependency.scope) for dependency in found}


def test_requirements_file_in_pips_form() -> None:
    found = read(
        "requirements.txt",
        """# needs
--index-url https://packages.invalid/simple
-r other.txt
-c constraints.txt
Django==4.2.11   # the web
typing_extensions>=4 ; python_version < "3.12"
uvicorn[standard]~=0.30
torch==2.3.1 \\
    --hash=sha256:aaaa \\
    --hash=sha256:bbbb
vllm @ https://example.invalid/vllm-0.5.0-py3-none-any.whl
-e git+https://example.invalid/repo.git@v1#egg=My_Package
./local-package
https://example.invalid/archive.zip
zope.interface
""",
    )
    assert found == {
        "django": ("==4.2.11", Scope.RUNTIME),
        "typing-extensions": (">=4", Scope.RUNTIME),
        "uvicorn": ("~=0.30", Scope.RUNTIME),
        "torch": ("==2.3.1", Scope.RUNTIME),
        "vllm": ("", Scope.RUNTIME),
        "my-package": ("", Scope.RUNTIME),
        "zope-interface": ("", Scope.RUNTIME),
    }


def test_requirements_in_utf_16_as_a_windows_shell_writes_them() -> None:
    found = dependencies("requirements.txt", "flask==3.0.0\r\n".encode("utf-16"))
    assert found == (Dependency(Ecosystem.PYPI, "flask", "==3.0.0"),)


@pytest.mark.parametrize(
    ("name", "scope"),
    [
        ("requirements.txt", Scope.RUNTIME),
        ("requirements-dev.txt", Scope.DEV),
        ("dev-requirements.txt", Scope.DEV),
        ("requirements_test.txt", Scope.DEV),
        ("requirements/docs.txt", Scope.DEV),
        ("requirements/base.txt", Scope.RUNTIME),
        ("device_requirements.txt", Scope.RUNTIME),
    ],
)
def test_scope_follows_the_file_name(name: str, scope: Scope) -> None:
    assert read(name, "flask\n") == {"flask": ("", scope)}


def test_old_specifiers_that_are_no_longer_legal_still_name_their_package() -> None:
    assert read("requirements.txt", "pytz>dev\nfoo>=1.0.*\n") == {
        "pytz": (">dev", Scope.RUNTIME),
        "foo": (">=1.0.*", Scope.RUNTIME),
    }


def test_pyproject_with_project_groups_and_build_system() -> None:
    found = read(
        "pyproject.toml",
        """
[build-system]
requires = ["hatchling>=1"]
[project]
dependencies = ["numpy>=2", "click"]
[project.optional-dependencies]
gpu = ["cupy-cuda12x>=13"]
test = ["pytest"]
[dependency-groups]
dev = ["ruff", {include-group = "test"}]
[tool.uv]
dev-dependencies = ["mypy>=1"]
""",
    )
    assert found == {
        "numpy": (">=2", Scope.RUNTIME),
        "click": ("", Scope.RUNTIME),
        "cupy-cuda12x": (">=13", Scope.RUNTIME),
        "pytest": ("", Scope.DEV),
        "ruff": ("", Scope.DEV),
        "hatchling": (">=1", Scope.DEV),
        "mypy": (">=1", Scope.DEV),
    }


def test_poetry_tables_without_python_and_path_packages() -> None:
    found = read(
        "pyproject.toml",
        """
[tool.poetry.dependencies]
python = "^3.11"
fastapi = "^0.110"
torch = {version = "2.3.0", optional = true}
mine = {path = "../mine"}
split = [{version = "1.0", python = "<3.12"}, {version = "2.0", python = ">=3.12"}]
[tool.poetry.group.dev.dependencies]
black = "*"
[tool.poetry.dev-dependencies]
isort = "5.12"
""",
    )
    assert found == {
        "fastapi": ("^0.110", Scope.RUNTIME),
        "torch": ("2.3.0", Scope.RUNTIME),
        "split": ("1.0", Scope.RUNTIME),
        "black": ("*", Scope.DEV),
        "isort": ("5.12", Scope.DEV),
    }


def test_setup_cfg() -> None:
    found = read(
        "setup.cfg",
        """
[metadata]
name = x
version = attr: x.__version__
[options]
install_requires =
    requests>=2.0 ; python_version >= "3.6"
    %(odd)s
    six
tests_require = pytest
[options.extras_require]
docs = sphinx
fast = orjson
""",
    )
    assert found == {
        "requests": (">=2.0", Scope.RUNTIME),
        "six": ("", Scope.RUNTIME),
        "pytest": ("", Scope.DEV),
        "sphinx": ("", Scope.DEV),
        "orjson": ("", Scope.RUNTIME),
    }


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("pyproject.toml", b"[project\n", "pyproject.toml: is not TOML"),
        ("pyproject.toml", b"a = " + b"[" * 5000 + b"]" * 5000, "nested too deeply"),
        ("requirements.txt", b"flask\n\x00\x01\x02", "binary"),
        ("requirements.txt", "caf\xe9==1".encode("latin-1"), "is not UTF-8 text (byte 4)"),
        ("setup.cfg", b"install_requires = x\n", "setup.cfg: is not a setup.cfg"),
        ("requirements.txt", b"a\n" * 2_000_000, "larger than 2 MB"),
        ("notes.txt", b"", "no known manifest"),
    ],
)
def test_unusable_content_is_one_clear_line(name: str, content: bytes, says: str) -> None:
    with pytest.raises(EvidenceError) as caught:
        dependencies(name, content)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        'project = 3\ntool = "x"\n',
        "[project]\ndependencies = 3\noptional-dependencies = []\n",
        "[project]\ndependencies = [1, {}]\n[tool.poetry]\ngroup = {dev = 3}\n",
        "[tool]\npoetry = []\nuv = 1\n",
    ],
)
def test_tables_of_the_wrong_shape_name_nothing(text: str) -> None:
    assert dependencies("pyproject.toml", text.encode()) == ()
