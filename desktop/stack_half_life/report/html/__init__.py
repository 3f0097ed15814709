"""The risk report as one HTML file: no scripts, nothing fetched, prints well."""
