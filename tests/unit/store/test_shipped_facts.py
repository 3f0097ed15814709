"""The shipped facts cover what the product promises, each technology with evidence."""

import tomllib
from collections import Counter
from collections.abc import Iterator

import pytest

from stack_half_life.domain.facts import Generation, Nature
from stack_half_life.domain.layers import Layer
from stack_half_life.domain.profile import ChurnProfile
from stack_half_life.paths import DATA
from stack_half_life.store.cache import ProfileCache


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ProfileCache]:
    path = tmp_path_factory.mktemp("shipped") / "profiles.sqlite"
    with ProfileCache.open(path) as opened:
        yield opened


@pytest.fixture(scope="module")
def profiles(cache: ProfileCache) -> dict[str, ChurnProfile]:
    return {one.key: cache.profile(one.key) for one in cache.technologies()}


def has_evidence(profile: ChurnProfile) -> bool:
    return bool(
        profile.cycles
        or profile.releases
        or profile.tenure
        or profile.end
        or profile.code_survival
        or profile.repositories
    )


def test_enough_of_both_generations_with_evidence_each(profiles: dict[str, ChurnProfile]) -> None:
    bare = [key for key, profile in profiles.items() if not has_evidence(profile)]
    assert bare == []
    living = [profile for profile in profiles.values() if profile.end is None]
    count = Counter(profile.technology.generation for profile in living)
    assert count[Generation.AI] >= 150
    assert count[Generation.CLASSICAL] >= 250


def test_every_layer_has_technologies(profiles: dict[str, ChurnProfile]) -> None:
    count = Counter(profile.layer for profile in profiles.values())
    assert {layer for layer in Layer if count[layer] < 3} == set()


NAMED = """
NVIDIA GPUs, TPU, Hopper, CUDA, Metal, WebGPU, Triton, Mojo, PyTorch, llama.cpp, ggml, gguf,
Llama, Qwen, Gemma, Phi, GPT, Claude, Gemini, Mistral AI, Command, Grok, Knative, KEDA, AWS Lambda,
BentoML, llamafile, mlc-llm, exllamav2, ONNX Runtime, Core ML, Ollama, FlashAttention, xformers,
attention sinks, sliding window attention kernel, vLLM, Transformers, TGI, LangChain, LlamaIndex,
Haystack, DSPy, CrewAI, AutoGen, Semantic Kernel, LangGraph, React, Vue, Angular, Svelte, Next.js,
jQuery, Ember, Backbone, PostgreSQL, SQLite, nginx, Linux, Python, Kubernetes, Redis, Git, curl
"""


@pytest.mark.parametrize("name", [name.strip() for name in NAMED.split(",")])
def test_every_technology_the_idea_names_has_a_real_profile(cache: ProfileCache, name: str) -> None:
    key = cache.resolve(name)
    if key is None:
        (hit, *_) = cache.search(name)
        key = hit.technology.key
    assert has_evidence(cache.profile(key))


@pytest.mark.parametrize(
    ("key", "layer", "nature"),
    [
        ("nvidia-gpu", Layer.HARDWARE, Nature.HARDWARE),
        ("google-tpu", Layer.HARDWARE, Nature.HARDWARE),
        ("cuda", Layer.HARDWARE_INTERFACE, Nature.SOFTWARE),
        ("triton", Layer.KERNEL_COMPILER, Nature.SOFTWARE),
        ("flash-attention", Layer.KERNEL_COMPILER, Nature.SOFTWARE),
        ("pytorch", Layer.ML_FRAMEWORK, Nature.SOFTWARE),
        ("deepspeed", Layer.TRAINING, Nature.SOFTWARE),
        ("vllm", Layer.SERVING, Nature.SOFTWARE),
        ("knative", Layer.SERVING, Nature.SOFTWARE),
        ("openai-gpt", Layer.MODEL, Nature.HOSTED_MODEL),
        ("llama", Layer.MODEL, Nature.OPEN_MODEL),
        ("langchain", Layer.APP_FRAMEWORK, Nature.SOFTWARE),
        ("react", Layer.FRONT_END, Nature.SOFTWARE),
        ("pydantic", Layer.APP_FRAMEWORK, Nature.PACKAGE),
        ("postgresql", Layer.DATA_STORE, Nature.SOFTWARE),
        ("prometheus", Layer.OBSERVABILITY, Nature.SOFTWARE),
        ("aws-lambda", Layer.CLOUD_SERVICE, Nature.HOSTED_SERVICE),
        ("ubuntu", Layer.OPERATING_SYSTEM, Nature.SOFTWARE),
    ],
)
def test_technologies_stand_in_their_layer(
    profiles: dict[str, ChurnProfile], key: str, layer: Layer, nature: Nature
) -> None:
    technology = profiles[key].technology
    assert (technology.layer, technology.nature) == (layer, nature)


@pytest.mark.parametrize(
    ("purl", "key"),
    [
        ("pkg:pypi/torch@2.9.1", "pytorch"),
        ("pkg:pypi/numpy", "numpy"),
        ("pkg:npm/react@19.0.0", "react"),
        ("pkg:npm/%40angular/core@20.0.0", "angular"),
        ("pkg:docker/postgres@17", "postgresql"),
        ("pkg:docker/library/python@3.12", "python"),
        ("pkg:pypi/llama_index", "llamaindex"),
        ("pkg:pypi/faiss-cpu@1.9.0", "faiss"),
        ("pkg:github/ggml-org/llama.cpp", "llama.cpp"),
        ("pkg:gem/rails", "ruby-on-rails"),
    ],
)
def test_package_urls_of_well_known_technologies_resolve(
    cache: ProfileCache, purl: str, key: str
) -> None:
    assert cache.resolve(purl) == key


def test_hosted_models_have_ends_and_announced_ends(profiles: dict[str, ChurnProfile]) -> None:
    for key in ("openai-gpt", "anthropic-claude", "google-gemini", "mistral-hosted"):
        ends = [cycle.support_ends_on for cycle in profiles[key].cycles if cycle.support_ends_on]
        assert len(ends) >= 5, key


def test_the_credit_that_endoflife_asks_for_is_kept(cache: ProfileCache) -> None:
    source = cache.sources()["endoflife-date/endoflife.date"]
    assert source.licence == "MIT"
    assert source.credit


def test_everything_the_curation_names_is_there(profiles: dict[str, ChurnProfile]) -> None:
    curation = tomllib.loads((DATA / "curation.toml").read_text(encoding="utf-8"))
    named = {key for table in ("same", "names", "aliases", "purls") for key in curation[table]}
    named |= {key for keys in curation["layers"].values() for key in keys}
    named |= {key for keys in curation["generations"].values() for key in keys}
    assert named - profiles.keys() == set()
