import json

import pytest

from stack_half_life.errors import EvidenceError
from stack_half_life.evidence.manifests import (
    Dependency,
    Ecosystem,
    Scope,
    dependencies,
    is_manifest,
    may_be_manifest,
)


def read(name: str, text: str) -> dict[str, tuple[str, Scope]]:
    found = dependencies(name, text.encode())
    return {dependency.name: (dependency.requirement, dependency.scope) for dependency in found}


def test_package_json_leaves_out_what_lies_in_the_same_repository() -> None:
    found = read(
        "web/package.json",
        json.dumps(
            {
                "name": "web",
                "dependencies": {
                    "react": "^18.2.0",
                    "@types/node": "*",
                    "mine": "workspace:*",
                    "lib": "file:../lib",
                    "compat": "npm:preact@^10.5.0",
                    "//": "a comment",
                    "odd": 3,
                },
                "devDependencies": {"vite": "5.0.0", "react": "18"},
                "peerDependencies": {"vue": ">=3"},
                "optionalDependencies": None,
            }
        ),
    )
    assert found == {
        "react": ("^18.2.0", Scope.RUNTIME),
        "@types/node": ("*", Scope.RUNTIME),
        "preact": ("^10.5.0", Scope.RUNTIME),
        "vue": (">=3", Scope.RUNTIME),
        "vite": ("5.0.0", Scope.DEV),
    }


def test_cargo_toml_with_targets_workspace_and_renames() -> None:
    found = read(
        "Cargo.toml",
        """
[dependencies]
serde = { version = "1.0", features = ["derive"] }
serde_json = "1"
local = { path = "../local" }
beside = { path = "crates/beside", version = "0.4" }
renamed = { package = "tokio", version = "1.38" }
shared = { workspace = true }
[dev-dependencies]
criterion = "0.5"
[target.'cfg(unix)'.dependencies]
nix = "0.29"
[workspace.dependencies]
anyhow = "1.0.80"
""",
    )
    assert found == {
        "serde": ("1.0", Scope.RUNTIME),
        "serde-json": ("1", Scope.RUNTIME),
        "tokio": ("1.38", Scope.RUNTIME),
        "shared": ("", Scope.RUNTIME),
        "criterion": ("0.5", Scope.DEV),
        "nix": ("0.29", Scope.RUNTIME),
        "anyhow": ("1.0.80", Scope.RUNTIME),
    }


def test_go_mod_tells_direct_from_indirect() -> None:
    found = dependencies(
        "go.mod",
        b"""module example.com/x // require y v1
go 1.22
require github.com/spf13/cobra v1.8.0
require (
\tgithub.com/stretchr/testify v1.9.0
\tgolang.org/x/net v0.25.0 // indirect
\tk8s.io/api v0.30.1 // kept back
)
replace (
\tgithub.com/a/b v1.0.0 => github.com/c/d v1.1.0
)
exclude github.com/bad/one v0.1.0
""",
    )
    assert {d.name: (d.version, d.is_direct) for d in found} == {
        "github.com/spf13/cobra": ("1.8.0", True),
        "github.com/stretchr/testify": ("1.9.0", True),
        "golang.org/x/net": ("0.25.0", False),
        "k8s.io/api": ("0.30.1", True),
    }


def test_gemfile_groups() -> None:
    found = read(
        "Gemfile",
        """source "https://example.invalid"
ruby "3.3.0"
gem "rails", "~> 7.1"   # the frame
gem 'pg'
gem "mine", path: "../mine"
group :development, :test do
  if ENV["X"]
    gem "byebug"
  end
  gem "rspec-rails"
end
gem "rubocop", require: false, group: :development
gem("puma", ">= 5")
%w[a b].each do |name|
  gem name
end
gem "redis"
""",
    )
    assert found == {
        "rails": ("~> 7.1", Scope.RUNTIME),
        "pg": ("", Scope.RUNTIME),
        "byebug": ("", Scope.DEV),
        "rspec-rails": ("", Scope.DEV),
        "rubocop": ("", Scope.DEV),
        "puma": (">= 5", Scope.RUNTIME),
        "redis": ("", Scope.RUNTIME),
    }


def test_dockerfile_fills_arguments_and_skips_its_own_stages() -> None:
    found = read(
        "docker/Dockerfile.gpu",
        """# syntax=docker/dockerfile:1
ARG CUDA=12.4.1
ARG BASE=nvidia/cuda:${CUDA}-devel-ubuntu22.04
FROM --platform=$BUILDPLATFORM ${BASE} AS build
RUN echo FROM nothing
FROM registry.example:5000/Team/base:1.2@sha256:abc AS base
COPY --from=build /x /x
COPY --from=ghcr.io/astral-sh/uv:0.5 /uv /bin/
FROM base
FROM library/python:${PY:-3.12-slim}
FROM scratch
FROM ${UNSET}
FROM node:${UNSET}
FROM redis:latest
""",
    )
    assert {name: requirement for name, (requirement, _) in found.items()} == {
        "nvidia/cuda": "12.4.1-devel-ubuntu22.04",
        "registry.example:5000/team/base": "1.2",
        "ghcr.io/astral-sh/uv": "0.5",
        "python": "3.12-slim",
        "node": "",
        "redis": "",
    }


def test_compose_reads_images_merged_and_defaulted_and_skips_what_it_builds() -> None:
    found = read(
        "docker-compose.yml",
        """
x-db: &db
  image: postgres:16.3
services:
  db:
    <<: *db
  cache: {image: "docker.io/redis:7.10"}
  web: {build: ., image: mine/web:dev}
  worker: {image: mine/web}
  proxy: {image: "nginx:${NGINX:-1.27}"}
  none:
""",
    )
    assert {name: requirement for name, (requirement, _) in found.items()} == {
        "postgres": "16.3",
        "redis": "7.10",
        "nginx": "1.27",
    }


def test_a_yaml_alias_bomb_is_refused_at_once() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [" + ", ".join([f"*a{n - 1}"] * 9) + "]" for n in range(1, 40)]
    with pytest.raises(EvidenceError, match="more than 200 YAML aliases"):
        dependencies("compose.yaml", "\n".join(lines).encode())


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("package.json", b'{"dependencies": {"react": "^1', "is not whole JSON (line 1"),
        ("package.json", b"[]", "an object is needed"),
        ("package.json", b"[" * 100_000, "nested too deeply"),
        ("package.json", b'{"a": ' + b"9" * 5000 + b"}", "is not usable JSON"),
        ("Cargo.toml", b"[dependencies", "is not TOML"),
        ("compose.yaml", b"services: [a", "is not YAML (line"),
        ("compose.yaml", b"a: &x [*x]\n" + b"[" * 500, "not YAML"),
        ("compose.yaml", b"[" * 500 + b"]" * 500, "nested more than 64 deep"),
        ("compose.yaml", b"- a\n", "services are needed"),
        ("compose.yaml", b"? [a]\n: b\n", "is not YAML"),
    ],
)
def test_unusable_content_is_one_clear_line(name: str, content: bytes, says: str) -> None:
    with pytest.raises(EvidenceError) as caught:
        dependencies(name, content)
    assert says in str(caught.value)
    assert str(caught.value).startswith(f"{name}: ")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("requirement", "version"),
    [
        ("^4.18.1", "4.18.1"),
        (">=2.0,<3", "2.0"),
        ("<3,>=2.1", "2.1"),
        ("<3", ""),
        ("!=1.5", ""),
        ("~> 7.1", "7.1"),
        ("1.x", "1"),
        ("18.*", "18"),
        ("^1.2 || ^2", "1.2"),
        (">=1.2.3 <2", "1.2.3"),
        ("latest", ""),
        ("github:user/repo2", ""),
        ("==2.3.1+cu121", "2.3.1+cu121"),
        ("*", ""),
    ],
)
def test_version_named_by_a_requirement(requirement: str, version: str) -> None:
    assert Dependency(Ecosystem.NPM, "x", requirement).version == version


@pytest.mark.parametrize(
    ("ecosystem", "name", "purl"),
    [
        (Ecosystem.PYPI, "torch", "pkg:pypi/torch"),
        (Ecosystem.NPM, "@angular/core", "pkg:npm/%40angular/core"),
        (Ecosystem.GO, "k8s.io/api", "pkg:golang/k8s.io/api"),
        (Ecosystem.DOCKER, "nvidia/cuda", "pkg:docker/nvidia/cuda"),
    ],
)
def test_purl(ecosystem: Ecosystem, name: str, purl: str) -> None:
    assert Dependency(ecosystem, name).purl == purl


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("go.mod", "require github.com/x/ v1.0.0\nrequire / v1.0.0\n"),
        ("Cargo.toml", '[dependencies]\n"" = "1"\n"a b" = "1"\n"/" = "2"\n'),
        ("pyproject.toml", '[tool.poetry.dependencies]\n"" = "1"\n" " = "2"\n'),
        ("package.json", json.dumps({"dependencies": {"": "1", "a/b/c": "2", "@x/": "3"}})),
    ],
)
def test_words_that_name_no_package_are_passed_over(name: str, text: str) -> None:
    assert dependencies(name, text.encode()) == ()


@pytest.mark.parametrize(
    "path",
    [
        "package.json",
        "a/setup.py",
        "a/Setup.CFG",
        "x/y/pyproject.toml",
        "Requirements/base.txt",
        "a/requirements/base.txt",
        "dev-requirements-3.IN",
        "api.Dockerfile",
        "Dockerfile.dev",
        "Containerfile",
        "docker-compose.prod.yml",
        "compose.yaml",
        "Gemfile",
        "go.mod",
        "crates/x/Cargo.toml",
    ],
)
def test_the_quick_look_lets_every_manifest_through(path: str) -> None:
    assert is_manifest(path)
    assert may_be_manifest(path.encode())
    assert not may_be_manifest(b"go.mod/requirements/a/" + b"x.txt")
