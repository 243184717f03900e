"""R2, read from the source: outside permits.py nothing can so much as try."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
PERMITS = ROOT / "layers/core/python/beeldrecht/domain/permits.py"
DEPLOYED = sorted(
    path
    for folder in ("functions", "layers")
    for path in (ROOT / folder).rglob("*.py")
    if path != PERMITS
)
_PRIVATE = {"_MAKER", "_maker"}
_BACK_DOORS = {"__new__", "__setattr__", "__setstate__", "__reduce__", "__reduce_ex__"}


def attempts(source: str) -> Iterator[str]:
    """Every line that reaches for a permit in another way than asking for one."""
    for node in ast.walk(ast.parse(source)):
        for what in (_the_secret(node), _another_name(node), _a_back_door(node)):
            if what is not None:
                yield f"line {getattr(node, 'lineno', 0)}: {what}"


def _the_secret(node: ast.AST) -> str | None:
    match node:
        case (
            ast.Name(id=name)
            | ast.Attribute(attr=name)
            | ast.keyword(arg=name)
            | ast.alias(name=name)
            | ast.Constant(value=name)
        ) if name in _PRIVATE:
            return f"the secret {name}"
    return None


def _another_name(node: ast.AST) -> str | None:
    match node:
        case ast.alias(name="Permit", asname=str()):
            return "Permit imported under another name"
        case ast.Assign(value=value) if _is_permit(value):
            return "Permit assigned to another name"
        case ast.ClassDef(bases=bases) if any(map(_is_permit, bases)):
            return "a subclass of Permit"
    return None


def _a_back_door(node: ast.AST) -> str | None:
    match node:
        case ast.Call(func=called) if _is_permit(called):
            return "Permit(...)"
        case ast.Attribute(value=owner, attr=name) if (
            _is_permit(owner) and name in _BACK_DOORS
        ):
            return f"Permit.{name}"
        case ast.Call(
            func=ast.Attribute(value=ast.Name(id="object"), attr=name),
            args=[target, *_],
        ) if name in _BACK_DOORS and ast.unparse(target) not in {"self", "cls"}:
            return f"object.{name} on something else than itself"
    return None


def _is_permit(node: ast.expr) -> bool:
    return ast.unparse(node).split(".")[-1] == "Permit"


@pytest.mark.parametrize("path", DEPLOYED, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_r02_no_other_module_makes_a_permit(path: Path) -> None:
    assert list(attempts(path.read_text("utf-8"))) == []


def test_r02_there_is_a_maker_to_look_for_and_code_to_look_in() -> None:
    found = list(attempts(PERMITS.read_text("utf-8")))
    assert sum("Permit(...)" in line for line in found) == 3, "one for each ground"
    assert ROOT / "layers/core/python/beeldrecht/domain/decisions.py" in DEPLOYED


@pytest.mark.parametrize(
    "source",
    [
        "from beeldrecht.domain.permits import _MAKER",
        "permits._MAKER",
        'getattr(permits, "_MAKER")',
        "make(_maker=key)",
        "Permit(ground, people, None, now, None, evidence)",
        "permits.Permit()",
        "from beeldrecht.domain.permits import Permit as P",
        "P = Permit",
        "P = permits.Permit",
        "Permit.__new__(Permit)",
        "object.__new__(Permit)",
        'object.__setattr__(permit, "valid_until", None)',
        "class Wider(Permit): ...",
        "class Wider(permits.Permit): ...",
    ],
)
def test_an_attempt_is_seen(source: str) -> None:
    assert list(attempts(source))


@pytest.mark.parametrize(
    "source",
    [
        "from beeldrecht.domain.permits import Permit, permit_enrolment",
        "def embed(permit: Permit) -> None: permit.check(now)",
        "permit = permit_enrolment(person, mode, grants, withdrawals, at)",
        'object.__setattr__(self, "start", start)',
    ],
)
def test_asking_for_a_permit_is_not_an_attempt(source: str) -> None:
    assert not list(attempts(source))
