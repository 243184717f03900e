"""What the roles of a deployment were granted, and what of it somebody used."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from local.client import LocalCloud
from tests.infra.synthesis import Template, actions


@dataclass(frozen=True, order=True)
class Grant:
    """One action that one statement of one role allows."""

    role: str
    """The role's id in the template, without CDK's digits: `ClearanceCheckConsent`."""
    sid: str
    action: str


@dataclass(frozen=True)
class Explained:
    """Grants that no test can use here, with what would use them and what tests them."""

    role: str
    sid: str
    action: str
    reason: str

    def holds(self, grant: Grant) -> bool:
        """Whether it is this grant that it explains."""
        return (
            fnmatchcase(grant.role, self.role)
            and fnmatchcase(grant.sid, self.sid)
            and fnmatchcase(grant.action, self.action)
        )


_POLLED = (
    "Lambda takes messages on the function's behalf with this; the emulator does so "
    "without asking the role. That messages are taken is what every upload shows."
)
_FOLLOWED = (
    "Lambda reads the stream, and keeps what failed for good, on the function's behalf; "
    "the emulator does so without asking the role. That facts are followed is what every "
    "test of a consent shows."
)
_ASSUMED = (
    "The service uses its role for this; the emulator does it without asking. "
    "tests/infra/test_roles.py holds the statement against what it invokes."
)
_WORKING_COPY = (
    "Reads the working copy where the original is no plain JPEG. The demo recognises in "
    "JPEGs alone; DetectFaces reads its HEIC and AVIF by the same code and grant."
)
_MISSED = (
    "Ends what time to live missed for three days; the local cloud's never misses one. "
    "tests/unit/test_apply_retention.py and test_follow_expiry.py hold what follows."
)
_TABLE_KEY = (
    "DynamoDB opens the key of its table with the leave of whoever reads or writes there;"
    " the emulator does not ask."
)
_TYPED = (
    "Takes a name out of what people typed, and has the index forget it. Nobody who is"
    " erased in these tests is named in a text; test_typed_texts.py does it"
    " on the local cloud, tests/unit/test_erase_register.py in its place."
)
EXPLAINED = (
    Explained("RightsEraseRegister", "PutLibrary", "dynamodb:PutItem", _TYPED),
    Explained(
        "*",
        "WriteLogs",
        "logs:*",
        "Lambda writes what a function prints; the emulator does so without asking the "
        "role. The lines are read by test_no_line_says_anything_of_anybody.",
    ),
    Explained("*", "Take*", "sqs:*", _POLLED),
    Explained("ConsentFollowRegister", "FollowConsent", "dynamodb:*", _FOLLOWED),
    Explained("ConsentFollowRegister", "KeepWhatFailed", "sqs:*", _FOLLOWED),
    Explained("LibraryFollowLibrary", "FollowLibrary", "dynamodb:*", _FOLLOWED),
    Explained("LibraryFollowLibrary", "KeepWhatFailed", "sqs:*", _FOLLOWED),
    Explained("Workflows*", "InvokeItsFunctions", "lambda:InvokeFunction", _ASSUMED),
    Explained("Workflows*", "", "logs:*", _ASSUMED),
    Explained("Clock*", "*", "*", _ASSUMED),
    Explained(
        "ConsentPlanMilestones",
        "LendTheirRole",
        "iam:PassRole",
        "The scheduler asks for this when a schedule names the role that it is to use; "
        "the emulator's does not. That schedules are made is what the milestones show.",
    ),
    Explained(
        "RightsPackExport",
        "MarkExports",
        "s3:PutObjectTagging",
        "S3 asks for this when an upload in parts begins with a tag; the emulator does "
        "not, and forgets the tag. tests/adapters/test_export_files.py holds it.",
    ),
    Explained(
        "EgressPackAssets",
        "PartsExports",
        "s3:AbortMultipartUpload",
        "Gives up what one who stopped left half-way; nobody stops in these tests. "
        "tests/adapters/test_export_files.py holds it.",
    ),
    Explained(
        "EgressPackAssets",
        "DropExports",
        "s3:DeleteObject",
        "Removes the file of a package that was dropped while it was made. "
        "tests/unit/test_pack_assets.py drops one.",
    ),
    Explained(
        "RightsErase*",
        "Erase*",
        "s3:AbortMultipartUpload",
        "Gives up what somebody began to send and did not complete. "
        "tests/adapters/test_erasing_over_aws.py holds it: each picture has one begun.",
    ),
    *(
        Explained(
            "ConsentSweepConsents",
            sid,
            "states:StartExecution",
            "Starts what the stream forgot to start, which the emulator's stream never "
            "forgets for these. tests/unit/test_sweep_consents.py starts what it forgot.",
        )
        for sid in ("StartErasePerson", "StartEraseAsset", "StartExportPerson")
    ),
    *(
        Explained(
            "RightsVerifyErasure",
            sid,
            "s3:*",
            "Looks for the files of exports that are on record; once the register was "
            "erased there are none, unless one began meanwhile.",
        )
        for sid in ("ListExportsUploads",)
    ),
    Explained(
        "RightsVerifyErasure",
        "AddConsent",
        "dynamodb:UpdateItem",
        "Counts a look that found something still there, and no test here leaves any. "
        "tests/unit/test_verify_erasure.py does, until the last look.",
    ),
    Explained(
        "ConsentSweepConsents",
        "ReadLibrary",
        "dynamodb:*",
        "Reads which pictures go dark with what ends on a milestone, where no schedule "
        "had told of it by then; by the day of a run there is one or there is none. "
        "tests/unit/test_sweep_consents.py finds them.",
    ),
    Explained(
        "RightsAwaitConfirmation",
        "AnswerTask",
        "states:SendTaskSuccess",
        "Answers where the officer confirmed before the token was kept, which a run does "
        "or does not happen upon. tests/unit/test_await_confirmation.py does both.",
    ),
    Explained("RightsFollowExpiry", "Follow*", "dynamodb:*", _FOLLOWED),
    Explained("RightsFollowExpiry", "KeepWhatFailed", "sqs:*", _FOLLOWED),
    Explained("Rights*", "ThroughDynamoDb", "kms:Decrypt", _TABLE_KEY),
    Explained("ConsentDestroyTemplate", "ThroughDynamoDb", "kms:Decrypt", _TABLE_KEY),
    *(
        Explained("RightsApplyRetention", sid, "*", _MISSED)
        for sid in (
            *("DeleteLibrary", "DeleteConsent", "DeleteBiometrics"),
            *("PutConsent", "DropDocuments", "StartClearAsset"),
        )
    ),
    Explained(
        "RightsRemindOfficers",
        "ReadLibrary",
        "dynamodb:GetItem",
        "Reads a retention run that waits for a yes; where none does, nothing is there "
        "to read. tests/unit/test_remind_officers.py tells of one.",
    ),
    Explained(
        "RightsRemindOfficers",
        "ReadLibrary",
        "dynamodb:BatchGetItem",
        "Reads the recalls that stand still, on Mondays alone and where there are any. "
        "tests/unit/test_remind_officers.py counts them.",
    ),
    Explained(
        "EgressMaskAsset",
        "PutRenditions",
        "s3:PutObjectTagging",
        "S3 asks for it when an object is put with its tag; the emulator asks for the "
        "put alone. test_masking.py reads the tag of what was put.",
    ),
    Explained(
        "EgressRenderAsset",
        "PutRenditions",
        "s3:PutObjectTagging",
        "S3 asks for it when an object is put with its tag; the emulator asks for the "
        "put alone. test_masking.py reads the tag of what was put.",
    ),
    Explained("EgressRenderAsset", "FetchRenditions", "*", _WORKING_COPY),
    Explained("RecognitionEnrolPerson", "FetchRenditions", "*", _WORKING_COPY),
    Explained(
        "RecognitionRenewTemplates",
        "WriteBiometrics",
        "dynamodb:DeleteItem",
        "Destroys the old secret, a quarter of an hour after the switch at the earliest. "
        "tests/unit/test_renew_templates.py and tests/adapters/test_rotations.py do so.",
    ),
    Explained("RecognitionSuggestPeople", "FetchRenditions", "*", _WORKING_COPY),
    Explained("RecognitionRelookPictures", "FetchRenditions", "*", _WORKING_COPY),
    Explained(
        "ApiSubjectApi",
        "InvokeFunctions",
        "lambda:InvokeFunction",
        "Has a covered version made for a share of a picture that leaves masked alone; "
        "tests/unit/test_egress_paths.py looks at such shares.",
    ),
    Explained(
        "ConsentSweepConsents",
        "StartRelook",
        "states:StartExecution",
        "Starts what the stream forgot to start, which the emulator's stream never "
        "forgets for an enrolment. tests/unit/test_sweep_consents.py does it.",
    ),
    Explained(
        "RecognitionRelookPictures",
        "WriteLibrary",
        "dynamodb:PutItem",
        "Puts what it proposes; the demonstration's later picture was proposed as it "
        "came in, and is not again. tests/unit/test_relook_pictures.py has what it puts.",
    ),
)


class Deployment:
    """The roles as they were deployed: their names, ids and statements."""

    def __init__(self, template: Mapping[str, Any], names: Mapping[str, str]) -> None:
        """Take a stack's template and the name that each role got."""
        self._template = Template(template)
        self._names = names

    @staticmethod
    def facts(cloud: LocalCloud, stack: str) -> Mapping[str, Any]:
        """What is told of a deployed stack, from which one is made again later."""
        clouds = cloud.client("cloudformation")
        pages = clouds.get_paginator("list_stack_resources").paginate(StackName=stack)
        body = clouds.get_template(StackName=stack)["TemplateBody"]
        return {
            "template": body,
            "names": {
                summary["LogicalResourceId"]: summary["PhysicalResourceId"]
                for page in pages
                for summary in page["StackResourceSummaries"]
                if summary["ResourceType"] == "AWS::IAM::Role"
            },
        }

    def grants(self) -> set[Grant]:
        """Every action that any statement of any role allows."""
        return {
            Grant(plain(role), str(statement.get("Sid", "")), action)
            for role in self._names
            for statement in self._template.statements(role)
            if statement["Effect"] == "Allow"
            for action in actions(statement)
        }

    def role_of(self, name: str) -> str | None:
        """The plain id of the role of that name, in any cloud of this run."""
        for role, here in self._names.items():
            # Another cloud has the same name but for what CloudFormation appends to it;
            # to a name of ours it appends nothing.
            given = role in here
            if name == here or (given and _start(name) == _start(here)):
                return plain(role)
        return None


def _start(name: str) -> str:
    return name.rpartition("-")[0]


def plain(role: str) -> str:
    """A role's id in the template without `Role` and CDK's digits behind it."""
    return role[: role.rindex("Role")]


def used(deployment: Deployment, calls: Iterable[Mapping[str, Any]]) -> set[Grant]:
    """The grants that made a call possible."""
    return {
        Grant(role, sid, call["action"])
        for call in calls
        if call["allowed"] and (role := deployment.role_of(call["role"]))
        for sid in call["sids"]
    }
