"""No secret lies in code, documents, locks, templates or environments."""

import base64
import random
import re

import pytest

from cdk.checks.rendering import strings
from cdk.deployment import ROOT
from tests.infra.secret_scan import FORMS, Found, is_random, kept_files, suspicions
from tests.infra.synthesis import Assembly

# What looks like one and is none, by file: which text, and why it may stand there.
KNOWN = {
    "package-lock.json": (r"sha512-.*", "digests of npm's packages"),
    "web/staff/package-lock.json": (r"sha512-.*", "digests of npm's packages"),
    "functions/intake/complete_upload/event.json": (
        base64.b64encode(b"Upload ID for a large picture").decode().rstrip("="),
        "a sample upload id, made as S3 makes them",
    ),
}
_TELLING = re.compile(r"PASSWORD|SECRET|TOKEN|CREDENTIAL|PRIVATE|API_?KEY", re.IGNORECASE)


def is_known(found: Found) -> bool:
    text, _ = KNOWN.get(found.place, ("", ""))
    return bool(text) and re.fullmatch(text, found.text) is not None


def said_in(text: str) -> list[Found]:
    """What of a template's text looks like a secret, the names CDK makes apart."""
    return list(suspicions(re.sub(r"\$\{[^}]*\}|[0-9A-F]{8}\b", " ", text)))


def seeded() -> dict[str, str]:
    """One secret of each kind, made here so that this file holds none itself."""
    chance = random.Random(20)  # noqa: S311  # it only has to look like one
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"

    def word(length: int, alphabet: str = letters) -> str:
        return "".join(chance.choice(alphabet) for _ in range(length))

    upper, hexadecimal = letters[:26] + "234567", "0123456789abcdef"
    return {
        "AWS access key": "AK" + "IA" + word(16, upper),
        "private key": "-----BEGIN " + "RSA PRIVATE KEY-----",
        "token of GitHub": "gh" + "p_" + word(36),
        "token of npm": "npm" + "_" + word(36),
        "token of PyPI": "py" + "pi-" + word(60),
        "token of Slack": "xo" + "xb-" + word(20),
        "JSON Web Token": "ey" + f"J{word(20)}." + "ey" + f"J{word(30)}.{word(43)}",
        "TOTP secret": "otpauth:" + f"//totp/x?secret={word(32, upper)}",
        "signed address": "X-Amz-Signature" + f"={word(64, hexadecimal)}",
        "password in an address": "https:" + f"//jan:{word(10)}@example.org",
        "random word": base64.b64encode(chance.randbytes(32)).decode(),
    }


@pytest.mark.parametrize("kind", [*FORMS, "random word"])
def test_the_scan_sees_a_secret_of_each_kind(kind: str) -> None:
    text = f"setting = '{seeded()[kind]}'\n"
    assert kind in {found.what for found in suspicions(text)}


@pytest.mark.parametrize(
    "word",
    [
        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        "test_a_role_without_the_boundary_is_found_by_the_check_of_synthesis",
        "GenerateDataKeyWithoutPlaintextForTheTemplatesOfPeople2026",
        "layers/core/python/beeldrecht/adapters/library_encoding",
    ],
)
def test_a_digest_a_name_and_a_path_are_no_secret(word: str) -> None:
    assert not is_random(word)


def test_no_file_that_is_kept_holds_a_secret() -> None:
    found = []
    for file in kept_files():
        try:
            text = file.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture or a font
        place = str(file.relative_to(ROOT))
        found += [each for each in suspicions(text, place) if not is_known(each)]
    assert found == []


def test_every_exemption_is_still_needed() -> None:
    for place, (text, _) in KNOWN.items():
        there = suspicions((ROOT / place).read_text(encoding="utf-8"), place)
        assert any(re.fullmatch(text, each.text) for each in there), place


def test_no_template_holds_a_secret(assembly: Assembly) -> None:
    for template in assembly.both:
        for path, text in strings(template.resources):
            assert said_in(text) == [], path
            assert not re.search(r"\{\{resolve:(ssm-secure|secretsmanager)", text), path
            assert path[-1] not in {"SecretString", "GenerateSecretString"}


def test_no_template_makes_or_asks_for_one(assembly: Assembly) -> None:
    for template in assembly.both:
        kinds = {resource["Type"] for resource in template.resources.values()}
        assert not [kind for kind in kinds if kind.startswith("AWS::SecretsManager::")]
        assert "AWS::IAM::AccessKey" not in kinds
        assert set(template.raw.get("Parameters", {})) <= {"BootstrapVersion"}
        for name in template.raw.get("Outputs", {}):
            assert not _TELLING.search(name)


def test_no_environment_is_told_a_secret(assembly: Assembly) -> None:
    for function in assembly.application.of_type("AWS::Lambda::Function").values():
        for name, value in function["Environment"]["Variables"].items():
            assert not _TELLING.search(name), name
            assert said_in(str(value)) == [], name
