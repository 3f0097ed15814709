"""Dependencies of Ruby projects: Gemfile."""

import re
from collections.abc import Iterator

from stack_half_life.evidence.documents import decode
from stack_half_life.evidence.manifests.dependency import Dependency, Ecosystem, Scope

_GEM = re.compile(r"""\A\s*gem[\s(]+["']([\w.-]+)["'](.*)\Z""", re.ASCII)
_VERSION = re.compile(r"""\A\s*,\s*["']([^"']*)["']""")
_GROUP = re.compile(r"\A\s*group[\s(]+(.+?)\)?\s+do\b")
_GROUPS_INLINE = re.compile(r":?groups?(?::|\s*=>)\s*(\[[^\]]*\]|:\w+|[\"']\w+[\"'])")
_OPENS = re.compile(
    r"\A\s*(?:if|unless|case|while|until|begin|def)\b|\bdo(?:\s*\|[^|]*\|)?\s*\Z|=\s*if\b"
)
_ENDS = re.compile(r"\A\s*end\b")
_RUNTIME_GROUPS = {"default", "production"}
_DEV_GROUPS = {"development", "test", "tests", "dev", "ci", "doc", "docs", "lint", "rubocop"}
_MAX_LINE = 1000
"""Longer lines name no gem."""


def from_gemfile(file_name: str, content: bytes) -> Iterator[Dependency]:
    """Gems a Gemfile names in plain words; what it computes is not followed."""
    blocks: list[Scope | None] = []
    for raw in decode(content, file_name).splitlines():
        if len(raw) > _MAX_LINE:
            continue
        line = re.sub(r"(?:^|\s)#.*$", "", raw)
        group, gem = _GROUP.match(line), _GEM.match(line)
        if group:
            blocks.append(_scope(group.group(1)))
        elif _OPENS.search(line):
            blocks.append(None)
        elif _ENDS.match(line) and blocks:
            blocks.pop()
        elif gem and not re.search(r"\bpath(?::|\s*=>)", gem.group(2)):
            inline = _GROUPS_INLINE.search(gem.group(2))
            version = _VERSION.match(gem.group(2))
            scope = Scope.DEV if Scope.DEV in blocks else Scope.RUNTIME
            yield Dependency(
                Ecosystem.GEM,
                gem.group(1),
                version.group(1).strip() if version else "",
                _scope(inline.group(1)) if inline else scope,
            )


def _scope(groups: str) -> Scope:
    words = set(re.findall(r"\w+", groups))
    is_dev = bool(words & _DEV_GROUPS) and not words & _RUNTIME_GROUPS
    return Scope.DEV if is_dev else Scope.RUNTIME
