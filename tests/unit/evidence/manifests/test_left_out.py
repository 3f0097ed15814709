import pytest

from stack_half_life.evidence.manifests import MOST_TOLD, dependencies, left_out, looked_for


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("package.json", '{"dependencies": [1]}', "“dependencies” is a list, not a table"),
        ("package.json", '{"devDependencies": {"a": 3}}', "“devDependencies.a” is a number"),
        ("package.json", "[1]", ""),
        ("compose.yaml", "services: 3", "“services” is a text, not a table of services"),
        ("compose.yaml", "services: {a: {build: .}}", ""),
        ("go.mod", "xx", "has no line “module …”"),
        ("go.mod", "module x\n", ""),
        ("Cargo.toml", "dependencies = 3", "“dependencies” is a number, not a table"),
        ("Cargo.toml", "serde = 1", "has no “[package]”, no “[workspace]” and no table"),
        ("Cargo.toml", "[package]\nname = 'x'", ""),
        ("Cargo.toml", "[dependencies]\nserde = 3", "“dependencies.serde” is a number"),
        ("Cargo.toml", '[dependencies]\nserde = { version = "1" }\nlog = "1"', ""),
        ("pyproject.toml", '[project]\ndependencies = "a"', "“project.dependencies” is not a"),
        ("pyproject.toml", '[project]\ndependencies = ["a>="]', "“a>=” asks for a version"),
        ("pyproject.toml", "[project]\ndependencies = [3]", "“3” is no requirement"),
        ("pyproject.toml", '[project]\ndependencies = ["a>=1", "b"]', ""),
        ("requirements.txt", "flask>=", "line 1: “flask>=” asks for a version and names none"),
        ("requirements.txt", "flask==x", "“flask==x” asks for a version and names none"),
        ("requirements.txt", "a\nb!=1\nc<2\nd>=1\ne==1.*\nf # c\n--hash=x", ""),
    ],
)
def test_what_is_passed_over_is_said(name: str, content: str, said: str) -> None:
    sentences = left_out(name, content.encode())
    if not said:
        assert sentences == ()
        return
    (sentence,) = sentences
    assert sentence.startswith(name)
    assert said in sentence
    assert "\n" not in sentence


def test_a_requirement_is_told_by_the_line_it_begins_on() -> None:
    content = b"rich\nfl ask>=1, \\\n  <2\n# a \\\nclick\nx \\\n y\\\n z\nlast one \\"
    assert left_out("requirements.txt", content) == (
        "requirements.txt, line 2: “fl ask>=1, <2” is no requirement; left out",
        "requirements.txt, line 6: “x y z” is no requirement; left out",
        "requirements.txt, line 9: “last one” is no requirement; left out",
    )
    found = [one.name for one in dependencies("requirements.txt", content)]
    assert found == ["rich", "click"]


def test_no_more_is_said_than_can_be_read() -> None:
    sentences = left_out("requirements.txt", b"a b\n" * 1234)
    assert len(sentences) == MOST_TOLD + 1
    assert sentences[-1] == f"requirements.txt: {1234 - MOST_TOLD:,} more such"


@pytest.mark.parametrize("name", ["package.json", "setup.py", "Gemfile", "x/Dockerfile", "go.mod"])
def test_every_manifest_says_what_is_looked_for(name: str) -> None:
    assert looked_for(name)
