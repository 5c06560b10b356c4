from accounts.models.audit import AuditEntry
from accounts.models.base import (
    BaseModel,
    SharedModel,
    TenantForeignKey,
    TenantModel,
    UUIDv7,
    uuid7,
)
from accounts.models.constraints import between, not_negative, one_of, ordered
from accounts.models.embeddings import (
    EmbeddedModel,
    EmbeddingModel,
    vector_constraints,
    vector_indexes,
)
from accounts.models.keys import ApiKey
from accounts.models.personal import Erasure, PersonalData
from accounts.models.status import StatusMixin, TransitionError
from accounts.models.users import User
from accounts.models.workspaces import ADMINS, EDITORS, Membership, Role, Workspace
from accounts.privacy.models import DataExport, ErasureRequest, SubjectKind, Suppression

__all__ = [
    "ADMINS",
    "EDITORS",
    "ApiKey",
    "AuditEntry",
    "BaseModel",
    "DataExport",
    "EmbeddedModel",
    "EmbeddingModel",
    "Erasure",
    "ErasureRequest",
    "Membership",
    "PersonalData",
    "Role",
    "SharedModel",
    "StatusMixin",
    "SubjectKind",
    "Suppression",
    "TenantForeignKey",
    "TenantModel",
    "TransitionError",
    "UUIDv7",
    "User",
    "Workspace",
    "between",
    "not_negative",
    "one_of",
    "ordered",
    "uuid7",
    "vector_constraints",
    "vector_indexes",
]
