"""Columns with secrets: some are kept encrypted, some a tenant's role may write but not read."""

from typing import Any

from django.core import checks
from django.db import models

from accounts.encryption import decrypt, encrypt
from accounts.tenancy.scope import acts_as_tenant


class _Hidden:
    """A field that a tenant's queries leave out: the role has no right to select its column.

    Django names every column of a model that it loads, in relations too; here it asks for null
    instead, so that within a tenant's scope the attribute is None.
    """

    def select_format(self, compiler: Any, sql: str, params: Any) -> tuple[str, Any]:
        if acts_as_tenant(compiler.connection):
            return "null", ()
        return super().select_format(compiler, sql, params)  # type: ignore[misc, no-any-return]


class _Encrypted(models.TextField):  # type: ignore[type-arg]
    """Text that lies encrypted in the database (accounts.encryption); it cannot be searched."""

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        prepared = super().get_db_prep_save(value, connection)
        return encrypt(prepared) if isinstance(prepared, str) and prepared else prepared

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        return decrypt(value) if value else value

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        found: list[checks.CheckMessage] = super().check(**kwargs)
        if self.unique or getattr(self, "db_index", False):
            found.append(
                checks.Error("Encrypted text cannot be indexed.", obj=self, id="accounts.E001")
            )
        return found


class HiddenCharField(_Hidden, models.CharField):  # type: ignore[type-arg]
    """A short text that tenants may not read, such as a password's hash."""


class EncryptedTextField(_Encrypted):
    """Encrypted text that whoever may read the row may read."""


class HiddenEncryptedTextField(_Hidden, _Encrypted):
    """Encrypted text that tenants may write and not read."""
