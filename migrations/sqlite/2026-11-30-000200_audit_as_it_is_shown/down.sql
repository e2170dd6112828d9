DROP INDEX audit_shown;
