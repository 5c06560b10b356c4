from accounts.admin import people, privacy

__all__ = ["people", "privacy"]
