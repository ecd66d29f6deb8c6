"""The auditor's desk: what is asked of a book without anything being written into it."""

from kwt_books.services.audit.desk import AuditDesk
from kwt_books.services.audit.file import audit_path

__all__ = ["AuditDesk", "audit_path"]
