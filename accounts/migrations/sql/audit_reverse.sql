drop trigger django_admin_log_audited on django_admin_log;
drop function accounts_audit_console();
drop trigger accounts_apikey_use on accounts_apikey;
drop function accounts_audit_key_use();
drop function accounts_search_audit(text);
drop function accounts_redact_audit(uuid);
drop function accounts_write_audit(jsonb);
drop trigger accounts_auditentry_append_only on accounts_auditentry;
drop function accounts_keep_audit();
