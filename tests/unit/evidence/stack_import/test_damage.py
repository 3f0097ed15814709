"""However a file is damaged: it is read, or one line says why not."""

import contextlib
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stack_half_life.errors import EvidenceError
from stack_half_life.evidence.stack_import import read_items

WHOLE = {
    "package.json": b'{"name": "x", "engines": {"node": ">=20"}, "dependencies": {"a": "^1.2"}}',
    "requirements.txt": b"a[b]==1.0 ; python_version < '3'\n-e git+https://x.invalid/y#egg=z\n",
    "pyproject.toml": b'[project]\ndependencies = ["a>=1"]\n[tool.poetry.dependencies]\nb = "1"\n',
    "go.mod": b"module x\ngo 1.22\nrequire (\n\tgithub.com/a/b v1.0.0 // indirect\n)\n",
    "Dockerfile": b"ARG V=3\nFROM --platform=x python:${V}-slim AS a\nCOPY --from=b:1 . .\n",
    "compose.yaml": b"x: &x {image: 'a:1'}\nservices:\n  s: {<<: *x}\n  t:\n    image: b:${C:-2}\n",
    "bom.json": json.dumps(
        {
            "bomFormat": "CycloneDX",
            "specVersion": "1.5",
            "metadata": {"component": {"type": "application", "name": "x", "bom-ref": "x"}},
            "components": [{"type": "library", "name": "a", "purl": "pkg:npm/a@1", "bom-ref": "a"}],
            "dependencies": [{"ref": "x", "dependsOn": ["a"]}],
        }
    ).encode(),
    "sbom.json": json.dumps(
        {
            "spdxVersion": "SPDX-2.3",
            "packages": [{"SPDXID": "a", "name": "a", "versionInfo": "1", "externalRefs": []}],
            "relationships": [{"spdxElementId": "a", "relationshipType": "DESCRIBES"}],
        }
    ).encode(),
    "bom.xml": b'<bom xmlns="http://cyclonedx.org/schema/bom/1.4"><components><component '
    b'type="library"><name>a</name><version>1</version></component></components></bom>',
}

PIECES = st.sampled_from(
    [
        b"{",
        b"}",
        b"[",
        b"]",
        b'"',
        b"null",
        b"-1e999",
        b"\xff",
        b"\x00",
        b"\n",
        b"*x",
        b"&x;",
        b"</",
    ]
)


@settings(
    derandomize=True,
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@pytest.mark.parametrize("name", list(WHOLE))
@given(
    damage=st.lists(
        st.tuples(st.integers(0, 400), st.integers(0, 30), PIECES | st.just(b"")), max_size=6
    )
)
def test_damage(tmp_path: Path, name: str, damage: list[tuple[int, int, bytes]]) -> None:
    content = WHOLE[name]
    for at, length, piece in damage:
        content = content[:at] + piece + content[at + length :]
    file = tmp_path / name
    file.write_bytes(content)
    with contextlib.suppress(EvidenceError):
        imported = read_items(file)
        assert all(item.name and item.file == str(file) for item in imported.items)


@pytest.mark.parametrize("name", list(WHOLE))
def test_whole_files_name_something(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_bytes(WHOLE[name])
    assert read_items(file).items
