"""The access policy a second time, told by role and not by rule.

Written from the description of the roles (issues 3 and 4, ADR 0011) and not from the
table, so that a slip in one of the two shows. It knows nothing of how `access.may` works.
"""

from datetime import datetime, timedelta

from beeldrecht.domain.access import Operation as Op
from beeldrecht.domain.access import Role, Scene, User

SEEING = {Op.ASSET_READ, Op.ASSET_VIEW}
BROWSING = {Op.ASSET_LIST, Op.COLLECTION_LIST, Op.COLLECTION_READ}
RECOGNISING = {Op.SUGGESTION_SEE, Op.SUGGESTION_CONFIRM, Op.PERSON_ENROL}
SENSITIVE = {
    Op.ASSET_ERASE,
    Op.ERASURE_CONFIRM,
    Op.ERASURE_PROOF,
    Op.RECOGNITION_SWITCH,
    Op.GOVERNANCE_SIGN,
    Op.GOVERNANCE_REVOKE,
    Op.RETENTION_CHANGE,
    Op.AUDIT_EXPORT,
    Op.SUBJECT_REQUEST_DECIDE,
    Op.SUBJECT_REQUEST_LIFT,
    Op.SUBJECT_REQUEST_EXPORT,
    Op.ASSET_UNRESTRICT,
    Op.USER_CREATE,
    Op.USER_CHANGE,
}
ERASING = {
    Op.ERASURE_LIST,
    Op.ERASURE_READ,
    Op.ERASURE_PLAN,
    Op.ERASURE_CONFIRM,
    Op.ERASURE_PROOF,
    Op.ERASURE_CANCEL,
}
SUBJECT_REQUESTS = {
    Op.SUBJECT_REQUEST_LIST,
    Op.SUBJECT_REQUEST_READ,
    Op.SUBJECT_REQUEST_DECIDE,
    Op.SUBJECT_REQUEST_IDENTIFY,
    Op.SUBJECT_REQUEST_EXTEND,
    Op.SUBJECT_REQUEST_LIFT,
    Op.SUBJECT_REQUEST_EXPORT,
    Op.ASSET_UNRESTRICT,
}
RECEIVING = {Op.RECALL_READ, Op.RECALL_ACKNOWLEDGE}
ANSWERING_FOR_IT = {
    Op.GOVERNANCE_CREATE,
    Op.GOVERNANCE_CHANGE,
    Op.GOVERNANCE_SIGN,
    Op.GOVERNANCE_REVOKE,
    Op.BREACH_LIST,
    Op.BREACH_READ,
    Op.BREACH_CREATE,
    Op.BREACH_CHANGE,
}
OVERSEEING = {
    *BROWSING,
    *SEEING,
    Op.ASSET_ERASE,
    Op.SUGGESTION_SEE,
    Op.PERSON_LIST,
    Op.PERSON_READ,
    Op.LINK_CREATE,
    Op.WORDING_LIST,
    Op.WORDING_READ,
    Op.SESSION_LIST,
    Op.SESSION_READ,
    Op.CONSENT_REQUEST_LIST,
    Op.CONSENT_REQUEST_READ,
    Op.CONSENT_READ,
    Op.BASIS_READ,
    Op.BASIS_END,
    *SUBJECT_REQUESTS,
    Op.SUBJECT_REQUEST_ENTER,
    Op.ASSET_RESTRICT,
    *ERASING,
    Op.EXPORT_LIST,
    Op.EXPORT_READ,
    Op.EXPORT_TELL,
    Op.DISCLOSURE_READ,
    Op.SHARE_LIST,
    Op.SHARE_REVOKE,
    Op.PUBLICATION_LIST,
    Op.PUBLICATION_END,
    Op.RECALL_LIST,
    *RECEIVING,
    Op.COLLECTION_CHANGE,
    Op.PROPOSAL_LIST,
    Op.PROPOSAL_SETTLE,
    Op.RECOGNITION_READ,
    Op.RECOGNITION_SWITCH,
    Op.GOVERNANCE_LIST,
    Op.GOVERNANCE_READ,
    *ANSWERING_FOR_IT,
    Op.RETENTION_READ,
    Op.RETENTION_CHANGE,
    Op.AUDIT_SEARCH,
    Op.AUDIT_EXPORT,
}
NOT_FOR_EDITORS = {
    *ERASING,
    Op.ASSET_ERASE,
    Op.ASSET_DOWNLOAD,  # but see below: everybody downloads what leaves
    Op.RECOGNITION_SWITCH,
    *ANSWERING_FOR_IT,
    Op.RETENTION_READ,
    Op.RETENTION_CHANGE,
    Op.AUDIT_SEARCH,
    Op.AUDIT_EXPORT,
    *SUBJECT_REQUESTS,
    Op.EXPORT_LIST,
    Op.EXPORT_READ,
    Op.EXPORT_TELL,
    Op.RECALL_LIST,
    *RECEIVING,
    Op.USER_LIST,
    Op.USER_CREATE,
    Op.USER_CHANGE,
}


def powers(role: Role | None, owns: bool, leaves: bool) -> set[Op]:
    """What a role by itself does with a picture that is theirs, or may leave."""
    using = SEEING | {Op.ASSET_DOWNLOAD} if leaves else set()
    using |= RECEIVING if owns else set()
    if role is Role.VIEWER:
        return BROWSING | using
    if role is Role.CONTRIBUTOR:
        following = SEEING | {Op.ASSET_RETRY, Op.ASSET_DESCRIBE} if owns else set()
        return BROWSING | {Op.ASSET_UPLOAD} | using | following
    if role is Role.EDITOR:
        return set(Op) - NOT_FOR_EDITORS | using
    if role is Role.PRIVACY_OFFICER:
        return OVERSEEING
    if role is Role.ADMINISTRATOR:
        return {Op.RECOGNITION_READ, Op.USER_LIST, Op.USER_CREATE, Op.USER_CHANGE}
    return set()


def allowed(user: User, operation: Op, at: datetime, scene: Scene | None) -> bool:
    """Whether the description lets this user do this, with this, now."""
    if operation in RECOGNISING and Role.RECOGNISER not in user.roles:
        return False
    if operation in SENSITIVE:
        ago = at - user.signed_in_at
        if ago >= timedelta(hours=1) or ago < -timedelta(minutes=2):
            return False
    owns = scene is not None and scene.uploader_id == user.user_id
    leaves = scene is not None and scene.leaves
    if Role.PRIVACY_OFFICER in user.roles and operation in OVERSEEING:
        return True
    closed = [c for c in (scene.collections if scene else ()) if c.restricted]
    for collection in closed:
        ceiling = collection.members.get(user.user_id)
        member = ceiling in {Role.VIEWER, Role.CONTRIBUTOR, Role.EDITOR}
        if not member or operation not in powers(ceiling, owns, leaves):
            return False
    return any(operation in powers(role, owns, leaves) for role in user.roles)
