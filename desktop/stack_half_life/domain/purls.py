"""Package URLs (purls): made from a package's name, and brought into one spelling."""

import re
from urllib.parse import unquote

_SCHEME = re.compile(r"\Apkg:/*", re.IGNORECASE)
_CASELESS = frozenset(
    (
        "bitbucket",
        "composer",
        "docker",
        "github",
        "gitlab",
        "golang",
        "hex",
        "npm",
        "nuget",
        "pypi",
    )
)
"""Types whose names are the same in any case, by the rules of purls or of the index itself."""

_GO_MAJOR = re.compile(r"/v\d+\Z")
_GO_DOTTED_MAJOR = re.compile(r"\.v\d+(?:-unstable)?\Z")

_TYPE_OF_ECOSYSTEM = {"go": "golang"}
_ECOSYSTEM_OF_TYPE = {kind: ecosystem for ecosystem, kind in _TYPE_OF_ECOSYSTEM.items()}


def purl_type(ecosystem: str) -> str:
    """The type that package URLs of an ecosystem have: `go` → `golang`."""
    return _TYPE_OF_ECOSYSTEM.get(ecosystem, ecosystem)


def ecosystem_of(kind: str) -> str:
    """The ecosystem of a type of package URL, the inverse of `purl_type`."""
    return _ECOSYSTEM_OF_TYPE.get(kind, kind)


def package_url(ecosystem: str, package: str) -> str:
    """The package URL without a version, as `pkg:npm/%40babel/core`."""
    return f"pkg:{purl_type(ecosystem)}/{package.replace('@', '%40')}"


def go_module(path: str) -> str:
    """The path of a Go module without its major version.

    `github.com/x/y/v4` → `github.com/x/y`, `gopkg.in/yaml.v3` → `gopkg.in/yaml`.
    """
    is_dotted = path.startswith("gopkg.in/")
    return (_GO_DOTTED_MAJOR if is_dotted else _GO_MAJOR).sub("", path)


def split_purl(purl: str) -> tuple[str, str]:
    """The type and the full name of a package URL that has no version."""
    kind, _, name = purl.removeprefix("pkg:").partition("/")
    return kind, unquote(name)


def is_purl(text: str) -> bool:
    """Whether a text is meant as a package URL."""
    return _SCHEME.match(text) is not None


def bare_purl(text: str) -> str:
    """A package URL without version, qualifiers and subpath, in one spelling.

    `pkg:PyPI/Foo_Bar@1.0?x=y` → `pkg:pypi/foo-bar`; `pkg:docker/library/redis@7` →
    `pkg:docker/redis`.
    """
    rest = _SCHEME.sub("", text.strip()).split("#")[0].split("?")[0]
    kind, _, name = rest.partition("/")
    kind = kind.lower()
    head, at, _ = name.rpartition("@")
    name = unquote(head if at and head and not head.endswith("/") else name).strip("/")
    if kind in _CASELESS:
        name = name.lower()
    if kind == "pypi":
        name = re.sub(r"[-_.]+", "-", name)
    if kind == "docker":
        name = name.removeprefix("library/")
    return f"pkg:{kind}/{name}"
