"""The layers of a stack, from the application down to the hardware, and those beside them."""

from enum import StrEnum


class Layer(StrEnum):
    """A place in a stack; the value is the word used in files and on the command line."""

    APPLICATION = "application"
    FRONT_END = "front-end"
    APP_FRAMEWORK = "app-framework"
    MODEL = "model"
    SERVING = "serving"
    TRAINING = "training"
    ML_FRAMEWORK = "ml-framework"
    KERNEL_COMPILER = "kernel-compiler"
    HARDWARE_INTERFACE = "hardware-interface"
    HARDWARE = "hardware"
    DATA_STORE = "data-store"
    LANGUAGE_RUNTIME = "language-runtime"
    OPERATING_SYSTEM = "operating-system"
    INFRASTRUCTURE = "infrastructure"
    OBSERVABILITY = "observability"
    CLOUD_SERVICE = "cloud-service"

    @property
    def label(self) -> str:
        """The name shown to people."""
        return _LABELS[self]

    @property
    def depth(self) -> float:
        """How far down the stack, 0 (application) to 9 (hardware), by definition not measurement.

        The layers beside the AI column take the depth at which they usually sit.
        """
        return _DEPTHS[self]

    @property
    def is_beside(self) -> bool:
        """Whether the layer stands beside the column from application to hardware."""
        return self in _BESIDE


_LABELS = {
    Layer.APPLICATION: "Application",
    Layer.FRONT_END: "Front end",
    Layer.APP_FRAMEWORK: "App framework / orchestration",
    Layer.MODEL: "Model",
    Layer.SERVING: "Serving",
    Layer.TRAINING: "Training",
    Layer.ML_FRAMEWORK: "ML framework",
    Layer.KERNEL_COMPILER: "Kernel / compiler",
    Layer.HARDWARE_INTERFACE: "Hardware interface",
    Layer.HARDWARE: "Hardware",
    Layer.DATA_STORE: "Data store",
    Layer.LANGUAGE_RUNTIME: "Language runtime",
    Layer.OPERATING_SYSTEM: "Operating system",
    Layer.INFRASTRUCTURE: "Infrastructure",
    Layer.OBSERVABILITY: "Observability",
    Layer.CLOUD_SERVICE: "Cloud service",
}

_DEPTHS = {
    Layer.APPLICATION: 0.0,
    Layer.FRONT_END: 1.0,
    Layer.APP_FRAMEWORK: 2.0,
    Layer.MODEL: 3.0,
    Layer.SERVING: 4.0,
    Layer.TRAINING: 5.0,
    Layer.ML_FRAMEWORK: 6.0,
    Layer.KERNEL_COMPILER: 7.0,
    Layer.HARDWARE_INTERFACE: 8.0,
    Layer.HARDWARE: 9.0,
    Layer.OBSERVABILITY: 3.5,
    Layer.DATA_STORE: 4.5,
    Layer.CLOUD_SERVICE: 5.5,
    Layer.INFRASTRUCTURE: 6.5,
    Layer.LANGUAGE_RUNTIME: 7.0,
    Layer.OPERATING_SYSTEM: 8.0,
}

AI_LAYERS = frozenset(
    {Layer.MODEL, Layer.SERVING, Layer.TRAINING, Layer.ML_FRAMEWORK, Layer.KERNEL_COMPILER}
)
"""Layers that only products built on models have."""

_BESIDE = frozenset(
    {
        Layer.DATA_STORE,
        Layer.LANGUAGE_RUNTIME,
        Layer.OPERATING_SYSTEM,
        Layer.INFRASTRUCTURE,
        Layer.OBSERVABILITY,
        Layer.CLOUD_SERVICE,
    }
)
