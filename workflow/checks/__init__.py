"""Quality checks: pure rules over a unit's source and target."""
