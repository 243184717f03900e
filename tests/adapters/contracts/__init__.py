"""What a store promises, said once: the fakes and the real adapters keep the same.

Each class asks for a fixture that its subclasses provide: in memory in
`tests/unit/test_fakes.py`, over DynamoDB, S3 and KMS in `tests/adapters`.
"""

import pytest

pytest.register_assert_rewrite(
    *(
        f"{__name__}.{name}"
        for name in (
            "acts",
            "audit",
            "audit_search",
            "consent",
            "library",
            "objects",
            "sealing",
        )
    )
)
