"""Who may do what, laid out from the very table that the policy is asked from.

The routes that carry each operation are read from the APIs as they are built. A test
writes the page anew and compares.
"""

from collections.abc import Iterable, Mapping

from beeldrecht.domain.access import (
    EXISTENCE_PRIVATE,
    FRESH,
    NEEDS_FRESH_SIGN_IN,
    NEEDS_RECOGNISER,
    RULES,
    TAKES_TWO,
    Condition,
    Operation,
    Role,
)
from beeldrecht.domain.messages import words
from tools.openapi.description import PUBLIC, apis

from . import ROOT

FILE = ROOT / "docs/security/access-matrix.md"
COLUMNS = tuple(role for role in Role if role is not Role.RECOGNISER)
"""A recogniser has a flag and no column: the role allows nothing by itself."""

_WHEN = {
    Condition.ALWAYS: "yes",
    Condition.OWN: "own",
    Condition.LEAVES: "leaves",
}
_MINUTES = int(FRESH.total_seconds()) // 60
_FLAGS: Mapping[str, frozenset[Operation]] = {
    "recogniser": NEEDS_RECOGNISER,
    "fresh": NEEDS_FRESH_SIGN_IN,
    "two": TAKES_TWO,
    "private": EXISTENCE_PRIVATE,
}

_HEAD = f"""\
# Who may do what

Written by `make matrix` from `domain/access.py` and from the routes of the APIs; a test
writes it anew and compares. What stands nowhere here is allowed to nobody. Why it is a
table of ours: [ADR 0011](../adr/0011-access-policy.md); why some things take two people:
[ADR 0012](../adr/0012-four-eyes.md).

**Who.** *yes*: with anything; *own*: with what they uploaded; *leaves*: with a picture
that may leave through some channel at this instant, as decided anew for this question;
*-*: never. A restricted collection narrows this: whoever is no member may nothing with
what is in it, and a member at most what the membership's role may; of several, all count.
*across*: holds in restricted collections too, member or not. Somebody with several roles
may what any of them may.

**Needs.** *recogniser*: the leave to run and see recognition besides the role; it allows
nothing by itself. *fresh*: a sign-in of less than {_MINUTES} minutes ago. *two*: two
different people, where the deployment says so. *private*: about one thing, so who may not
do it gets the same bytes as if it were not there.
"""


def _cell(role: Role, operation: Operation) -> str:
    rules = [r for r in RULES if (r.role, r.operation) == (role, operation)]
    said = [_WHEN[rule.condition] + ", across" * rule.across for rule in rules]
    return " or ".join(sorted(said, reverse=True)) or "-"


def routes() -> dict[Operation | None, list[str]]:
    """The routes that carry each operation; under None those that ask for no role."""
    found: dict[Operation | None, list[str]] = {}
    for _, api in apis():
        for (method, path), operation in api.operations.items():
            shown = f"{method} {path.replace('<', '{').replace('>', '}')}"
            found.setdefault(operation, []).append(f"`{shown}`")
            for other in api.also.get((method, path), ()):
                found.setdefault(other, []).append(f"part of `{shown}`")
    return found


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def text() -> str:
    """The page as it is written."""
    carried = routes()
    public = {f"`{method} {path}`" for method, path in PUBLIC}
    titles = ["operation", "what", *(role.replace("_", " ") for role in COLUMNS)]
    lines = [
        _HEAD,
        _row([*titles, "needs", "routes"]),
        _row(["---"] * (len(titles) + 2)),
    ]
    for operation in Operation:
        flags = [name for name, flagged in _FLAGS.items() if operation in flagged]
        lines.append(
            _row(
                [
                    f"`{operation}`",
                    words(operation),
                    *(_cell(role, operation) for role in COLUMNS),
                    ", ".join(flags) or "-",
                    "<br>".join(sorted(carried.get(operation, []))) or "none yet",
                ]
            )
        )
    lines += [
        "",
        "*none yet*: the rule stands, and no route leads there until erasure and",
        "retention are built.",
        "",
        "## Routes that ask for no role",
        "",
        "Whoever signed in may know who they are; a link lets in whoever holds it.",
        "",
        *(f"- {route}" for route in sorted({*carried.get(None, [])} - public)),
        "",
        "Anybody at all may ask these, without an account or a link:",
        "",
        *(f"- {route}" for route in sorted(public)),
        "",
    ]
    return "\n".join(lines)
