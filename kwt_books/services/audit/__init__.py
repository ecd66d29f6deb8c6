"""The auditor's desk: what is asked of a book without anything being written into it."""

from kwt_books.services.audit.desk import AuditDesk

__all__ = ["AuditDesk"]
