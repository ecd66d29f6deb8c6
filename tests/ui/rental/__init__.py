"""A kind of document from outside the program: tools that are let for money."""

from __future__ import annotations

from kwt_books.domain.kind import Form, Kind, Paper

RENTAL = Kind(
    name="rental",
    command=f"{__name__}.command:Rental",
    title="Tools let",
    sentences=("{tool} let for money",),
    narrative=f"{__name__}.words:told",
    papers=(Paper("rental-receipt", "Receipt of a rental", f"{__name__}.words:paper"),),
    forms=(Form("letting", f"{__name__}.form:make_rental", "cash#receive"),),
    chair_only=True,
    cash_flow="from_customers",
    receipted=True,
)
