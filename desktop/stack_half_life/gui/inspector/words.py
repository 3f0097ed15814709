"""What the fields and figures of the inspector mean, a sentence each."""

from stack_half_life.domain.forces import Force
from stack_half_life.domain.stack import OverriddenFigure, ProductKind, UpgradePolicy

POLICIES = {
    UpgradePolicy.LATEST: "Latest (after a lag)",
    UpgradePolicy.SUPPORTED: "Supported (at its end)",
    UpgradePolicy.PINNED: "Pinned (never)",
}

KINDS = {
    ProductKind.UNKNOWN: "Not said",
    ProductKind.AI: "AI product",
    ProductKind.CLASSICAL: "Classical product",
    ProductKind.INFRASTRUCTURE: "Infrastructure",
}

FORCES = {
    Force.HARDWARE_PACE: ("Hardware pace", "How fast new hardware makes what runs on it outdated."),
    Force.OPTIMISATION: (
        "Optimisation race",
        "How much competition is about optimisation, which breaks when anything moves.",
    ),
    Force.RESEARCH_PACE: ("Research pace", "How fast research replaces one technique by another."),
    Force.FEEDBACK_CYCLES: (
        "Feedback cycles",
        "How long it takes to learn that a choice was wrong.",
    ),
    Force.LAYER_AMBIGUITY: (
        "Layer ambiguity",
        "How unclear it is which layer does what, so that responsibilities move.",
    ),
    Force.COMMODITISATION: (
        "Commoditisation",
        "How fast the infrastructure becomes a commodity and is swapped.",
    ),
}

OVERRIDES = {
    OverriddenFigure.CYCLE_GAP_YEARS: (
        "Cycle gap",
        "Median time between release cycles, in years.",
    ),
    OverriddenFigure.BREAKING_GAP_YEARS: (
        "Breaking gap",
        "Median time between breaking cycles, in years.",
    ),
    OverriddenFigure.SUPPORT_YEARS: (
        "Support",
        "Median time that a cycle is supported, in years.",
    ),
    OverriddenFigure.REPLACEMENT_HALF_LIFE_YEARS: (
        "Half-life",
        "Time by which half of its users have replaced it, in years.",
    ),
}

HINTS = {
    "name": "What the component is called in this stack; unique.",
    "profile": "Whose record the forecast rests on.",
    "layer": "The component's place in the stack.",
    "cycle": "The release cycle in use; its support end is what forces the next upgrade. Not "
    "set: the newest long-term one in support, else the newest in support; on latest the newest.",
    "policy": "When it moves to a newer release cycle: latest takes every breaking one after a "
    "lag, and every one at all where lines are kept side by side; supported moves when the "
    "cycle in use loses support; pinned never does.",
    "in_use_since": "Since when it is in use: YYYY, YYYY-MM or YYYY-MM-DD. Empty: new today.",
    "effort_days": "Person-days to integrate it from nothing: low, likely, high.",
    "upgrade_share": "Share of that effort for crossing one breaking cycle, in per cent.",
    "minor_upgrade_share": "Share of that effort for crossing one other cycle, in per cent.",
    "upgrade_lag_years": "Years after a breaking cycle until it is taken (policy “latest”).",
    "stack_name": "The name shown in reports and comparisons.",
    "kind": "The kind of product; it sets how readily dependencies are dropped.",
    "horizon_years": "How far ahead the forecast looks, in years.",
    "futures": "How many random futures are simulated; more give smaller standard errors.",
    "seed": "The same seed gives the same futures.",
    "day_rate": "Cost of one person-day, an assumption of yours.",
    "currency": "Three capital letters, such as EUR.",
    "discount": "Yearly rate by which later money weighs less, in per cent; person-days never do.",
    "removal": "Share of removals from a manifest that cost a replacement, in per cent "
    "(low, likely, high): an assumption; the data only show removals.",
    "couplings": "Whether components in neighbouring layers can force work on each other.",
}
