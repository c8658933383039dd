"""Marks messages for the interface catalogues where there need be no Django settings: pure rules, benchmarks."""


def gettext_noop(message: str) -> str:
    """The message as it is; it is translated when it is shown. (Django's own of this name asks for settings.)"""
    return message
