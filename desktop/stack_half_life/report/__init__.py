"""Documents for the people who decide: HTML with inline SVG charts, and tables."""
