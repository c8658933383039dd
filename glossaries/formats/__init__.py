"""Glossaries in and out: CSV, TBX-Basic and XLSX to plain concepts and back; knows no Django."""
