"""Who may see which rows: scopes, and the row security beneath them (docs/adr/0002)."""

from accounts.tenancy.scope import TENANT_ROLE, WEB_ROLE, owner, tenant

__all__ = ["TENANT_ROLE", "WEB_ROLE", "owner", "tenant"]
