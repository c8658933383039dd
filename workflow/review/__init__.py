"""Assignment, the review desk, approval, PO and XLIFF round trips."""
