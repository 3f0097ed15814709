"""Pure maths: clocks, futures, coupling, cost, and how well past forecasts did."""
