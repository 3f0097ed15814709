"""Container images that Dockerfiles and compose files build upon or run."""

import re
from collections.abc import Iterator, Mapping

from stack_half_life.errors import EvidenceError
from stack_half_life.evidence.documents import decode, parse_yaml
from stack_half_life.evidence.manifests.dependency import Dependency, Ecosystem

_MAX_LINE = 2000
_MAX_VALUE = 500
"""Longer lines and values name no image; without a bound values could double from line to line."""
_LINE = re.compile(r"\A\s*(FROM|ARG|COPY)\s+(.*)", re.IGNORECASE)
_FLAG = re.compile(r"(?<![\w-])--([\w-]+)=(\S+)\s*")
_VARIABLE = re.compile(r"\$\{(\w+)(?::?-([^{}]*)|:?[+?][^{}]*)?\}|\$(\w+)")
_UNKNOWN = "\0"
_UNKNOWN_TAG = re.compile(rf":[^/:]*{_UNKNOWN}[^/:]*\Z")
_IMAGE = re.compile(
    r"\A(?P<name>(?:[\w.-]+(?::\d+)?/)?[\w.-]+(?:/[\w.-]+)*)(?::(?P<tag>[\w.-]+))?(?:@\S+)?\Z",
    re.ASCII,
)


def from_dockerfile(file_name: str, content: bytes) -> Iterator[Dependency]:
    """Base images of a Dockerfile, build arguments filled in where they have a default."""
    text = re.sub(r"\\[ \t]*\r?\n", " ", decode(content, file_name))
    arguments: dict[str, str] = {}
    stages: set[str] = set()
    seen: set[Dependency] = set()
    for line in text.splitlines():
        match = _LINE.match(line) if len(line) <= _MAX_LINE else None
        if match is None:
            continue
        word, rest = match.group(1).upper(), match.group(2).strip()
        flags = dict(_FLAG.findall(rest))
        words = _FLAG.sub("", rest).split()
        image = ""
        if word == "ARG" and words:
            name, _, value = words[0].partition("=")
            arguments.setdefault(name, _filled(value.strip("\"'"), arguments))
        elif word == "FROM" and words:
            image = _filled(words[0], arguments)
        elif word == "COPY":
            image = "" if flags.get("from", "").isdigit() else flags.get("from", "")
            image = _filled(image, arguments)
        found = None if image.casefold() in stages else _image(image)
        if word == "FROM" and len(words) >= 3 and words[1].casefold() == "as":
            stages.add(words[2].casefold())
        if found is not None and found not in seen:
            seen.add(found)
            yield found


def from_compose(file_name: str, content: bytes) -> Iterator[Dependency]:
    """Images that the services of a compose file run and none of them builds."""
    services = _services(file_name, content)
    built = {image.name for image, is_built in services if is_built}
    yield from dict.fromkeys(image for image, _ in services if image.name not in built)


def built_by_compose(file_name: str, content: bytes) -> tuple[str, ...]:
    """Names of the images that the services of a compose file build and name."""
    services = _services(file_name, content)
    return tuple(dict.fromkeys(image.name for image, is_built in services if is_built))


def _services(file_name: str, content: bytes) -> list[tuple[Dependency, bool]]:
    """The image of each service that names one, and whether the service builds it."""
    document = parse_yaml(content, file_name)
    if not isinstance(document, Mapping):
        raise EvidenceError(f"{file_name}: is not a compose file (services are needed)")
    services = document.get("services", document)
    found = []
    for service in services.values() if isinstance(services, Mapping) else ():
        named = _merged(service, "image")
        image = _image(_filled(named, {})) if isinstance(named, str) else None
        if image is not None:
            found.append((image, _merged(service, "build") is not None))
    return found


def _merged(service: object, key: str) -> object:
    """A key of a service or of the mappings merged into it by `<<`, each looked at once."""
    waiting, seen = [service], set[int]()
    while waiting:
        table = waiting.pop()
        if not isinstance(table, Mapping) or id(table) in seen:
            continue
        if table.get(key) is not None:
            return table[key]
        seen.add(id(table))
        merged = table.get("<<")
        waiting += reversed(merged) if isinstance(merged, list) else [merged]
    return None


def _filled(text: str, values: Mapping[str, str]) -> str:
    """The text with its variables replaced by their values or defaults, else by `_UNKNOWN`."""
    filled = _VARIABLE.sub(
        lambda match: values.get(match[1] or match[3]) or match[2] or _UNKNOWN, text
    ).strip()
    return filled if len(filled) <= _MAX_VALUE else _UNKNOWN


def _image(reference: str) -> Dependency | None:
    match = _IMAGE.match(_UNKNOWN_TAG.sub("", reference))
    if match is None or reference.casefold() == "scratch":
        return None
    name = match["name"].casefold().removeprefix("index.").removeprefix("docker.io/")
    _, official, short = name.rpartition("library/")
    tag = match["tag"] or ""
    return Dependency(Ecosystem.DOCKER, short if official else name, "" if tag == "latest" else tag)
