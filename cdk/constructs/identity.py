"""Resources that hold data keep their name in the template, wherever they are built."""

from aws_cdk import CfnResource
from constructs import Construct


def keep_logical_id[R: CfnResource](
    construct: Construct, logical_id: str, kind: type[R]
) -> R:
    """Fix the logical id of a construct's resource, and hand that resource out.

    CDK derives the id from the construct's place in the tree, and CloudFormation replaces
    what changed its id: moving a table to another file would begin an empty one. A short
    id also keeps the names CloudFormation makes from it whole.
    """
    resource = construct.node.default_child
    if not isinstance(resource, kind):
        raise TypeError(f"{construct.node.path} has no {kind.__name__} of its own")
    resource.override_logical_id(logical_id)
    return resource
