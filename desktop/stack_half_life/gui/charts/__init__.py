"""What the charts share: axes, ticks and plot styling."""
