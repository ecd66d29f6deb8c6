"""A book for an auditor who need not trust this program: papers, tables, facts, and a checker."""

from kwt_books.exporters.audit_pack.pack import write_audit_pack

__all__ = ["write_audit_pack"]
