"""Mail: composed once, kept as rows, sent by the worker."""
