"""Readers of dependency manifests: bytes in, dependencies out; no file is opened here."""

import fnmatch
import re
from collections.abc import Callable, Iterable

from stack_half_life.errors import EvidenceError
from stack_half_life.evidence.manifests.containers import (
    built_by_compose,
    from_compose,
    from_dockerfile,
)
from stack_half_life.evidence.manifests.dependency import Dependency, Ecosystem, Scope
from stack_half_life.evidence.manifests.go import from_go_mod
from stack_half_life.evidence.manifests.javascript import from_package_json
from stack_half_life.evidence.manifests.python import (
    from_pyproject,
    from_requirements,
    from_setup_cfg,
    left_out_of_pyproject,
    left_out_of_requirements,
)
from stack_half_life.evidence.manifests.ruby import from_gemfile
from stack_half_life.evidence.manifests.rust import from_cargo_toml

__all__ = [
    "MAX_MANIFEST_BYTES",
    "Dependency",
    "Ecosystem",
    "Scope",
    "built_images",
    "dependencies",
    "is_manifest",
    "left_out",
    "looked_for",
    "may_be_manifest",
]

MAX_MANIFEST_BYTES = 2 * 2**20

MOST_TOLD = 50
"""How many sentences at most say what was left out of one manifest."""

_NAME = re.compile(r"[^\s/]{1,200}(?:/[^\s/]{1,200}){0,8}")
"""What can be the name of a package; a manifest's other words are passed over."""

Reader = Callable[[str, bytes], Iterable[Dependency]]


def _from_setup_py(file_name: str, content: bytes) -> Iterable[Dependency]:
    from stack_half_life.evidence.manifests.setup_script import from_setup_py

    return from_setup_py(file_name, content)


_READERS: tuple[tuple[str, Reader], ...] = (
    ("package.json", from_package_json),
    ("pyproject.toml", from_pyproject),
    ("setup.cfg", from_setup_cfg),
    ("setup.py", _from_setup_py),
    ("cargo.toml", from_cargo_toml),
    ("go.mod", from_go_mod),
    ("gemfile", from_gemfile),
    ("*requirements*.txt", from_requirements),
    ("*requirements*.in", from_requirements),
    ("dockerfile", from_dockerfile),
    ("dockerfile.*", from_dockerfile),
    ("*.dockerfile", from_dockerfile),
    ("containerfile", from_dockerfile),
    ("docker-compose*.yml", from_compose),
    ("docker-compose*.yaml", from_compose),
    ("compose*.yml", from_compose),
    ("compose*.yaml", from_compose),
)

_LOOKED_FOR: dict[Reader, str] = {
    from_package_json: "packages in “dependencies”, “devDependencies” and the like",
    from_pyproject: "the requirements of project, groups and build, and Poetry's, PDM's and uv's",
    from_setup_cfg: "“install_requires” and the like",
    _from_setup_py: "texts in “install_requires” and the like of a call of “setup”",
    from_cargo_toml: "crates in “[dependencies]” and the like",
    from_go_mod: "modules in “require”",
    from_gemfile: "lines “gem …”",
    from_requirements: "a requirement on each line",
    from_dockerfile: "images in “FROM” and “COPY --from”",
    from_compose: "services with an “image” that are not built",
}

_ANY_NAME = re.compile("|".join(fnmatch.translate(pattern) for pattern, _ in _READERS))

_WORDS = re.compile(
    "|".join(re.escape(max(pattern.split("*"), key=len)) for pattern, _ in _READERS).encode()
)
"""One of them is in the name of every manifest, or of its folder."""


def may_be_manifest(path: bytes) -> bool:
    """Whether a path has a word of some manifest's name in its last two parts.

    Quick, and where it has none it is no manifest.
    """
    folder = path.rfind(b"/", 0, max(path.rfind(b"/"), 0)) + 1
    return _WORDS.search(path.lower(), folder) is not None


def is_manifest(file_name: str) -> bool:
    """Whether a file of that name (or path with `/`) is one that `dependencies` reads."""
    return _reader(file_name) is not None


def dependencies(file_name: str, content: bytes) -> tuple[Dependency, ...]:
    """What a manifest asks for, each (ecosystem, name) once, the needed before the helpful.

    Raises:
        EvidenceError: where the name is no known manifest, or the content is not what it says.
    """
    reader = _reader(file_name)
    if reader is None:
        raise EvidenceError(f"{file_name}: is no known manifest")
    if len(content) > MAX_MANIFEST_BYTES:
        size = f"{MAX_MANIFEST_BYTES // 2**20} MB"
        raise EvidenceError(f"{file_name}: larger than {size}, the most that is read")
    found: dict[tuple[Ecosystem, str], Dependency] = {}
    for dependency in reader(file_name, content):
        if not _NAME.fullmatch(dependency.name):
            continue
        place = (dependency.ecosystem, dependency.name)
        known = found.get(place)
        if known is None or (known.scope is Scope.DEV and dependency.scope is Scope.RUNTIME):
            found[place] = dependency
    return tuple(found.values())


def built_images(file_name: str, content: bytes) -> tuple[str, ...]:
    """Names of the images that a manifest has built, as compose files do; of none other."""
    is_compose = _reader(file_name) is from_compose
    return built_by_compose(file_name, content) if is_compose else ()


def left_out(file_name: str, content: bytes) -> tuple[str, ...]:
    """What a manifest says that `dependencies` leaves out though it may matter, in sentences."""
    from stack_half_life.evidence.manifests import passed_over as of

    telling: dict[Reader | None, Callable[[str, bytes], Iterable[str]]] = {
        from_requirements: left_out_of_requirements,
        from_package_json: of.left_out_of_package_json,
        from_pyproject: left_out_of_pyproject,
        from_cargo_toml: of.left_out_of_cargo_toml,
        from_compose: of.left_out_of_compose,
        from_go_mod: of.left_out_of_go_mod,
    }
    tell = telling.get(_reader(file_name))
    sentences = tuple(tell(file_name, content)) if tell else ()
    more = len(sentences) - MOST_TOLD
    return (*sentences[:MOST_TOLD], *([f"{file_name}: {more:,} more such"] if more > 0 else []))


def looked_for(file_name: str) -> str:
    """Where a manifest of that name is searched for dependencies, in words."""
    reader = _reader(file_name)
    return _LOOKED_FOR[reader] if reader else ""


def _reader(file_name: str) -> Reader | None:
    folder, _, name = file_name.replace("\\", "/").casefold().rpartition("/")
    if _ANY_NAME.match(name):
        for pattern, reader in _READERS:
            if fnmatch.fnmatchcase(name, pattern):
                return reader
    if name.endswith(".txt") and folder.rpartition("/")[2] == "requirements":
        return from_requirements
    return None
