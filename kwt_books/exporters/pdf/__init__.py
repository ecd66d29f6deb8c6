"""Printed papers: reports, packs and slips as PDF, drawn with ReportLab."""
