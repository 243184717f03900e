"""Everything that is ended on its way, and what is not, with why.

| workflow | case of its name in |
|---|---|
| `erase_person`, `erase_asset` | `kill_cases_rights` |
| `export_person`, `apply_retention` | `kill_cases_rights` |
| `request_consent`, `renew_consent`, `withdraw_consent` | `kill_cases_consent` |
| `clear_asset`, `relook` | `kill_cases_pictures` |

A function that no workflow runs has a case of its name beside those of its room, stands
in `ELSEWHERE`, or answers a person, who sees no answer and asks again: that is proven by
route (`tests/unit/api`). `tests/adapters/test_killed_workflows.py` counts them.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from tests.adapters import kill_cases_consent, kill_cases_pictures, kill_cases_rights
from tests.adapters.kill_scene import Case

CASES: Final[tuple[Case, ...]] = (
    *kill_cases_rights.CASES,
    *kill_cases_consent.CASES,
    *kill_cases_pictures.CASES,
)
READING: Final = frozenset({"list_pictures", "check_permit"})
"""Functions that change nothing, and so end the same wherever they are ended."""
ELSEWHERE: Final[Mapping[str, str]] = MappingProxyType(
    {
        # Whoever was ended holds a claim or a lease: not the retry goes on, but who comes
        # once that ended. What is drawn anew then (a link, the name of a file) differs.
        "deliver_mail": "tests/unit/test_deliver_mail.py",
        "build_index": "tests/adapters/test_search_over_aws.py",
        # What is sealed is sealed with another key or nonce each time.
        "enrol_person": "tests/unit/test_enrol_person.py",
        "renew_templates": "tests/unit/test_renew_templates.py",
    }
)
"""Functions that end otherwise on purpose, and the tests that end those."""
