from accounts.models.audit import AuditEntry
from accounts.models.base import (
    BaseModel,
    SharedModel,
    TenantForeignKey,
    TenantModel,
    UUIDv7,
    uuid7,
)
from accounts.models.keys import ApiKey
from accounts.models.users import User
from accounts.models.workspaces import ADMINS, EDITORS, Membership, Role, Workspace

__all__ = [
    "ADMINS",
    "EDITORS",
    "ApiKey",
    "AuditEntry",
    "BaseModel",
    "Membership",
    "Role",
    "SharedModel",
    "TenantForeignKey",
    "TenantModel",
    "UUIDv7",
    "User",
    "Workspace",
    "uuid7",
]
