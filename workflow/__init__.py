"""The web side: what people see and decide, one app a room."""
