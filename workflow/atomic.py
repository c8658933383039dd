"""Writes a file so that readers see the old one or the new one, never a half."""

import os
import tempfile
from pathlib import Path


def write(path: Path, data: bytes, *, durable: bool = False) -> None:
    """Writes `data` to `path`, making its folders; a crash at any moment leaves the old file or the new.

    Args:
        durable: the file is on the disk, whatever happens to the power, once this returns.

    Raises:
        OSError: the disk does not take it; the old file stays.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise
