"""What a function is told by its environment: one frozen model each, read once."""

import os
from collections.abc import Mapping
from typing import Self

from pydantic import BaseModel, ConfigDict


class Settings(BaseModel):
    """Base of a function's settings: field `library_table` is read from LIBRARY_TABLE."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    aws_region: str
    log_level: str = "INFO"

    @classmethod
    def read(cls, environment: Mapping[str, str] | None = None) -> Self:
        """The settings; raises a validation error that names what is missing."""
        source = os.environ if environment is None else environment
        names = {field: field.upper() for field in cls.model_fields}
        return cls.model_validate(
            {field: source[name] for field, name in names.items() if name in source}
        )
