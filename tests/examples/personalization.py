"""Records of personalization."""
