"""The colours of window and report: warm paper and ink, one accent, a hue for each layer.

Each layer is also always named in text; colour is never the only signal.
"""

from dataclasses import dataclass

from stack_half_life.domain.layers import Layer


@dataclass(frozen=True, slots=True)
class Palette:
    """One scheme's colours, as `#rrggbb`."""

    is_dark: bool
    window: str
    panel: str
    field: str
    raised: str
    border: str
    grid: str
    ink: str
    muted: str
    accent: str
    on_accent: str
    accent_wash: str
    second: str
    warning: str
    error: str
    error_wash: str
    layers: dict[Layer, str]


_LIGHT_LAYERS = {
    Layer.APPLICATION: "#0f6e6e",
    Layer.FRONT_END: "#1f7a94",
    Layer.APP_FRAMEWORK: "#2f68a8",
    Layer.MODEL: "#4a5aae",
    Layer.SERVING: "#6a4ea6",
    Layer.TRAINING: "#8a4894",
    Layer.ML_FRAMEWORK: "#a34472",
    Layer.KERNEL_COMPILER: "#b34c4c",
    Layer.HARDWARE_INTERFACE: "#b8622c",
    Layer.HARDWARE: "#94721a",
    Layer.OBSERVABILITY: "#527a90",
    Layer.DATA_STORE: "#7a4a84",
    Layer.CLOUD_SERVICE: "#3f7cb8",
    Layer.INFRASTRUCTURE: "#3c7a56",
    Layer.LANGUAGE_RUNTIME: "#7c7a1e",
    Layer.OPERATING_SYSTEM: "#746a58",
}

_DARK_LAYERS = {
    Layer.APPLICATION: "#45b8aa",
    Layer.FRONT_END: "#57b6cf",
    Layer.APP_FRAMEWORK: "#6ea6e6",
    Layer.MODEL: "#8c9af0",
    Layer.SERVING: "#aa90ea",
    Layer.TRAINING: "#ca8cd4",
    Layer.ML_FRAMEWORK: "#e088b2",
    Layer.KERNEL_COMPILER: "#ec8c8c",
    Layer.HARDWARE_INTERFACE: "#e89660",
    Layer.HARDWARE: "#d4b050",
    Layer.OBSERVABILITY: "#8cb4ca",
    Layer.DATA_STORE: "#c094ca",
    Layer.CLOUD_SERVICE: "#80b8f0",
    Layer.INFRASTRUCTURE: "#74c094",
    Layer.LANGUAGE_RUNTIME: "#c2c054",
    Layer.OPERATING_SYSTEM: "#b8ac96",
}

LIGHT = Palette(
    is_dark=False,
    window="#f3f0ea",
    panel="#fcfaf6",
    field="#f6f3ed",
    raised="#fffefb",
    border="#dcd6ca",
    grid="#e7e2d8",
    ink="#1e2022",
    muted="#66625a",
    accent="#0f6e6e",
    on_accent="#ffffff",
    accent_wash="#dceae6",
    second="#b0502a",
    warning="#8a5a00",
    error="#a8321e",
    error_wash="#f7e2dc",
    layers=_LIGHT_LAYERS,
)

DARK = Palette(
    is_dark=True,
    window="#15171b",
    panel="#1d2026",
    field="#16181d",
    raised="#262a31",
    border="#363a43",
    grid="#2b2f37",
    ink="#edeae3",
    muted="#a5a198",
    accent="#4fc4b5",
    on_accent="#10211f",
    accent_wash="#22393a",
    second="#f0915e",
    warning="#e0b050",
    error="#f08c78",
    error_wash="#3f2724",
    layers=_DARK_LAYERS,
)
