"""Dependencies of Python projects: requirements files, pyproject.toml and setup.cfg."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any

from stack_half_life.errors import EvidenceError
from stack_half_life.evidence.documents import decode, parse_toml
from stack_half_life.evidence.manifests.dependency import Dependency, Ecosystem, Scope

_DEV_WORDS = re.compile(
    r"(?:^|[^a-z])(?:dev|develop|development|tests?|testing|docs?|documentation|lint|linting|ci|"
    r"style|format|typing|mypy|bench|benchmarks?|build|release|tox|quality)(?:[^a-z]|$)",
    re.ASCII,
)
_COMMENT = re.compile(r"(?:^|\s)#.*$")
_OPTION = re.compile(r"\s--(?:hash|config-settings|global-option|install-option)\b.*$")
_INCLUDES = ("-r", "--requirement")
_EGG = re.compile(r"[#&]egg=([\w.-]+)", re.ASCII)
_PLAIN = re.compile(
    r"([A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)\s*+(?:\[[\w\s,.-]*+\])?+\s*+"
    r"((?:(?:===|[<>=!~]=|[<>])\s*+[\w.*+!-]++\s*+,?+\s*+)*+)(?:@\s*+[^\s;]++\s*+)?+(?:;.*)?\Z",
    re.ASCII,
)
_LEGACY = re.compile(r"\A([A-Za-z0-9][\w.-]*+)\s*+(?:\[[^\]]*+\])?+\s*+([<>=!~^].*|\Z)", re.ASCII)


def from_requirements(file_name: str, content: bytes) -> Iterator[Dependency]:
    """Requirements of pip's own file form; included files are not followed."""
    scope = scope_of(PurePosixPath(file_name).name.casefold())
    for _, line in _whole_lines(decode(content, file_name)):
        if line and line[0] != "#":
            yield from _from_requirement_line(line, scope)


def _whole_lines(text: str) -> Iterator[tuple[int, str]]:
    """Lines, those that a backslash continues made whole, and the number of each one's first."""
    if "\\" not in text:
        yield from enumerate(text.splitlines(), 1)
        return
    begun, first = "", 1
    for number, line in enumerate(text.splitlines(), 1):
        if line.endswith("\\") and not line.lstrip().startswith("#"):
            begun += f"{line[:-1]} "
            continue
        yield first, begun + line
        begun, first = "", number + 1
    if begun:
        yield first, begun


def left_out_of_requirements(file_name: str, content: bytes) -> Iterator[str]:
    """What a requirements file says that `from_requirements` leaves out, a sentence for each line.

    Options of pip itself are left out in silence.
    """
    for number, line in _whole_lines(decode(content, file_name)):
        words = " ".join(_COMMENT.sub("", line).split())
        where = f"{file_name}, line {number}: “{words[:60]}”"
        if words.startswith(_INCLUDES):
            yield f"{where} is not followed; name that file too"
        elif not words or words[0] in "-#":
            continue
        elif problem := _problem(_from_requirement_line(line, Scope.RUNTIME)):
            yield f"{where} {problem}"


def left_out_of_pyproject(file_name: str, content: bytes) -> Iterator[str]:
    """What the project table of a pyproject.toml asks for in vain, a sentence each."""
    project = _table(parse_toml(content, file_name), "project")
    listed = project.get("dependencies", [])
    if not isinstance(listed, list):
        yield f"{file_name}: “project.dependencies” is not a list of requirements; left out"
        return
    for line in listed:
        words = " ".join(str(line).split())[:60]
        found = from_requirement_lines(_texts([line]), Scope.RUNTIME)
        if problem := _problem(tuple(found)):
            yield f"{file_name}, project.dependencies: “{words}” {problem}"


def _problem(found: tuple[Dependency, ...]) -> str:
    """What is wrong with a requirement that was read as these; blank where nothing is."""
    if not found:
        return "is no requirement; left out"
    if any(_asks_in_vain(one) for one in found):
        return "asks for a version and names none; taken without one"
    return ""


def _asks_in_vain(dependency: Dependency) -> bool:
    """Whether a requirement bounds the version from below, or sets it, by something else."""
    bounds = (part.strip() for part in dependency.requirement.split(","))
    return not dependency.version and any(
        bound and not bound.startswith(("<", "!=")) for bound in bounds
    )


@lru_cache(maxsize=16384)
def _from_requirement_line(line: str, scope: Scope) -> tuple[Dependency, ...]:
    """What a line asks for; remembered, since versions of a file share most of their lines."""
    requirement = _COMMENT.sub("", line).strip()
    if requirement.startswith(("-e ", "--editable ", "--editable=", "git+")):
        egg = _EGG.search(line)
        return (Dependency(Ecosystem.PYPI, _normal(egg.group(1)), "", scope),) if egg else ()
    if not requirement or requirement.startswith("-"):
        return ()
    return tuple(from_requirement_lines([_OPTION.sub("", requirement)], scope))


def from_pyproject(file_name: str, content: bytes) -> Iterator[Dependency]:
    """Project, dependency-group, build and Poetry, PDM or uv requirements of a pyproject.toml."""
    document = parse_toml(content, file_name)
    project = _table(document, "project")
    yield from from_requirement_lines(_texts(project.get("dependencies")), Scope.RUNTIME)
    for name, lines in _table(project, "optional-dependencies").items():
        yield from from_requirement_lines(_texts(lines), scope_of(name))
    for lines in _table(document, "dependency-groups").values():
        yield from from_requirement_lines(_texts(lines), Scope.DEV)
    yield from from_requirement_lines(
        _texts(_table(document, "build-system").get("requires")), Scope.DEV
    )
    tool = _table(document, "tool")
    yield from _from_poetry(_table(tool, "poetry"))
    for lines in _table(_table(tool, "pdm"), "dev-dependencies").values():
        yield from from_requirement_lines(_texts(lines), Scope.DEV)
    yield from from_requirement_lines(_texts(_table(tool, "uv").get("dev-dependencies")), Scope.DEV)


def from_setup_cfg(file_name: str, content: bytes) -> Iterator[Dependency]:
    """Declarative requirements of setuptools in a setup.cfg."""
    import configparser

    parser = configparser.RawConfigParser(strict=False)
    try:
        parser.read_string(decode(content, file_name))
    except configparser.Error as error:
        reason = " ".join(str(error.message).split())
        raise EvidenceError(f"{file_name}: is not a setup.cfg ({reason})") from None
    for option, scope in (
        ("install_requires", Scope.RUNTIME),
        ("setup_requires", Scope.DEV),
        ("tests_require", Scope.DEV),
    ):
        yield from from_requirement_lines(
            _listed(parser.get("options", option, fallback="")), scope
        )
    if parser.has_section("options.extras_require"):
        for name, lines in parser.items("options.extras_require"):
            yield from from_requirement_lines(_listed(lines), scope_of(name))


def _from_poetry(poetry: Mapping[str, Any]) -> Iterator[Dependency]:
    yield from _from_poetry_table(_table(poetry, "dependencies"), Scope.RUNTIME)
    yield from _from_poetry_table(_table(poetry, "dev-dependencies"), Scope.DEV)
    for name, group in _table(poetry, "group").items():
        scope = Scope.RUNTIME if name == "main" else Scope.DEV
        yield from _from_poetry_table(_table({"": group}, "").get("dependencies"), scope)


def _from_poetry_table(table: object, scope: Scope) -> Iterator[Dependency]:
    for name, asked in table.items() if isinstance(table, Mapping) else ():
        asked = asked[0] if isinstance(asked, list) and asked else asked
        if name.casefold() == "python" or (isinstance(asked, Mapping) and "path" in asked):
            continue
        version = asked.get("version", "") if isinstance(asked, Mapping) else asked
        requirement = version if isinstance(version, str) else ""
        yield Dependency(Ecosystem.PYPI, _normal(name), requirement.strip(), scope)


def from_requirement_lines(lines: Iterable[str], scope: Scope) -> Iterator[Dependency]:
    """What requirements (PEP 508) ask for, in the order of the lines."""
    for line in lines:
        parsed = _requirement(line.strip())
        if parsed is not None:
            yield Dependency(Ecosystem.PYPI, *parsed, scope)


@lru_cache(maxsize=8192)
def _requirement(line: str) -> tuple[str, str] | None:
    """Normalised name and version specifier of one requirement; None where it names no package.

    The usual form is read here, as `packaging` would read it, since importing and asking that
    takes longer than all else that is done with a history of manifests.
    """
    plain = _PLAIN.match(line)
    if plain:
        parts = "".join(plain[2].split()).split(",")
        return _normal(plain[1]), ",".join(sorted(part for part in parts if part))
    if not line[:1].isalnum() or line.startswith(("http://", "https://")):
        return None
    from packaging.requirements import InvalidRequirement, Requirement

    try:
        requirement = Requirement(line)
    except InvalidRequirement:
        legacy = _LEGACY.match(line.partition(";")[0].strip())
        return (_normal(legacy.group(1)), legacy.group(2).strip()) if legacy else None
    return _normal(requirement.name), str(requirement.specifier)


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name.strip()).lower()


def scope_of(name: str) -> Scope:
    """The scope that the name of a file or group tells of."""
    return Scope.DEV if _DEV_WORDS.search(name.casefold()) else Scope.RUNTIME


def _table(document: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = document.get(key)
    return value if isinstance(value, Mapping) else {}


def _texts(value: object) -> list[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _listed(text: str) -> list[str]:
    return [part for line in text.splitlines() for part in line.split(";;") if part.strip()]
