"""Rules that give a technology its layer where nobody placed it by hand."""

from stack_half_life.domain.facts import Generation, Nature
from stack_half_life.domain.layers import Layer

_BY_CATEGORY = {
    "os": Layer.OPERATING_SYSTEM,
    "lang": Layer.LANGUAGE_RUNTIME,
    "database": Layer.DATA_STORE,
    "device": Layer.HARDWARE,
    "service": Layer.CLOUD_SERVICE,
    "standard": Layer.INFRASTRUCTURE,
    "framework": Layer.APP_FRAMEWORK,
    "app": Layer.APPLICATION,
    "server-app": Layer.APPLICATION,
}

_INFRASTRUCTURE_TAGS = frozenset(
    [
        "cncf",
        "kubernetes",
        "hashicorp",
        "web-server",
        "build-tool",
        "linux-foundation",
        "package-manager",
        "vmware",
    ]
)

_BY_WORD = {
    "framework": Layer.ML_FRAMEWORK,
    "kernel/compiler": Layer.KERNEL_COMPILER,
    "hardware-interface": Layer.HARDWARE_INTERFACE,
    "serving": Layer.SERVING,
    "training": Layer.TRAINING,
    "model": Layer.MODEL,
    "orchestration/app-framework": Layer.APP_FRAMEWORK,
    "vector-store/data": Layer.DATA_STORE,
    "database": Layer.DATA_STORE,
    "frontend": Layer.FRONT_END,
    "web-framework": Layer.APP_FRAMEWORK,
    "os/runtime": Layer.INFRASTRUCTURE,
    "runtime": Layer.LANGUAGE_RUNTIME,
    "library": Layer.APP_FRAMEWORK,
    "cloud service": Layer.CLOUD_SERVICE,
    "other library/application": Layer.APPLICATION,
}

_BY_PACKAGE_LABEL = {
    "utility": Layer.APP_FRAMEWORK,
    "testing_dev": Layer.INFRASTRUCTURE,
    "frontend": Layer.FRONT_END,
    "build_frontend": Layer.FRONT_END,
    "web_backend": Layer.APP_FRAMEWORK,
    "infra_devops": Layer.INFRASTRUCTURE,
    "base_image": Layer.OPERATING_SYSTEM,
    "db_driver": Layer.DATA_STORE,
    "ml_lib": Layer.ML_FRAMEWORK,
    "ml_framework": Layer.ML_FRAMEWORK,
    "orchestration": Layer.APP_FRAMEWORK,
    "hw_kernel": Layer.KERNEL_COMPILER,
    "model_sdk": Layer.APP_FRAMEWORK,
    "vector_store": Layer.DATA_STORE,
    "sci_data": Layer.APP_FRAMEWORK,
    "ai_ui": Layer.FRONT_END,
}

_AI_PACKAGE_LABELS = frozenset(
    ["ml_lib", "ml_framework", "orchestration", "hw_kernel", "model_sdk", "vector_store", "ai_ui"]
)

_AI_WORDS = frozenset(("kernel/compiler", "serving", "training", "model", "framework"))


def endoflife_layer(category: str, tags: frozenset[str]) -> Layer:
    """The layer of an endoflife product, from its category and tags."""
    if "llm" in tags:
        return Layer.MODEL
    if category in ("app", "server-app") and tags & _INFRASTRUCTURE_TAGS:
        return Layer.INFRASTRUCTURE
    if category == "framework" and tags & {"javascript-runtime", "css-runtime"}:
        return Layer.FRONT_END
    if "database" in tags:
        return Layer.DATA_STORE
    return _BY_CATEGORY.get(category, Layer.APPLICATION)


def endoflife_nature(category: str, tags: frozenset[str]) -> Nature:
    """What kind of thing an endoflife product is; devices and standards are not software."""
    if category == "device":
        return Nature.HARDWARE
    if category == "standard":
        return Nature.SPECIFICATION
    if category == "service":
        return Nature.HOSTED_MODEL if "llm" in tags else Nature.HOSTED_SERVICE
    return Nature.SOFTWARE


def endoflife_generation(tags: frozenset[str]) -> Generation:
    """AI where the tags say so."""
    return Generation.AI if tags & {"llm", "nvidia", "machine-learning"} else Generation.CLASSICAL


def layer_of_word(word: str) -> Layer:
    """The layer behind a word of the versions and ends files."""
    return _BY_WORD.get(word, Layer.APPLICATION)


def generation_of_word(word: str) -> Generation:
    """The generation that a word of the versions file suggests."""
    return Generation.AI if word in _AI_WORDS else Generation.CLASSICAL


def package_layer(label: str) -> Layer:
    """The layer behind a package's hand-written label."""
    return _BY_PACKAGE_LABEL.get(label, Layer.APP_FRAMEWORK)


def package_generation(label: str) -> Generation:
    """The generation that a package's hand-written label suggests."""
    return Generation.AI if label in _AI_PACKAGE_LABELS else Generation.CLASSICAL
