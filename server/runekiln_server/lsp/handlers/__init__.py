"""What the editor asks, one file a feature: a few lines between the protocol and the analysis."""
