"""IAM's evaluation of one role, restated: its statements, and the boundary over them.

Small on purpose: it knows what our templates use. A condition is taken as met when it
denies only elsewhere (another Region) or widens nothing (it narrows an allow to less).
"""

from collections.abc import Iterator
from fnmatch import fnmatchcase

from cdk.checks.rendering import as_list
from tests.infra.synthesis import Assembly, Resource, Template, actions, targets


def covers(statement: Resource, action: str, resource: str) -> bool:
    """Whether a statement speaks of an action on a resource; both may be patterns."""
    return any(
        fnmatchcase(action.lower(), each.lower()) for each in actions(statement)
    ) and any(fnmatchcase(resource, each) for each in targets(statement))


def may(
    own: list[Resource],
    boundary: list[Resource],
    action: str,
    resource: str,
    role: str = "",
) -> bool:
    """Whether a role may: no deny in either, an allow in both.

    What is allowed to roles of some names is allowed to `role` if it has one of them.
    """
    denies = [
        statement
        for statement in (*own, *boundary)
        if statement["Effect"] == "Deny" and "Condition" not in statement
    ]
    if any(covers(statement, action, resource) for statement in denies):
        return False
    return all(
        any(
            covers(statement, action, resource)
            for statement in document
            if statement["Effect"] == "Allow" and _meant(statement, role)
        )
        for document in (own, boundary)
    )


def _meant(statement: Resource, role: str) -> bool:
    like = statement.get("Condition", {}).get("ArnLike", {})
    if "aws:PrincipalArn" not in like:
        return True
    names = as_list(like["aws:PrincipalArn"])
    return any(fnmatchcase(role, str(each).rpartition("/")[2]) for each in names)


def boundary_of(assembly: Assembly) -> list[Resource]:
    """The statements of the one boundary, with the stores' names filled in."""
    policy = assembly.application.managed_policy("Boundary")
    return [named(assembly, each) for each in policy["PolicyDocument"]["Statement"]]


def roles(assembly: Assembly) -> dict[str, list[Resource]]:
    """The statements of every role of the application, names filled in, by its id."""
    template = assembly.application
    return {
        role: [named(assembly, each) for each in template.statements(role)]
        for role in template.of_type("AWS::IAM::Role")
    }


def role_name(assembly: Assembly, role: str) -> str:
    """What a role is called: as the template says, or as CloudFormation makes it up."""
    told = assembly.application.resources[role]["Properties"]
    return str(told.get("RoleName", f"{assembly.name}-{role}-X"))


def named(assembly: Assembly, statement: Resource) -> Resource:
    """A statement with the ARNs its resources will have, as far as they are known."""
    stores, application = assembly.stores, assembly.application
    names = {
        **dict(_imports(assembly)),
        **dict(_arns(application, assembly.name)),
        **dict(_arns(stores, f"{assembly.name}-Stores")),
    }
    filled = []
    for target in as_list(statement["Resource"]):
        text = str(target)
        for placeholder, arn in names.items():
            text = text.replace(placeholder, arn)
        filled.append(text)
    return {**statement, "Resource": filled}


def _imports(assembly: Assembly) -> Iterator[tuple[str, str]]:
    arns = dict(_arns(assembly.stores, f"{assembly.name}-Stores"))
    for output in assembly.stores.raw["Outputs"].values():
        match output:
            case {
                "Export": {"Name": name},
                "Value": {"Fn::GetAtt": [logical_id, attribute]},
            }:
                placeholder = f"${{{logical_id}.{attribute}}}"
                yield f"${{import {name}}}", arns.get(placeholder, placeholder)


def _arns(template: Template, stack: str) -> Iterator[tuple[str, str]]:
    """What the references to a stack's resources become."""
    for logical_id, resource in template.resources.items():
        if shape := _SHAPES.get(resource["Type"]):
            arn = shape.replace("STACK", stack).replace("ID", logical_id)
            if ":s3:::" in arn:  # the name of a bucket is in lower case
                arn = arn.lower().replace("aws::partition", "AWS::Partition")
            yield f"${{{logical_id}.Arn}}", arn
            yield f"${{{logical_id}.StreamArn}}", f"{arn}/stream/X"
            yield f"${{{logical_id}}}", arn  # the state machine's is its reference


_ARN, _HERE = "arn:${AWS::Partition}", "${AWS::Region}:${AWS::AccountId}"
_SHAPES = {
    "AWS::DynamoDB::Table": f"{_ARN}:dynamodb:{_HERE}:table/STACK-ID-X",
    "AWS::IAM::Role": f"{_ARN}:iam::${{AWS::AccountId}}:role/STACK-ID-X",
    "AWS::Lambda::Function": f"{_ARN}:lambda:{_HERE}:function:STACK-ID-X",
    "AWS::Logs::LogGroup": f"{_ARN}:logs:{_HERE}:log-group:STACK-ID-X:*",
    "AWS::S3::Bucket": f"{_ARN}:s3:::STACK-ID-X",
    "AWS::SQS::Queue": f"{_ARN}:sqs:{_HERE}:STACK-ID-X",
    "AWS::StepFunctions::StateMachine": f"{_ARN}:states:{_HERE}:stateMachine:ID-X",
}
"""The ARN of a resource by its type, as CloudFormation names what we leave unnamed."""
