"""Dependencies of Go projects: go.mod."""

import re
from collections.abc import Iterator

from stack_half_life.domain.purls import go_module
from stack_half_life.evidence.documents import decode
from stack_half_life.evidence.manifests.dependency import Dependency, Ecosystem

_REQUIRE = re.compile(r'\A"?([^\s"]+)"?\s+v(\d\S*)')


def from_go_mod(file_name: str, content: bytes) -> Iterator[Dependency]:
    """Modules a go.mod requires, those marked `// indirect` as indirect.

    A module's major version is no part of its name here, as in any other ecosystem.
    """
    block = ""
    for raw in decode(content, file_name).splitlines():
        line, _, comment = raw.strip().partition("//")
        line = line.strip()
        if block and line == ")":
            block = ""
            continue
        if not block and line.endswith("("):
            block = line[:-1].strip()
            continue
        verb, rest = (block, line) if block else (line.partition(" ")[0], line.partition(" ")[2])
        match = _REQUIRE.match(rest.strip()) if verb == "require" else None
        if match:
            is_direct = not comment.strip().startswith("indirect")
            module = go_module(match.group(1))
            yield Dependency(Ecosystem.GO, module, match.group(2), is_direct=is_direct)
