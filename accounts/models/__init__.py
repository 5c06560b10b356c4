from accounts.models.audit import AuditAction, AuditEntry
from accounts.models.base import (
    BaseModel,
    SharedModel,
    TenantForeignKey,
    TenantModel,
    UUIDv7,
    uuid7,
)
from accounts.models.constraints import between, not_negative, one_of, ordered
from accounts.models.credentials import Credential, CredentialKind
from accounts.models.culture import CulturalContext
from accounts.models.embeddings import (
    EmbeddedModel,
    EmbeddingModel,
    vector_constraints,
    vector_indexes,
)
from accounts.models.keys import ApiKey
from accounts.models.personal import Erasure, PersonalData
from accounts.models.profiles import UserProfile
from accounts.models.secrets import (
    EncryptedTextField,
    HiddenCharField,
    HiddenEncryptedTextField,
)
from accounts.models.status import StatusMixin, TransitionError
from accounts.models.users import OnboardingStage, User
from accounts.models.workspaces import (
    ADMINS,
    EDITORS,
    Invitation,
    Membership,
    Role,
    Workspace,
)
from accounts.privacy.models import (
    DataExport,
    ErasureRequest,
    SubjectKind,
    Suppression,
)

__all__ = [
    "ADMINS",
    "EDITORS",
    "ApiKey",
    "AuditAction",
    "AuditEntry",
    "BaseModel",
    "Credential",
    "CredentialKind",
    "CulturalContext",
    "DataExport",
    "EmbeddedModel",
    "EmbeddingModel",
    "EncryptedTextField",
    "Erasure",
    "ErasureRequest",
    "HiddenCharField",
    "HiddenEncryptedTextField",
    "Invitation",
    "Membership",
    "OnboardingStage",
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
    "UserProfile",
    "Workspace",
    "between",
    "not_negative",
    "one_of",
    "ordered",
    "uuid7",
    "vector_constraints",
    "vector_indexes",
]
