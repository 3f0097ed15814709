"""Which forces reach a component of a layer, where nobody said otherwise.

All figures are assumptions, set by hand to be plausible; none is fitted. A component's own
exposures take their place.
"""

from stack_half_life.domain.forces import Exposures
from stack_half_life.domain.layers import Layer

EXPOSURES: dict[Layer, Exposures] = {
    Layer.APPLICATION: Exposures(feedback_cycles=0.3, layer_ambiguity=0.3),
    Layer.FRONT_END: Exposures(feedback_cycles=0.2, layer_ambiguity=0.2, commoditisation=0.2),
    Layer.APP_FRAMEWORK: Exposures(
        research_pace=0.5, feedback_cycles=0.5, layer_ambiguity=1.0, commoditisation=0.5
    ),
    Layer.MODEL: Exposures(research_pace=1.0, feedback_cycles=0.3, commoditisation=0.5),
    Layer.SERVING: Exposures(
        hardware_pace=0.5,
        optimisation=1.0,
        research_pace=0.5,
        layer_ambiguity=0.5,
        commoditisation=0.5,
    ),
    Layer.TRAINING: Exposures(
        hardware_pace=0.5, optimisation=0.5, research_pace=1.0, feedback_cycles=0.5
    ),
    Layer.ML_FRAMEWORK: Exposures(hardware_pace=0.5, optimisation=0.5, research_pace=0.5),
    Layer.KERNEL_COMPILER: Exposures(hardware_pace=1.0, optimisation=1.0, research_pace=0.5),
    Layer.HARDWARE_INTERFACE: Exposures(hardware_pace=1.0, optimisation=0.3),
    Layer.HARDWARE: Exposures(hardware_pace=1.0, commoditisation=0.3),
    Layer.DATA_STORE: Exposures(layer_ambiguity=0.2, commoditisation=0.3),
    Layer.LANGUAGE_RUNTIME: Exposures(),
    Layer.OPERATING_SYSTEM: Exposures(hardware_pace=0.2),
    Layer.INFRASTRUCTURE: Exposures(layer_ambiguity=0.2, commoditisation=0.5),
    Layer.OBSERVABILITY: Exposures(commoditisation=0.3),
    Layer.CLOUD_SERVICE: Exposures(hardware_pace=0.2, commoditisation=0.5),
}
