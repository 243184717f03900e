"""What the launcher tells the gap modules."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Settings:
    """Where this cloud listens, keeps its files and finds the functions' interpreter."""

    port: int
    state: Path
    """What this cloud alone may write; gone when it is forgotten."""
    cache: Path
    """Unpacked layers by content, shared by every cloud of this working tree."""
    runtime: Path
    """The environment of the functions: AWS's runtime client, boto3, nothing else."""
    mount: bool
    """False keeps layers from being mounted at /opt even where that works."""
    keep: bool
    """True saves the state on a clean stop and finds it again on the next start."""

    @property
    def endpoint(self) -> str:
        """The address functions and clients call."""
        return f"http://localhost:{self.port}"
