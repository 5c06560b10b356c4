from accounts.admin import audit, credentials, invitations, people, privacy, profiles

__all__ = ["audit", "credentials", "invitations", "people", "privacy", "profiles"]
