"""The studio, where members make their sites: pages of the office at /studio/ (docs/studio.md)."""
