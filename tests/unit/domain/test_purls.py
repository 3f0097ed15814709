import pytest

from stack_half_life.domain.purls import go_module


@pytest.mark.parametrize(
    ("path", "module"),
    [
        ("github.com/x/y/v4", "github.com/x/y"),
        ("github.com/x/v4", "github.com/x"),
        ("github.com/x/v4/y", "github.com/x/v4/y"),
        ("gopkg.in/yaml.v3", "gopkg.in/yaml"),
        ("gopkg.in/x/y.v2-unstable", "gopkg.in/x/y"),
        ("example.org/yaml.v3", "example.org/yaml.v3"),
        ("k8s.io/api", "k8s.io/api"),
    ],
)
def test_a_go_module_is_called_without_its_major_version(path: str, module: str) -> None:
    assert go_module(path) == module
