"""Sample data: a workspace as it looks after a quarter's work, the same for the same seed."""
