"""Who may do what: one table of rules, and one function that reads it.

Nothing is allowed that no rule of the table allows. A rule gives one role one operation,
on one condition. `docs/security/access-matrix.md` is this table laid out, together with
the endpoint that carries each operation; `tools/matrix.py` writes it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from .time import instant

if TYPE_CHECKING:
    from .collections import Collection


class Role(StrEnum):
    """What somebody was appointed to do; a user may have several, or none."""

    VIEWER = "viewer"
    CONTRIBUTOR = "contributor"
    EDITOR = "editor"
    PRIVACY_OFFICER = "privacy_officer"
    ADMINISTRATOR = "administrator"
    RECOGNISER = "recogniser"
    """Leave to run and see recognition: asked besides a role, nothing by itself."""


class Operation(StrEnum):
    """One thing that can be done through the API, as `subject:action`."""

    ASSET_LIST = "asset:list"
    ASSET_READ = "asset:read"
    ASSET_VIEW = "asset:view"
    """See a rendition."""
    ASSET_UPLOAD = "asset:upload"
    ASSET_DOWNLOAD = "asset:download"
    ASSET_RELEASE = "asset:release"
    ASSET_RETRY = "asset:retry"
    ASSET_DESCRIBE = "asset:describe"
    """Say something else of a picture than its file did."""
    ASSET_ERASE = "asset:erase"
    ASSET_RESTRICT = "asset:restrict"
    """Freeze a picture: kept, and not used."""
    ASSET_UNRESTRICT = "asset:unrestrict"
    """End such a freeze."""
    APPEARANCE_CONFIRM = "appearance:confirm"
    """Say by hand who a face is, or that it is not."""
    APPEARANCE_MARK = "appearance:mark"
    """Say that a face is always covered, or that nobody could recognise it."""
    SUGGESTION_SEE = "suggestion:see"
    SUGGESTION_CONFIRM = "suggestion:confirm"
    PERSON_LIST = "person:list"
    PERSON_READ = "person:read"
    PERSON_CREATE = "person:create"
    PERSON_ENROL = "person:enrol"
    LINK_CREATE = "link:create"
    """Make the link with which a person opens the page about themselves."""
    CONTACT_CHANGE = "contact:change"
    WORDING_LIST = "wording:list"
    WORDING_READ = "wording:read"
    WORDING_CREATE = "wording:create"
    WORDING_CHANGE = "wording:change"
    """Add a version; the ones before stay as they are."""
    SESSION_LIST = "session:list"
    SESSION_READ = "session:read"
    SESSION_CREATE = "session:create"
    SESSION_CHANGE = "session:change"
    SESSION_LINK = "session:link"
    SESSION_ATTEST = "session:attest"
    """Make the code with which whoever is at a session signs, or take it back."""
    CONSENT_REQUEST_LIST = "consent_request:list"
    CONSENT_REQUEST_READ = "consent_request:read"
    CONSENT_REQUEST_CREATE = "consent_request:create"
    CONSENT_REQUEST_CHANGE = "consent_request:change"
    """Remind who was asked, or take the question back."""
    CONSENT_READ = "consent:read"
    """What a person signed, with the documents."""
    CONSENT_ENTER = "consent:enter"
    """Enter a form that was signed on paper."""
    CONSENT_WITHDRAW = "consent:withdraw"
    """Withdraw on behalf of a person who says so."""
    BASIS_READ = "basis:read"
    BASIS_RECORD = "basis:record"
    BASIS_END = "basis:end"
    SUBJECT_REQUEST_LIST = "subject_request:list"
    SUBJECT_REQUEST_READ = "subject_request:read"
    SUBJECT_REQUEST_DECIDE = "subject_request:decide"
    SUBJECT_REQUEST_ENTER = "subject_request:enter"
    """Enter what somebody asked in a letter, by telephone or at the counter."""
    SUBJECT_REQUEST_IDENTIFY = "subject_request:identify"
    """Say how we know who asks."""
    SUBJECT_REQUEST_EXTEND = "subject_request:extend"
    SUBJECT_REQUEST_LIFT = "subject_request:lift"
    """End a freeze that was granted."""
    SUBJECT_REQUEST_EXPORT = "subject_request:export"
    """Fetch the register of requests as a file."""
    ERASURE_LIST = "erasure:list"
    ERASURE_READ = "erasure:read"
    """How far somebody's erasure is, with its plan and its receipts."""
    ERASURE_PLAN = "erasure:plan"
    """Say what becomes of each picture of who is erased."""
    ERASURE_CONFIRM = "erasure:confirm"
    ERASURE_PROOF = "erasure:proof"
    ERASURE_CANCEL = "erasure:cancel"
    EXPORT_LIST = "export:list"
    EXPORT_READ = "export:read"
    """How far somebody's copy is; what is in it is theirs alone."""
    EXPORT_TELL = "export:tell"
    """Have the mail with its link sent again."""
    SHARE_LIST = "share:list"
    SHARE_CREATE = "share:create"
    """Let somebody outside see pictures by a link."""
    SHARE_REVOKE = "share:revoke"
    PUBLICATION_LIST = "publication:list"
    PUBLICATION_CREATE = "publication:create"
    """Say what ran where, or make the address by which a website shows a picture."""
    PUBLICATION_END = "publication:end"
    DISCLOSURE_READ = "disclosure:read"
    """See who received a picture."""
    RECALL_LIST = "recall:list"
    RECALL_READ = "recall:read"
    RECALL_ACKNOWLEDGE = "recall:acknowledge"
    """Say that every copy is removed."""
    COLLECTION_LIST = "collection:list"
    COLLECTION_READ = "collection:read"
    COLLECTION_CREATE = "collection:create"
    COLLECTION_CHANGE = "collection:change"
    """Its title, whether it is restricted, and its members."""
    COLLECTION_FILL = "collection:fill"
    """Put pictures into it, or take them out."""
    PROPOSAL_LIST = "proposal:list"
    PROPOSAL_SETTLE = "proposal:settle"
    RECOGNITION_READ = "recognition:read"
    RECOGNITION_SWITCH = "recognition:switch"
    GOVERNANCE_LIST = "governance:list"
    GOVERNANCE_READ = "governance:read"
    GOVERNANCE_CREATE = "governance:create"
    """Begin a record of what was assessed, agreed or is processed."""
    GOVERNANCE_CHANGE = "governance:change"
    """Write the next version of one; the ones before stay as they are."""
    GOVERNANCE_SIGN = "governance:sign"
    GOVERNANCE_REVOKE = "governance:revoke"
    BREACH_LIST = "breach:list"
    BREACH_READ = "breach:read"
    BREACH_CREATE = "breach:create"
    """Record a breach, or a drill, and have looked up whom it touches."""
    BREACH_CHANGE = "breach:change"
    """Note what was done about it, or have it looked up again."""
    RETENTION_READ = "retention:read"
    RETENTION_CHANGE = "retention:change"
    AUDIT_SEARCH = "audit:search"
    AUDIT_EXPORT = "audit:export"
    USER_LIST = "user:list"
    USER_CREATE = "user:create"
    USER_CHANGE = "user:change"


class Condition(StrEnum):
    """When a rule applies to the thing that is asked about."""

    ALWAYS = "always"
    LEAVES = "leaves"
    """The picture may leave through some channel at this instant."""
    OWN = "own"
    """The user uploaded it; or it asks them to remove what they received."""


class AccessRefusal(StrEnum):
    """Why somebody may not do something."""

    NOT_YOUR_ROLE = "not_your_role"
    NOT_IN_COLLECTION = "not_in_collection"
    NOT_RECOGNISER = "not_recogniser"
    SIGN_IN_AGAIN = "signed_in_too_long_ago"
    NOT_RELEASED_YET = "not_released_yet"


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who signed in."""

    user_id: str
    roles: frozenset[Role]
    signed_in_at: datetime


@dataclass(frozen=True, slots=True)
class Scene:
    """What is asked about; what is left out is unknown, and so in nobody's favour."""

    uploader_id: str | None = None
    """Whose it is: who uploaded the picture, or who is asked to remove it."""
    leaves: bool = False
    """Whether the picture may leave through some channel at this instant."""
    collections: tuple["Collection", ...] = ()
    """Every collection the picture is in, or the collection itself."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One role may do one thing, on one condition."""

    role: Role
    operation: Operation
    condition: Condition = Condition.ALWAYS
    across: bool = False
    """Whether it holds in restricted collections of which the user is no member."""


def _rules(
    role: Role,
    *operations: Operation,
    condition: Condition = Condition.ALWAYS,
    across: bool = False,
) -> tuple[Rule, ...]:
    return tuple(Rule(role, each, condition, across) for each in operations)


RULES: Final[tuple[Rule, ...]] = (
    # A viewer uses what has been released, and knows of nothing else.
    *_rules(
        Role.VIEWER,
        Operation.ASSET_LIST,
        Operation.COLLECTION_LIST,
        Operation.COLLECTION_READ,
    ),
    *_rules(
        Role.VIEWER,
        Operation.ASSET_READ,
        Operation.ASSET_VIEW,
        Operation.ASSET_DOWNLOAD,
        condition=Condition.LEAVES,
    ),
    # A contributor uploads, and follows what became of it.
    *_rules(
        Role.CONTRIBUTOR,
        Operation.ASSET_LIST,
        Operation.ASSET_UPLOAD,
        Operation.COLLECTION_LIST,
        Operation.COLLECTION_READ,
    ),
    *_rules(
        Role.CONTRIBUTOR,
        Operation.ASSET_READ,
        Operation.ASSET_VIEW,
        Operation.ASSET_DOWNLOAD,
        condition=Condition.LEAVES,
    ),
    *_rules(
        Role.CONTRIBUTOR,
        Operation.ASSET_READ,
        Operation.ASSET_VIEW,
        Operation.ASSET_RETRY,
        Operation.ASSET_DESCRIBE,
        condition=Condition.OWN,
    ),
    # Whoever received a picture answers for their copies.
    *(
        rule
        for role in (Role.VIEWER, Role.CONTRIBUTOR, Role.EDITOR)
        for rule in _rules(
            role,
            Operation.RECALL_READ,
            Operation.RECALL_ACKNOWLEDGE,
            condition=Condition.OWN,
        )
    ),
    # An editor does the work: people, consents, releases, collections.
    *_rules(
        Role.EDITOR,
        Operation.ASSET_LIST,
        Operation.ASSET_READ,
        Operation.ASSET_VIEW,
        Operation.ASSET_UPLOAD,
        Operation.ASSET_RELEASE,
        Operation.ASSET_RETRY,
        Operation.ASSET_DESCRIBE,
        Operation.APPEARANCE_CONFIRM,
        Operation.APPEARANCE_MARK,
        Operation.SUGGESTION_SEE,
        Operation.SUGGESTION_CONFIRM,
        Operation.PERSON_LIST,
        Operation.PERSON_READ,
        Operation.PERSON_CREATE,
        Operation.PERSON_ENROL,
        Operation.LINK_CREATE,
        Operation.CONTACT_CHANGE,
        Operation.WORDING_LIST,
        Operation.WORDING_READ,
        Operation.WORDING_CREATE,
        Operation.WORDING_CHANGE,
        Operation.SESSION_LIST,
        Operation.SESSION_READ,
        Operation.SESSION_CREATE,
        Operation.SESSION_CHANGE,
        Operation.SESSION_LINK,
        Operation.SESSION_ATTEST,
        Operation.CONSENT_REQUEST_LIST,
        Operation.CONSENT_REQUEST_READ,
        Operation.CONSENT_REQUEST_CREATE,
        Operation.CONSENT_REQUEST_CHANGE,
        Operation.CONSENT_READ,
        Operation.CONSENT_ENTER,
        Operation.CONSENT_WITHDRAW,
        Operation.BASIS_READ,
        Operation.BASIS_RECORD,
        Operation.BASIS_END,
        Operation.SUBJECT_REQUEST_ENTER,
        Operation.ASSET_RESTRICT,
        Operation.DISCLOSURE_READ,
        Operation.SHARE_LIST,
        Operation.SHARE_CREATE,
        Operation.SHARE_REVOKE,
        Operation.PUBLICATION_LIST,
        Operation.PUBLICATION_CREATE,
        Operation.PUBLICATION_END,
        Operation.COLLECTION_LIST,
        Operation.COLLECTION_READ,
        Operation.COLLECTION_CREATE,
        Operation.COLLECTION_CHANGE,
        Operation.COLLECTION_FILL,
        Operation.PROPOSAL_LIST,
        Operation.PROPOSAL_SETTLE,
        Operation.RECOGNITION_READ,
        # What a legal basis refers to has to be found by whoever records it.
        Operation.GOVERNANCE_LIST,
        Operation.GOVERNANCE_READ,
    ),
    # A picture is used when it leaves, whoever asks for it.
    *_rules(Role.EDITOR, Operation.ASSET_DOWNLOAD, condition=Condition.LEAVES),
    # A privacy officer oversees, everywhere, and uses no picture. What a person may
    # demand by law (erasure) and who belongs to a collection end at no collection's door.
    *_rules(
        Role.PRIVACY_OFFICER,
        Operation.ASSET_LIST,
        Operation.ASSET_READ,
        Operation.ASSET_VIEW,
        Operation.ASSET_ERASE,
        Operation.SUGGESTION_SEE,
        Operation.PERSON_LIST,
        Operation.PERSON_READ,
        Operation.LINK_CREATE,
        Operation.WORDING_LIST,
        Operation.WORDING_READ,
        Operation.SESSION_LIST,
        Operation.SESSION_READ,
        Operation.CONSENT_REQUEST_LIST,
        Operation.CONSENT_REQUEST_READ,
        Operation.CONSENT_READ,
        Operation.BASIS_READ,
        Operation.BASIS_END,
        Operation.SUBJECT_REQUEST_LIST,
        Operation.SUBJECT_REQUEST_READ,
        Operation.SUBJECT_REQUEST_DECIDE,
        Operation.SUBJECT_REQUEST_ENTER,
        Operation.SUBJECT_REQUEST_IDENTIFY,
        Operation.SUBJECT_REQUEST_EXTEND,
        Operation.SUBJECT_REQUEST_LIFT,
        Operation.SUBJECT_REQUEST_EXPORT,
        Operation.ASSET_RESTRICT,
        Operation.ASSET_UNRESTRICT,
        Operation.ERASURE_LIST,
        Operation.ERASURE_READ,
        Operation.ERASURE_PLAN,
        Operation.ERASURE_CONFIRM,
        Operation.ERASURE_PROOF,
        Operation.ERASURE_CANCEL,
        Operation.EXPORT_LIST,
        Operation.EXPORT_READ,
        Operation.EXPORT_TELL,
        Operation.DISCLOSURE_READ,
        Operation.SHARE_LIST,
        Operation.SHARE_REVOKE,
        Operation.PUBLICATION_LIST,
        Operation.PUBLICATION_END,
        Operation.RECALL_LIST,
        Operation.RECALL_READ,
        Operation.RECALL_ACKNOWLEDGE,
        Operation.COLLECTION_LIST,
        Operation.COLLECTION_READ,
        Operation.COLLECTION_CHANGE,
        Operation.PROPOSAL_LIST,
        Operation.PROPOSAL_SETTLE,
        Operation.RECOGNITION_READ,
        Operation.RECOGNITION_SWITCH,
        Operation.GOVERNANCE_LIST,
        Operation.GOVERNANCE_READ,
        Operation.GOVERNANCE_CREATE,
        Operation.GOVERNANCE_CHANGE,
        Operation.GOVERNANCE_SIGN,
        Operation.GOVERNANCE_REVOKE,
        Operation.BREACH_LIST,
        Operation.BREACH_READ,
        Operation.BREACH_CREATE,
        Operation.BREACH_CHANGE,
        Operation.RETENTION_READ,
        Operation.RETENTION_CHANGE,
        Operation.AUDIT_SEARCH,
        Operation.AUDIT_EXPORT,
        across=True,
    ),
    # An administrator sees users and settings: no picture, and nobody who is in one.
    *_rules(
        Role.ADMINISTRATOR,
        Operation.RECOGNITION_READ,
        Operation.USER_LIST,
        Operation.USER_CREATE,
        Operation.USER_CHANGE,
    ),
)
"""The policy, whole: what stands in no rule is allowed to nobody."""

NEEDS_RECOGNISER: Final = frozenset(
    {Operation.SUGGESTION_SEE, Operation.SUGGESTION_CONFIRM, Operation.PERSON_ENROL}
)
"""What runs or shows recognition: asked besides the role that a rule names."""

NEEDS_FRESH_SIGN_IN: Final = frozenset(
    {
        Operation.ASSET_ERASE,
        Operation.ERASURE_CONFIRM,
        Operation.ERASURE_PROOF,
        Operation.RECOGNITION_SWITCH,
        Operation.GOVERNANCE_SIGN,
        Operation.GOVERNANCE_REVOKE,
        Operation.RETENTION_CHANGE,
        Operation.AUDIT_EXPORT,
        Operation.SUBJECT_REQUEST_DECIDE,
        Operation.SUBJECT_REQUEST_LIFT,
        Operation.SUBJECT_REQUEST_EXPORT,
        Operation.ASSET_UNRESTRICT,
        Operation.USER_CREATE,
        Operation.USER_CHANGE,
    }
)
"""What a walked-away screen must not be able to do."""

TAKES_TWO: Final = frozenset(
    {
        Operation.SUGGESTION_CONFIRM,
        Operation.ASSET_ERASE,
        Operation.ERASURE_PROOF,
        Operation.RETENTION_CHANGE,
        Operation.RECOGNITION_SWITCH,
    }
)
"""What four eyes are asked for where the deployment says so: see `four_eyes`."""

EXISTENCE_PRIVATE: Final = frozenset(
    {
        Operation.ASSET_READ,
        Operation.ASSET_VIEW,
        Operation.ASSET_DOWNLOAD,
        Operation.ASSET_RELEASE,
        Operation.ASSET_RETRY,
        Operation.ASSET_DESCRIBE,
        Operation.ASSET_ERASE,
        Operation.APPEARANCE_CONFIRM,
        Operation.APPEARANCE_MARK,
        Operation.SUGGESTION_SEE,
        Operation.SUGGESTION_CONFIRM,
        Operation.PERSON_READ,
        Operation.PERSON_ENROL,
        Operation.LINK_CREATE,
        Operation.CONTACT_CHANGE,
        Operation.WORDING_READ,
        Operation.WORDING_CHANGE,
        Operation.SESSION_READ,
        Operation.SESSION_CHANGE,
        Operation.SESSION_LINK,
        Operation.SESSION_ATTEST,
        Operation.CONSENT_REQUEST_READ,
        Operation.CONSENT_REQUEST_CHANGE,
        Operation.CONSENT_READ,
        Operation.CONSENT_ENTER,
        Operation.CONSENT_WITHDRAW,
        Operation.BASIS_READ,
        Operation.BASIS_RECORD,
        Operation.BASIS_END,
        Operation.SUBJECT_REQUEST_READ,
        Operation.SUBJECT_REQUEST_DECIDE,
        Operation.SUBJECT_REQUEST_ENTER,
        Operation.SUBJECT_REQUEST_IDENTIFY,
        Operation.SUBJECT_REQUEST_EXTEND,
        Operation.SUBJECT_REQUEST_LIFT,
        Operation.ASSET_RESTRICT,
        Operation.ASSET_UNRESTRICT,
        Operation.ERASURE_READ,
        Operation.ERASURE_PLAN,
        Operation.ERASURE_CONFIRM,
        Operation.ERASURE_PROOF,
        Operation.ERASURE_CANCEL,
        Operation.EXPORT_READ,
        Operation.EXPORT_TELL,
        Operation.DISCLOSURE_READ,
        Operation.SHARE_REVOKE,
        Operation.PUBLICATION_END,
        Operation.RECALL_READ,
        Operation.RECALL_ACKNOWLEDGE,
        Operation.COLLECTION_READ,
        Operation.COLLECTION_CHANGE,
        Operation.COLLECTION_FILL,
        Operation.PROPOSAL_SETTLE,
        Operation.GOVERNANCE_READ,
        Operation.GOVERNANCE_CHANGE,
        Operation.GOVERNANCE_SIGN,
        Operation.GOVERNANCE_REVOKE,
        Operation.BREACH_READ,
        Operation.BREACH_CHANGE,
        Operation.USER_CHANGE,
    }
)
"""About one thing: who may not do it hears what they would hear if it were not there."""

MEMBER_ROLES: Final = frozenset({Role.VIEWER, Role.CONTRIBUTOR, Role.EDITOR})
"""What a membership can be; another role in its place is a ceiling of nothing."""

FRESH: Final = timedelta(minutes=60)
"""How long after signing in the sensitive operations are open."""

CLOCKS_APART: Final = timedelta(minutes=2)
"""How far ahead of ours the clock may be that says when somebody signed in."""


def _by_operation() -> Mapping[Operation, tuple[Rule, ...]]:
    return MappingProxyType(
        {
            operation: tuple(rule for rule in RULES if rule.operation is operation)
            for operation in Operation
        }
    )


_RULES_OF: Final = _by_operation()


def may(
    user: User, operation: Operation, at: datetime, scene: Scene | None = None
) -> AccessRefusal | None:
    """Whether the user may do this, with this, now: None, or why not.

    Without a scene it is asked about nothing in particular, and what depends on the
    thing is refused. The refusal is for those who may know of the thing; for others the
    API answers as if it were not there.
    """
    scene = scene or Scene()
    theirs = [rule for rule in _RULES_OF.get(operation, ()) if rule.role in user.roles]
    if not theirs:
        return AccessRefusal.NOT_YOUR_ROLE
    if operation in NEEDS_RECOGNISER and Role.RECOGNISER not in user.roles:
        return AccessRefusal.NOT_RECOGNISER
    meeting = [rule for rule in theirs if _met(rule.condition, user, scene)]
    if not meeting:
        released = any(rule.condition is Condition.LEAVES for rule in theirs)
        return AccessRefusal.NOT_RELEASED_YET if released else AccessRefusal.NOT_YOUR_ROLE
    if not any(rule.across for rule in meeting) and not all(
        _within(collection, operation, user, scene) for collection in scene.collections
    ):
        return AccessRefusal.NOT_IN_COLLECTION
    if operation in NEEDS_FRESH_SIGN_IN and not _fresh(user, at):
        return AccessRefusal.SIGN_IN_AGAIN
    return None


def affordances(
    user: User, at: datetime, scene: Scene | None = None
) -> frozenset[Operation]:
    """Everything the user may do now, with this thing or with nothing in particular."""
    return frozenset(each for each in Operation if may(user, each, at, scene) is None)


def ever(roles: Iterable[Role], operation: Operation) -> bool:
    """Whether these roles can do this with some thing, at some moment."""
    held = frozenset(roles)
    return any(rule.role in held for rule in _RULES_OF.get(operation, ())) and (
        operation not in NEEDS_RECOGNISER or Role.RECOGNISER in held
    )


def _met(condition: Condition, user: User, scene: Scene) -> bool:
    match condition:
        case Condition.ALWAYS:
            return True
        case Condition.LEAVES:
            return scene.leaves
        case Condition.OWN:
            return scene.uploader_id == user.user_id


def _within(
    collection: "Collection", operation: Operation, user: User, scene: Scene
) -> bool:
    """Whether a collection lets its members' roles do it: a ceiling, never a gift."""
    if not collection.restricted:
        return True
    ceiling = collection.members.get(user.user_id)
    return ceiling in MEMBER_ROLES and any(
        rule.role is ceiling and _met(rule.condition, user, scene)
        for rule in _RULES_OF[operation]
    )


def _fresh(user: User, at: datetime) -> bool:
    """Signed in less than FRESH ago, and not in a future that no clock explains."""
    age = instant(at) - instant(user.signed_in_at)
    return -CLOCKS_APART <= age < FRESH
