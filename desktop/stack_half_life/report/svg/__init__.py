"""Charts as SVG that stands inline in a page and takes its colours from the page's style."""
