"""Least privilege (R16): what each role may do, and what it is denied for good."""

import pytest

from cdk.checks.rendering import as_list
from cdk.constructs.boundary import WORKFLOWS
from cdk.constructs.functions import FUNCTIONS, FunctionSpec
from tests.infra.synthesis import Assembly, Resource, actions, targets

EVERY = pytest.mark.parametrize("spec", FUNCTIONS, ids=lambda spec: spec.construct)

# The whole of what each function may do: the statements of its role, by name.
GRANTS = {
    "ReceiveUpload": {
        "ReadLibrary",
        "WriteLibrary",
        "AppendAudit",
        "FetchOriginals",
        "ListOriginals",
        "PutRenditions",
        "SendDetections",
        "TakeUploads",
    },
    "ReconcileUploads": {
        "ReadLibrary",
        "PutLibrary",
        "WriteLibrary",
        "AppendAudit",
        "ListOriginals",
        "SendUploads",
        "SendDetections",
        "StartClearAsset",
    },
    "DetectFaces": {
        "ReadLibrary",
        "WriteLibrary",
        "AppendAudit",
        "FetchOriginals",
        "FetchRenditions",
        "PutRenditions",
        "StartClearAsset",
        "TakeDetections",
    },
    "CheckPermit": {"ReadLibrary", "ReadConsent"},
    "SuggestPeople": {
        "ReadLibrary",
        "WriteLibrary",
        "ReadConsent",
        "ReadBiometrics",
        "OpenTemplates",
        "AppendAudit",
        "FetchOriginals",
        "FetchRenditions",
    },
    "RelookPictures": {
        "ReadLibrary",
        "WriteLibrary",
        "ReadConsent",
        "ReadBiometrics",
        "OpenTemplates",
        "AppendAudit",
        "FetchOriginals",
        "FetchRenditions",
    },
    "CheckConsent": {"ReadLibrary", "WriteLibrary", "ReadConsent", "AppendAudit"},
    "SweepDecisions": {"ReadLibrary", "StartClearAsset"},
    "FollowRegister": {
        "FollowConsent",
        "KeepWhatFailed",
        "SendMails",
        "StartRequestConsent",
        "StartRenewConsent",
        "StartWithdrawConsent",
        "StartExportPerson",
        "StartErasePerson",
        "StartEraseAsset",
        "StartRelook",
    },
    "AskPerson": {
        "ReadConsent",
        "PutConsent",
        "UpdateConsent",
        "AppendAudit",
        "AnswerTask",
    },
    "LapseRequest": {"ReadConsent", "UpdateConsent", "AppendAudit"},
    "AnswerRequest": {"ReadConsent", "UpdateConsent", "AnswerTask"},
    "PlanMilestones": {"ReadConsent", "PlanMilestones", "LendTheirRole"},
    "ReachMilestone": {"ReadConsent", "PutConsent", "AppendAudit"},
    "DestroyTemplate": {
        *("ReadConsent", "ReadBiometrics", "DeleteBiometrics"),
        *("AppendAudit", "ThroughDynamoDb"),
    },
    "RedecidePictures": {"ReadLibrary", "StartClearAsset"},
    "TellRecipients": {
        "ReadLibrary",
        "ReadConsent",
        "PutConsent",
        "PutLibrary",
        "AppendAudit",
    },
    "RemindRecipients": {
        "ReadLibrary",
        "UpdateLibrary",
        "ReadConsent",
        "PutConsent",
        "AppendAudit",
    },
    "SweepConsents": {
        "ReadLibrary",
        "ReadConsent",
        "UpdateConsent",
        "PutConsent",
        "AppendAudit",
        "SendMails",
        "StartRequestConsent",
        "StartRenewConsent",
        "StartWithdrawConsent",
        "StartExportPerson",
        "StartErasePerson",
        "StartEraseAsset",
        "StartRelook",
    },
    "FollowExpiry": {
        "ReadLibrary",
        "DeleteLibrary",
        "PutConsent",
        "AppendAudit",
        "DropDocuments",
        "ThroughDynamoDb",
        "FollowLibrary",
        "FollowConsent",
        "FollowBiometrics",
        "KeepWhatFailed",
        "StartClearAsset",
    },
    "ApplyRetention": {
        "ReadLibrary",
        "PutLibrary",
        "UpdateLibrary",
        "DeleteLibrary",
        "ReadConsent",
        "PutConsent",
        "UpdateConsent",
        "DeleteConsent",
        "ReadBiometrics",
        "UpdateBiometrics",
        "DeleteBiometrics",
        "AppendAudit",
        "FetchCheckpoints",
        "ListCheckpoints",
        "DropDocuments",
        "ThroughDynamoDb",
        "StartClearAsset",
    },
    "SweepRetention": {"ReadLibrary", "PutLibrary", "StartApplyRetention"},
    "ServeSite": {"ShowCertificateKey", "ShowPictureKey"},
    "CertifyErasure": {
        "ReadLibrary",
        "PutLibrary",
        "ReadConsent",
        "PutConsent",
        "UpdateConsent",
        "AppendAudit",
        "GetAudit",
        "PutDocuments",
        "FetchDocuments",
        "SignWithCertificateKey",
    },
    "UserApi": {"AdministerUsers", "ClaimLibrary", "AppendAudit"},
    "CheckpointAudit": {
        "ReadAudit",
        "GetLibrary",
        "FetchCheckpoints",
        "ListCheckpoints",
        "PutCheckpoints",
    },
    "FollowLibrary": {
        "FollowLibrary",
        "KeepWhatFailed",
        "ReadLibrary",
        "PutLibrary",
        "InvokeBuildIndex",
    },
    "BuildIndex": {
        "ReadLibrary",
        "PutLibrary",
        "UpdateLibrary",
        "DeleteLibrary",
        "ReadAudit",
        "FetchExports",
        "PutExports",
        "DropExports",
        "ListExports",
    },
    "SearchLibrary": {
        "ReadLibrary",
        "PutLibrary",
        "DeleteLibrary",
        "ReadConsent",
        "ReadAudit",
        "FetchExports",
    },
    "StaffApi": {
        "ReadLibrary",
        "WriteLibrary",
        "ReadConsent",
        "AddConsent",
        "CheckConsent",
        "PutKeys",
        "SealNames",
        "InvokeFunctions",
        "AnswerTask",
        "AppendAudit",
        "ReadAudit",
        "PutOriginals",
        "ListOriginals",
        "ListOriginalsInParts",
        "PartsOriginals",
        "FetchRenditions",
        "PutDocuments",
        "FetchDocuments",
        "DropDocuments",
        "FetchExports",
        "DropExports",
        "SendUploads",
        "StartWorkflows",
    },
    "SubjectApi": {
        "ReadLibrary",
        "PutLibrary",
        "UpdateLibrary",
        "ReadConsent",
        "PutConsent",
        "UpdateConsent",
        "CheckConsent",
        "PutKeys",
        "SealNames",
        "PutLimits",
        "AppendAudit",
        "FetchRenditions",
        "FetchDocuments",
        "FetchExports",
        "InvokeFunctions",
    },
    "DeliverMail": {
        "ReadConsent",
        "PutConsent",
        "UpdateConsent",
        "CheckConsent",
        "GetKeys",
        "OpenNames",
        "PutDocuments",
        "FetchDocuments",
        "FindUsers",
        "SendMail",
        "AppendAudit",
        "TakeMails",
    },
    "NoteDelivery": {"ReadConsent", "UpdateConsent", "TakeDeliveries"},
    "MaskAsset": {
        "ReadLibrary",
        "FetchRenditions",
        "ListRenditions",
        "PutRenditions",
    },
    "RenderAsset": {
        "SignWithPictureKey",
        "ReadLibrary",
        "FetchOriginals",
        "FetchRenditions",
        "ListRenditions",
        "PutRenditions",
    },
    "PackAssets": {
        *("ReadLibrary", "PutLibrary", "UpdateLibrary", "ReadConsent", "ReadAudit"),
        *("AppendAudit", "FetchRenditions", "PutExports", "DropExports"),
        *("ListExportsInParts", "PartsExports", "InvokeFunctions"),
    },
    "RenewTemplates": {
        *("ReadConsent", "ReadBiometrics", "WriteBiometrics"),
        *("SealTemplates", "AppendAudit"),
    },
    "EnrolPerson": {
        "ReadLibrary",
        "ReadConsent",
        "PutConsent",
        "ReadBiometrics",
        "WriteBiometrics",
        "SealTemplates",
        "AppendAudit",
        "FetchOriginals",
        "FetchRenditions",
    },
}
GRANTS |= {
    "GatherExport": {
        *("ReadConsent", "ReadLibrary", "ReadAudit", "GetKeys", "OpenNames"),
        *("FetchDocuments", "PutExports"),
    },
    "PictureExport": {
        *("ReadLibrary", "PutLibrary", "ReadConsent", "ReadAudit", "AppendAudit"),
        *("FetchRenditions", "FetchExports", "PutExports"),
    },
    "PackExport": {
        *("ReadConsent", "UpdateConsent", "PutConsent", "ReadLibrary", "AppendAudit"),
        *("FetchExports", "PutExports", "DropExports", "ListExports", "MarkExports"),
    },
}
GRANTS |= {
    "LapseRecognition": {
        *("ReadLibrary", "PutLibrary", "PutConsent", "AppendAudit", "FindUsers"),
    },
    "AssessBreach": {
        *("ReadLibrary", "PutLibrary", "UpdateLibrary", "ReadConsent"),
        *("ReadAudit", "AppendAudit", "FindUsers"),
    },
    "RemindOfficers": {"ReadLibrary", "ReadConsent", "PutConsent", "FindUsers"},
}
LOOKS = {
    *("ReadConsent", "ReadLibrary", "ReadBiometrics", "ReadKeys"),
    *("AppendAudit", "ThroughDynamoDb"),
    *("ListOriginals", "ListOriginalsUploads"),
    *("ListRenditions", "ListRenditionsUploads"),
    *("ListExports", "ListExportsUploads"),
    *("ListDocuments", "ListDocumentsUploads"),
}
GRANTS |= {
    "CollectTraces": {*LOOKS, "AddConsent", "ReadWhole", "GetKeys", "OpenNames"},
    "AwaitConfirmation": {"ReadConsent", "UpdateConsent", "AnswerTask"},
    "ListPictures": {"ReadConsent"},
    "TellPerson": {"ReadConsent", "PutConsent", "AppendAudit"},
    "BeginErasure": {"ReadConsent", "UpdateConsent", "AppendAudit", "GetAudit"},
    "DestroyKeys": {
        *("ReadConsent", "ReadLibrary", "ReadBiometrics", "ReadKeys"),
        *("DeleteBiometrics", "DeleteKeys", "UpdateKeys"),
        *("AppendAudit", "ThroughDynamoDb"),
    },
    "ErasePicture": {
        *("ReadConsent", "UpdateConsent", "DeleteConsent"),
        *("ReadLibrary", "PutLibrary", "UpdateLibrary", "DeleteLibrary"),
        *("FetchOriginals", "PutOriginals", "EraseOriginals"),
        *("ListOriginals", "ListOriginalsUploads"),
        *("FetchRenditions", "PutRenditions", "EraseRenditions"),
        *("ListRenditions", "ListRenditionsUploads"),
        *("EraseExports", "ListExports", "ListExportsUploads"),
        *("AppendAudit", "StartClearAsset"),
    },
    "EraseRegister": {
        *("ReadConsent", "PutConsent", "UpdateConsent", "DeleteConsent"),
        *("ReadLibrary", "UpdateLibrary", "PutLibrary", "DeleteLibrary", "ReadWhole"),
        *("EraseExports", "ListExports", "ListExportsUploads"),
        *("EraseDocuments", "ListDocuments", "ListDocumentsUploads"),
        *("AppendAudit", "AnswerTask", "DropMilestones"),
    },
    "VerifyErasure": {*LOOKS, "AddConsent", "ReadWhole"},
}
TEMPLATE_HANDLERS = {
    *("SuggestPeople", "RelookPictures", "EnrolPerson", "RenewTemplates"),
}
NAME_READERS = {
    *("StaffApi", "SubjectApi", "DeliverMail", "GatherExport", "CollectTraces"),
}
SECRETS_ENDED_BY = {"CollectTraces", "DestroyKeys", "VerifyErasure"}
# These say until when a sealed template stays, end it, or are told that it went.
TEMPLATES_DATED_BY = {"ApplyRetention", "DestroyTemplate", "FollowExpiry"}
"""They count or end sealed rows, and can open none."""


def allowed(
    assembly: Assembly, spec: FunctionSpec
) -> list[tuple[str, set[str], set[str]]]:
    template = assembly.application
    return [
        (statement["Sid"], actions(statement), targets(statement))
        for statement in template.statements(template.role_of(spec))
        if statement["Effect"] == "Allow"
    ]


def denied(assembly: Assembly, spec: FunctionSpec) -> dict[str, set[str]]:
    template = assembly.application
    found: dict[str, set[str]] = {}
    for statement in template.statements(template.role_of(spec)):
        if statement["Effect"] == "Deny" and "Condition" not in statement:
            for target in targets(statement):
                found[target] = found.get(target, set()) | actions(statement)
    return found


def arn(assembly: Assembly, logical_id: str) -> str:
    """The ARN of a store, as the application imports it."""
    [name] = [
        output["Export"]["Name"]
        for output in assembly.stores.raw["Outputs"].values()
        if output["Value"] == {"Fn::GetAtt": [logical_id, "Arn"]} and "Export" in output
    ]
    return f"${{import {name}}}"


def test_every_function_has_a_role_of_its_own(assembly: Assembly) -> None:
    roles = {assembly.application.role_of(spec) for spec in FUNCTIONS}
    assert len(roles) == len(FUNCTIONS)


@EVERY
def test_a_role_may_do_what_its_function_was_granted_and_no_more(
    assembly: Assembly, spec: FunctionSpec
) -> None:
    names = {sid for sid, _, _ in allowed(assembly, spec)}
    assert names == GRANTS[spec.construct] | {"WriteLogs"}


def test_no_role_carries_a_policy_somebody_else_maintains(assembly: Assembly) -> None:
    [ours] = [
        f"${{{name}}}"
        for name in assembly.application.of_type("AWS::IAM::ManagedPolicy")
        if name.startswith("Guardrails")
    ]
    for role in assembly.application.of_type("AWS::IAM::Role").values():
        assert role.get("ManagedPolicyArns", [ours]) == [ours]


@EVERY
def test_every_role_has_the_guardrails(assembly: Assembly, spec: FunctionSpec) -> None:
    template = assembly.application
    role = template.resources[template.role_of(spec)]["Properties"]
    assert len(role["ManagedPolicyArns"]) == 1


def test_what_a_role_is_granted_fits_its_own_page(assembly: Assembly) -> None:
    # CDK puts what does not fit into a policy of its own, beside the two that are ours.
    policies = assembly.application.of_type("AWS::IAM::ManagedPolicy")
    assert sorted(name[:8] for name in policies) == ["Boundary", "Guardrai"]


@EVERY
def test_no_allowed_action_is_a_wildcard(assembly: Assembly, spec: FunctionSpec) -> None:
    for _, allowed_actions, _ in allowed(assembly, spec):
        assert not [action for action in allowed_actions if "*" in action]


@EVERY
def test_only_object_keys_are_wildcards(assembly: Assembly, spec: FunctionSpec) -> None:
    families = {
        f"{arn(assembly, 'Originals')}/originals/*",
        f"{arn(assembly, 'Renditions')}/*",
        f"{arn(assembly, 'Renditions')}/*/thumb.jpg",
        f"{arn(assembly, 'Renditions')}/*/masked/*",
        f"{arn(assembly, 'Checkpoints')}/checkpoints/*",
        f"{arn(assembly, 'Documents')}/signed/*",
        f"{arn(assembly, 'Documents')}/paper/*",
        f"{arn(assembly, 'Documents')}/certificates/*",
        f"{arn(assembly, 'Exports')}/exports/*",
        f"{arn(assembly, 'Exports')}/building/*",
        f"{arn(assembly, 'Exports')}/index/*",
        f"{arn(assembly, 'Exports')}/packages/*",
    }
    here = "${AWS::Region}:${AWS::AccountId}"
    elsewhere = {
        # Named by milestones of documents that nobody has signed yet.
        "PlanMilestones": {
            f"arn:${{AWS::Partition}}:scheduler:{here}:schedule/Beeldrecht-milestones/*"
        },
        "DropMilestones": {
            f"arn:${{AWS::Partition}}:scheduler:{here}:schedule/Beeldrecht-milestones/*"
        },
        # AWS takes no resource for it: a token reaches what it was made for.
        "AnswerTask": {"*"},
    }
    for sid, _, resources in allowed(assembly, spec):
        wild = {each for each in resources if "*" in each}
        assert wild <= elsewhere.get(sid, families)


@EVERY
def test_only_two_functions_can_reach_templates(
    assembly: Assembly, spec: FunctionSpec
) -> None:
    table, key = arn(assembly, "Biometrics"), arn(assembly, "BiometricsKey")
    reaches = any(
        target.startswith((table, key))
        for _, _, resources in allowed(assembly, spec)
        for target in resources
    )
    reaching = TEMPLATE_HANDLERS | SECRETS_ENDED_BY | TEMPLATES_DATED_BY
    assert reaches == (spec.construct in reaching)
    assert spec.handles_biometrics == (spec.construct in TEMPLATE_HANDLERS)
    assert spec.ends_secrets == (spec.construct in SECRETS_ENDED_BY)
    assert spec.dates_templates == (spec.construct in TEMPLATES_DATED_BY)


@EVERY
def test_only_the_api_can_reach_the_keys_of_names(
    assembly: Assembly, spec: FunctionSpec
) -> None:
    table, key = arn(assembly, "Keys"), arn(assembly, "PeopleKey")
    reaches = any(
        target.startswith((table, key))
        for _, _, resources in allowed(assembly, spec)
        for target in resources
    )
    assert reaches == (spec.construct in NAME_READERS | SECRETS_ENDED_BY)
    assert spec.opens_names == (spec.construct in NAME_READERS)
    denials = denied(assembly, spec)
    if reaches:
        assert table not in denials
        assert key not in denials
    else:
        assert denials[table] == denials[f"{table}/*"] == {"dynamodb:*"}
        assert denials[key] == {"kms:*"}


@EVERY
def test_r11_no_role_can_put_a_key_of_names_aside_or_delete_one(
    assembly: Assembly, spec: FunctionSpec
) -> None:
    table = arn(assembly, "Keys")
    may = {
        action
        for _, allowed_actions, resources in allowed(assembly, spec)
        if table in resources
        for action in allowed_actions
    }
    if spec.construct == "DestroyKeys":
        assert may == {f"dynamodb:{a}Item" for a in ("Delete", "Update")} | {
            "dynamodb:Query"
        }
    elif spec.construct == "CollectTraces":
        # It opens a name, to look where people typed it.
        assert may == {"dynamodb:GetItem", "dynamodb:Query"}
    elif spec.construct in SECRETS_ENDED_BY:
        assert may == {"dynamodb:Query"}
    else:
        assert may <= {f"dynamodb:{a}Item" for a in ("Get", "BatchGet", "Put")}


@EVERY
def test_r11_who_destroys_keys_can_open_nothing_with_them(
    assembly: Assembly, spec: FunctionSpec
) -> None:
    if spec.construct not in SECRETS_ENDED_BY | TEMPLATES_DATED_BY:
        return
    template = assembly.application
    statements = template.statements(template.role_of(spec))
    [never] = [s for s in statements if s["Sid"] == "NeverOpenWhatIsSealed"]
    assert (never["Effect"], actions(never)) == ("Deny", {"kms:*"})
    sealing = {arn(assembly, "BiometricsKey")}
    if spec.construct in SECRETS_ENDED_BY - NAME_READERS:
        sealing.add(arn(assembly, "PeopleKey"))
    assert targets(never) == sealing
    assert never["Condition"].keys() == {"StringNotEquals"}


@EVERY
def test_r11_three_functions_alone_read_a_table_from_end_to_end(
    assembly: Assembly, spec: FunctionSpec
) -> None:
    may = {
        a for _, allowed_actions, _ in allowed(assembly, spec) for a in allowed_actions
    }
    scans = spec.construct in {"CollectTraces", "EraseRegister", "VerifyErasure"}
    assert ("dynamodb:Scan" in may) == scans
    assert ("dynamodb:Scan" in denied(assembly, spec).get("*", set())) != scans


@EVERY
def test_nobody_reaches_templates_and_names_both(spec: FunctionSpec) -> None:
    assert not (spec.handles_biometrics and spec.opens_names)


@EVERY
def test_every_other_function_is_denied_templates_by_name(
    assembly: Assembly, spec: FunctionSpec
) -> None:
    denials = denied(assembly, spec)
    table, key = arn(assembly, "Biometrics"), arn(assembly, "BiometricsKey")
    if spec.construct in TEMPLATE_HANDLERS | SECRETS_ENDED_BY | TEMPLATES_DATED_BY:
        assert table not in denials
        assert key not in denials
    else:
        assert denials[table] == denials[f"{table}/*"] == {"dynamodb:*"}
        assert denials[key] == {"kms:*"}


@pytest.mark.parametrize("construct", ["RelookPictures", "SuggestPeople"])
def test_suggesting_only_reads_templates(assembly: Assembly, construct: str) -> None:
    [suggest] = [spec for spec in FUNCTIONS if spec.construct == construct]
    table, key = arn(assembly, "Biometrics"), arn(assembly, "BiometricsKey")
    may = {
        action
        for _, allowed_actions, resources in allowed(assembly, suggest)
        if resources & {table, key}
        for action in allowed_actions
    }
    assert may == {"dynamodb:GetItem", "kms:Decrypt"}


@EVERY
def test_no_role_can_change_or_remove_an_audit_entry(
    assembly: Assembly, spec: FunctionSpec
) -> None:
    audit = arn(assembly, "Audit")
    rewrites = {
        "dynamodb:BatchWriteItem",
        "dynamodb:DeleteItem",
        "dynamodb:PartiQLDelete",
        "dynamodb:PartiQLUpdate",
        "dynamodb:UpdateItem",
    }
    assert rewrites <= denied(assembly, spec)[audit]
    for _, allowed_actions, resources in allowed(assembly, spec):
        assert not (audit in resources and allowed_actions & rewrites)


@EVERY
def test_r23_one_role_alone_may_have_an_audit_entry_end_and_none_may_end_it(
    assembly: Assembly, spec: FunctionSpec
) -> None:
    template = assembly.application
    never = [
        each
        for each in template.statements(template.role_of(spec))
        if each.get("Sid") == "NeverEndTheAudit"
    ]
    if spec.construct == "ApplyRetention":
        assert never == []
        return
    [statement] = never
    assert (statement["Effect"], actions(statement)) == ("Deny", {"dynamodb:PutItem"})
    assert targets(statement) == {arn(assembly, "Audit")}
    says = {"ForAnyValue:StringEquals": {"dynamodb:Attributes": ["expires_at"]}}
    assert statement["Condition"] == says


@EVERY
def test_r16_no_role_can_change_or_remove_a_checkpoint_and_one_can_make_them(
    assembly: Assembly, spec: FunctionSpec
) -> None:
    denials, bucket = denied(assembly, spec), arn(assembly, "Checkpoints")
    touches = {
        "s3:Bypass*",
        "s3:Delete*",
        "s3:PutBucket*",
        "s3:PutLifecycle*",
        "s3:PutObjectLegalHold",
        "s3:PutObjectRetention",
        "s3:PutReplic*",
    }
    assert denials[bucket] == touches
    makes = {
        sid
        for sid, allowed_actions, resources in allowed(assembly, spec)
        if "s3:PutObject" in allowed_actions
        and any(target.startswith(bucket) for target in resources)
    }
    if spec.construct == "CheckpointAudit":
        assert makes == {"PutCheckpoints"}
        assert denials[f"{bucket}/*"] == touches
    else:
        assert makes == set()
        assert denials[f"{bucket}/*"] == touches | {"s3:PutObject"}


@EVERY
def test_one_role_alone_can_erase_an_original(
    assembly: Assembly, spec: FunctionSpec
) -> None:
    denials = denied(assembly, spec)
    originals = arn(assembly, "Originals")
    erased = denials.get(f"{originals}/*")
    if spec.construct == "ErasePicture":
        assert erased is None
    else:
        assert erased == {"s3:DeleteObject", "s3:DeleteObjectVersion"}
    assert "s3:PutBucketVersioning" in denials[originals]
    assert "s3:PutLifecycleConfiguration" in denials[originals]
    documents, exports = arn(assembly, "Documents"), arn(assembly, "Exports")
    signed, scans = f"{documents}/signed/*", f"{documents}/paper/*"
    packages = {f"{exports}/exports/*", f"{exports}/building/*"}
    ordered = f"{exports}/packages/*"
    # What each removes by its work; nothing else is removed by anybody.
    removes = {
        "StaffApi": {scans, ordered},
        "PackAssets": {ordered},
        "BuildIndex": {f"{exports}/index/*"},
        "PackExport": packages,
        "FollowExpiry": {signed},
        "ApplyRetention": {signed},
        "EraseRegister": {*packages, signed},
        "ErasePicture": {
            f"{originals}/originals/*",
            f"{arn(assembly, 'Renditions')}/*",
            ordered,
        },
    }
    for _, allowed_actions, resources in allowed(assembly, spec):
        if any(action.startswith("s3:Delete") for action in allowed_actions):
            assert resources <= removes.get(spec.construct, set())


@EVERY
def test_no_role_can_destroy_a_key(assembly: Assembly, spec: FunctionSpec) -> None:
    assert {"kms:ScheduleKeyDeletion", "kms:DisableKey", "kms:PutKeyPolicy"} <= denied(
        assembly, spec
    )["*"]


@EVERY
def test_r19_no_role_can_call_another_region(
    assembly: Assembly, spec: FunctionSpec
) -> None:
    template = assembly.application
    [wall] = [
        statement
        for statement in template.statements(template.role_of(spec))
        if statement.get("Sid") == "StayInRegion"
    ]
    assert (wall["Effect"], wall["Action"], wall["Resource"]) == ("Deny", "*", "*")
    assert wall["Condition"] == {
        "StringNotEquals": {"aws:RequestedRegion": "${AWS::Region}"},
        "Null": {"aws:RequestedRegion": "false"},
    }


# How many functions each state machine invokes.
MACHINES = {
    "ClearAsset": 3,
    "RequestConsent": 2,
    "RenewConsent": 3,
    "WithdrawConsent": 3,
    "ExportPerson": 3,
    "ErasePerson": 11,
    "EraseAsset": 7,
    "ApplyRetention": 1,
    "Relook": 2,
}


def machines(assembly: Assembly) -> dict[str, Resource]:
    """The state machines, by their names below the construct that holds them all."""
    found = assembly.application.of_type("AWS::StepFunctions::StateMachine")
    return {
        made.removeprefix(WORKFLOWS).rpartition("Machine")[0]: machine
        for made, machine in found.items()
    }


def test_every_state_machine_is_known_here(assembly: Assembly) -> None:
    assert machines(assembly).keys() == MACHINES.keys()


@pytest.mark.parametrize(("name", "functions"), MACHINES.items())
def test_a_state_machine_invokes_its_functions_and_nothing_else(
    assembly: Assembly, name: str, functions: int
) -> None:
    template = assembly.application
    machine = machines(assembly)[name]
    role = str(machine["RoleArn"]).removeprefix("${").removesuffix(".Arn}")
    [invoke] = [
        statement
        for statement in template.statements(role)
        if "lambda:InvokeFunction" in actions(statement)
    ]
    named = set(machine["DefinitionSubstitutions"].values())
    waiting = "arn:${AWS::Partition}:states:::lambda:invoke.waitForTaskToken"
    assert targets(invoke) == named - {waiting}
    assert len(targets(invoke)) == functions


@pytest.mark.parametrize(
    ("name", "roles"),
    [("BiometricsKey", TEMPLATE_HANDLERS), ("PeopleKey", NAME_READERS)],
)
def test_a_key_that_seals_answers_its_roles_alone_and_no_administrator(
    assembly: Assembly, name: str, roles: set[str]
) -> None:
    key = assembly.stores.of_type("AWS::KMS::Key")[name]
    uses = {"kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey", "kms:CreateGrant"}
    direct = []
    for statement in key["KeyPolicy"]["Statement"]:
        if not actions(statement) & uses:
            continue
        equals = statement["Condition"].get("StringEquals", {})
        if equals.get("kms:ViaService") == "dynamodb.${AWS::Region}.${AWS::URLSuffix}":
            assert equals["kms:CallerAccount"] == "${AWS::AccountId}"
        else:
            direct.append(statement)
    [statement] = direct
    prefix = "arn:${AWS::Partition}:iam::${AWS::AccountId}:role/Beeldrecht-"
    assert set(statement["Condition"]["ArnEquals"]["aws:PrincipalArn"]) == {
        f"{prefix}{construct}" for construct in roles
    }


SIGNING = {"CertificateKey": "CertifyErasure", "PictureKey": "RenderAsset"}
NAMED = TEMPLATE_HANDLERS | NAME_READERS | set(SIGNING.values())


@pytest.mark.parametrize("construct", sorted(NAMED))
def test_the_roles_a_key_knows_by_name_have_that_name(
    assembly: Assembly, disposable: Assembly, construct: str
) -> None:
    [spec] = [spec for spec in FUNCTIONS if spec.construct == construct]
    for each in (assembly, disposable):
        template = each.application
        role = template.resources[template.role_of(spec)]["Properties"]
        assert role["RoleName"] == f"{each.name}-{construct}"


@pytest.mark.parametrize("name", sorted(SIGNING))
@EVERY
def test_r11_one_role_alone_can_sign_with_each_key(
    assembly: Assembly, spec: FunctionSpec, name: str
) -> None:
    key = arn(assembly, name)
    signs = any(
        "kms:Sign" in each and key in resources
        for _, each, resources in allowed(assembly, spec)
    )
    assert signs == (spec.construct == SIGNING[name])
    assert ("kms:Sign" in denied(assembly, spec).get(key, set())) != signs


@pytest.mark.parametrize("name", sorted(SIGNING))
def test_r11_a_key_that_signs_answers_that_role_and_no_administrator(
    assembly: Assembly, name: str
) -> None:
    key = assembly.stores.resources[name]["Properties"]
    assert (key["KeySpec"], key["KeyUsage"]) == ("ECC_NIST_P256", "SIGN_VERIFY")
    [only] = [
        statement
        for statement in key["KeyPolicy"]["Statement"]
        if {"kms:Sign", "kms:*", "kms:CreateGrant"} & actions(statement)
    ]
    prefix = "arn:${AWS::Partition}:iam::${AWS::AccountId}:role/Beeldrecht-"
    roles = only["Condition"]["ArnEquals"]["aws:PrincipalArn"]
    assert as_list(roles) == [f"{prefix}{SIGNING[name]}"]
