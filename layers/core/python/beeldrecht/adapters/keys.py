"""Every key of every table, in one place.

library    ASSET#<asset>     META                           by_lookup DIGEST#<sha256>
                             FACE#<face>                    by_work   WORK#<status> / when
                             APPEARANCE#<face>#<person>     by_lookup PERSON#<person>
                             TERM
                             FILM
                             FRAMES
                             COLLECTED#<id>                 by_lookup COLLECTED#<id>
           BAND#<n>:<hex>    ASSET#<asset>
           SESSION#<session> META                           by_work   WORK#session
                             ROSTER#<person>
           SETTINGS          RECOGNITION
                             RETENTION
           RETENTION#<run>   META                           by_work   WORK#retention
           CLAIM#<digest>    META
           COLLECTION#<id>   META                           by_work   WORK#collection
                                                            by_lookup WITHIN#<collection>
                             MEMBER#<user>
           PROPOSAL#<id>     META                           by_work   WORK#proposal
           EDIT#<edit>       META
           IMPORT#<import>   META                           by_lookup IMPORTS#<user>
                             FILE#<asset>
                             COUNT#<part>
           BASES#<asset>     BASIS#<basis>                  by_lookup ASSESSMENT#<id>
                             END#<basis>
           RECORD#<record>   META                           by_lookup REGISTER#<kind>
                             VERSION#<number>
                             SIGNATURE#<number>
                             REVOCATION
           BREACH#<breach>   META                           by_lookup REGISTER#breach
                             EVENT#<event>
                             PEOPLE#<page>, PICTURES#<page>
           DISCLOSED#<asset> DISCLOSURE#<at>#<id>           by_lookup PUBLIC#<public id>
                             PUBLICATION#<id>               by_lookup PUBLICATION#<id>
                                                            by_work   WORK#publication
                             SHOWN#<id>#<day>
                             PACKAGE#<package>
           PACKAGE#<id>      META
           SHARE#<share>     META                           by_work   WORK#share
           RECALL#<recall>   META                           by_lookup DISCLOSED#<asset>
                                                            by_work   WORK#recall_<state>
           SEARCH            BASE
           SEARCH#CHANGES    <when>#<what>
           SEARCH#PURGES     <asset>
           SEARCHES#<user>   SAVED#<search>
           VERSIONS#<chain>  META
consent    PERSON#<person>   META                           by_lookup PEOPLE / when
                             QUITCLAIM#<quitclaim>          by_lookup FACTS#<day> / when
                             GRANT#<grant>                  by_lookup ENDS#<month>
                             WITHDRAWAL#<withdrawal>        by_lookup FACTS#<day>
           SUBJECT#<id>      RESTRICTION#<restriction>      by_lookup FACTS#<day>
                             LIFT#<restriction>             by_lookup FACTS#<day>
                             ERASURE#<erasure>              by_lookup FACTS#<day>
                             PICTURE_ERASURE#<erasure>      by_lookup FACTS#<day>
                             ENROLMENT#<enrolment>          by_lookup FACTS#<day>
           ERASURE#<erasure> META                           by_lookup ERASURES#<state>
                             PLAN
                             PICTURE#<asset>
                             RECEIPT#<store>/<what>
           LINK#<digest>     META                           by_lookup PERSON#<person>
           EVIDENCE#<id>     META
                             DOCUMENT
           REQUEST#<id>      META                           by_lookup REQUESTS#<state>
                             TASK
           ASKED#<id>        META                           by_lookup ASKED#<state>
           MAIL#<mail>       META                           by_lookup MAILS / since
           EXPORT#<export>   META                           by_lookup EXPORTS / when
           WORDING#<wording> META                           by_lookup WORDINGS
                             VERSION#<number>
           DOSSIER#<person>  CONTACT
                             REQUEST#<id>                   by_lookup REQUESTS
                             ASKED#<id>                     by_lookup ASKED
                             MAIL#<mail>
                             EXPORT#<export>                by_lookup FACTS#<day>
biometrics PERSON#<person>   KEY#biometric
                             TEMPLATE#<model>
           ROTATIONS         NOW
                             ROTATION#<rotation>
keys       PERSON#<person>   KEY#contact
limits     BUCKET#<digest>   META
audit      CHAIN#<shard>     ENTRY#<number>                 by_subject <subject> / sk
                                                            by_day     <day>#<part> / time
                             ONCE#<subject>#<entry id>
           LEDGER            ENTRY#<number>, OF#<erasure>, DONE#<number>
           LEDGER#<erasure>  PICTURES#<page>

`library` and `consent` hold LEDGER / ERASED#<number> as well: that this erasure of the
ledger was carried out on the table as it is.

A stream of `consent` tells what an item is by its `kind`: person, quitclaim, grant,
withdrawal, restriction, lift, link, evidence, document, request, task, subject_request,
mail, wording, wording_version, contact; and of a dossier's pointers: request_of,
subject_request_of, mail_of, export_of. Its ids are attributes of their own:

quitclaim         person_id, quitclaim_id; request_id, session_id, replaces where they are
grant             person_id, grant_id, quitclaim_id
withdrawal        person_id, withdrawal_id, grant_id
restriction       subject_id (a person or an asset), restriction_id
lift              subject_id, restriction_id
enrolment         subject_id, enrolment_id
request           person_id, request_id, state (`asked`, then what came of it), delivery
subject_request   person_id, request_id, state, request_kind
mail              mail_id, state (`waiting` when new), mail_kind, to
document          person_id, quitclaim_id
contact           person_id
export            person_id, export_id, request_id
"""

from datetime import UTC, datetime

META = "META"
FILM = "FILM"
FRAMES = "FRAMES"
FACE = "FACE#"
APPEARANCE = "APPEARANCE#"
ROSTER = "ROSTER#"
MEMBER = "MEMBER#"
QUITCLAIM = "QUITCLAIM#"
GRANT = "GRANT#"
WITHDRAWAL = "WITHDRAWAL#"
RESTRICTION = "RESTRICTION#"
LIFT = "LIFT#"
KEY = "KEY#"
TEMPLATE = "TEMPLATE#"
ROTATIONS = "ROTATIONS"
ROTATION = "ROTATION#"
ROTATION_NOW = "NOW"
CHAIN = "CHAIN#"
ENTRY = "ENTRY#"
ONCE = "ONCE#"
LEDGER = "LEDGER"
LEDGER_OF = "OF#"
LEDGER_DONE = "DONE#"
LEDGER_PICTURES = "PICTURES#"
ERASED = "ERASED#"
SETTINGS = "SETTINGS"
RECOGNITION = "RECOGNITION"
RETENTION = "RETENTION"
TERM = "TERM"
PEOPLE = "PEOPLE"
LINK = "LINK#"
DOCUMENT = "DOCUMENT"
TASK = "TASK"
CONTACT = "CONTACT"
VERSION = "VERSION#"
BASIS = "BASIS#"
SIGNATURE = "SIGNATURE#"
REVOCATION = "REVOCATION"
EVENT = "EVENT#"
FILE = "FILE#"
COUNT = "COUNT#"
END = "END#"
DISCLOSURE = "DISCLOSURE#"
PUBLIC = "PUBLIC#"
PUBLICATION = "PUBLICATION#"
REQUEST = "REQUEST#"
REQUESTS = "REQUESTS"
ASKED = "ASKED#"
ASKED_OF_US = "ASKED"
MAIL = "MAIL#"
MAILS = "MAILS"
ERASURE = "ERASURE#"
PICTURE_ERASURE = "PICTURE_ERASURE#"
ENROLMENT = "ENROLMENT#"
PLAN = "PLAN"
PICTURE = "PICTURE#"
RECEIPT = "RECEIPT#"
TEXT = "TEXT#"
PROOF = "PROOF#"
EXPORT = "EXPORT#"
EXPORTS = "EXPORTS"
WORDINGS = "WORDINGS"


def retention_run(run_id: str) -> str:
    """Partition of a run over what is kept."""
    return f"{RETENTION}#{run_id}"


def asset(asset_id: str) -> str:
    """Partition of an asset."""
    return f"ASSET#{asset_id}"


def face(face_id: str) -> str:
    """Sort key of a face within its asset."""
    return f"{FACE}{face_id}"


def appearance(face_id: str, person_id: str) -> str:
    """Sort key of a person in a face: one item for each pair."""
    return f"{APPEARANCE}{face_id}#{person_id}"


def digest(sha256: str) -> str:
    """Look-up of exact duplicates."""
    return f"DIGEST#{sha256}"


def band(value: str) -> str:
    """Partition of the pictures that share a quarter of their perceptual hash."""
    return f"BAND#{value}"


def work(status: str) -> str:
    """Work list of everything in one status, by when it wants looking at."""
    return f"WORK#{status}"


def session(session_id: str) -> str:
    """Partition of a session."""
    return f"SESSION#{session_id}"


def person(person_id: str) -> str:
    """Partition of a person; also the look-up of where that person appears."""
    return f"PERSON#{person_id}"


def subject(subject_id: str) -> str:
    """Partition of what freezes a person or an asset."""
    return f"SUBJECT#{subject_id}"


def claim(name: str) -> str:
    """Partition of one creation that counts once."""
    return f"CLAIM#{name}"


def collection(collection_id: str) -> str:
    """Partition of a collection."""
    return f"COLLECTION#{collection_id}"


def within(collection_id: str) -> str:
    """What stands in a collection, in the index."""
    return f"WITHIN#{collection_id}"


def collected(collection_id: str) -> str:
    """Sort key of a picture's being in a collection; also the list of what is in it."""
    return f"COLLECTED#{collection_id}"


def searches(user_id: str) -> str:
    """Partition of what somebody looks for more often."""
    return f"SEARCHES#{user_id}"


def versions(chain_id: str) -> str:
    """Partition of the files of one picture, one after the other."""
    return f"VERSIONS#{chain_id}"


def member(user_id: str) -> str:
    """Sort key of a member within a collection."""
    return f"{MEMBER}{user_id}"


def archive_import(import_id: str) -> str:
    """Partition of an archive on its way in, and of what it brought."""
    return f"IMPORT#{import_id}"


def imports_of(user_id: str) -> str:
    """Look-up of the imports that somebody began."""
    return f"IMPORTS#{user_id}"


def edit(edit_id: str) -> str:
    """Partition of an edit of what is said of several pictures."""
    return f"EDIT#{edit_id}"


def proposal(proposal_id: str) -> str:
    """Partition of what waits for a second person."""
    return f"PROPOSAL#{proposal_id}"


def link(digest: str) -> str:
    """Partition of a link, by its token's digest; by its id, its place in the look-up."""
    return f"{LINK}{digest}"


def ends(at: datetime) -> str:
    """Look-up of what ends in one month of UTC."""
    return f"ENDS#{at.astimezone(UTC):%Y-%m}"


def facts(at: datetime) -> str:
    """Look-up of what was put on record on one day of UTC, for who follows the record."""
    return f"FACTS#{at.astimezone(UTC):%Y-%m-%d}"


def evidence(quitclaim_id: str) -> str:
    """Partition of what proves a signature, away from what decisions read."""
    return f"EVIDENCE#{quitclaim_id}"


def dossier(person_id: str) -> str:
    """Partition of what somebody was asked, asked and was told; decisions need none."""
    return f"DOSSIER#{person_id}"


def request(request_id: str) -> str:
    """Partition of a consent request; in its person's dossier, the sort key."""
    return f"{REQUEST}{request_id}"


def requests(state: str) -> str:
    """Look-up of the consent requests in one state."""
    return f"{REQUESTS}#{state}"


def asked(request_id: str) -> str:
    """Partition of a subject request; in its person's dossier, the sort key."""
    return f"{ASKED}{request_id}"


def asked_in(state: str) -> str:
    """Look-up of the subject requests in one state."""
    return f"{ASKED_OF_US}#{state}"


def mail(mail_id: str) -> str:
    """Partition of a mail; in its person's dossier, the sort key."""
    return f"{MAIL}{mail_id}"


def export(export_id: str) -> str:
    """Partition of an export's pointer; in its person's dossier, the sort key."""
    return f"{EXPORT}{export_id}"


def erasure(erasure_id: str) -> str:
    """Partition of an erasure, with its plan and its receipts."""
    return f"{ERASURE}{erasure_id}"


def erasures(state: str) -> str:
    """Look-up of the erasures in one state."""
    return f"ERASURES#{state}"


def picture(asset_id: str) -> str:
    """Sort key of a picture within the plan of an erasure."""
    return f"{PICTURE}{asset_id}"


def wording(wording_id: str) -> str:
    """Partition of a wording with its versions."""
    return f"WORDING#{wording_id}"


def version(number: int) -> str:
    """Sort key of a version, in the order of their numbers."""
    return f"{VERSION}{number:06d}"


def record(record_id: str) -> str:
    """Partition of a record of governance with its versions and signatures."""
    return f"RECORD#{record_id}"


def register(kind: str) -> str:
    """Look-up of the records of one kind."""
    return f"REGISTER#{kind}"


def weighed(record_id: str) -> str:
    """Look-up of the bases that rest on an assessment."""
    return f"ASSESSMENT#{record_id}"


def breach(breach_id: str) -> str:
    """Partition of a breach, or of a drill, with whom it touches."""
    return f"BREACH#{breach_id}"


def touched(what: str, page: int) -> str:
    """Sort key of one page of the people or pictures that a breach touches."""
    return f"{what}#{page:06d}"


def signature(number: int) -> str:
    """Sort key of the signature under a version, in the order of their numbers."""
    return f"{SIGNATURE}{number:06d}"


def bases(asset_id: str) -> str:
    """Partition of the legal bases of an asset."""
    return f"BASES#{asset_id}"


def disclosed(asset_id: str) -> str:
    """Partition of the copies of an asset that left; the look-up of its recalls too."""
    return f"DISCLOSED#{asset_id}"


def published(public: str) -> str:
    """Look-up of what left, by the name that a picture has outside; and publications."""
    return f"{PUBLIC}{public}"


def publication(publication_id: str) -> str:
    """Sort key of a publication beside the copies of its asset; its look-up as well."""
    return f"{PUBLICATION}{publication_id}"


def shown(publication_id: str, day: str) -> str:
    """Sort key of how often an embed was shown on a day."""
    return f"SHOWN#{publication_id}#{day}"


def package(package_id: str) -> str:
    """Partition of a package; beside the copies of an asset, its sort key."""
    return f"PACKAGE#{package_id}"


def share(share_id: str) -> str:
    """Partition of a share."""
    return f"SHARE#{share_id}"


def recall(recall_id: str) -> str:
    """Partition of a recall."""
    return f"RECALL#{recall_id}"


def bucket(digest: str) -> str:
    """Partition of one bucket of tokens."""
    return f"BUCKET#{digest}"


def chain(shard: str) -> str:
    """Partition of one audit chain."""
    return f"{CHAIN}{shard}"


def once(subject: str, entry_id: str) -> str:
    """Sort key of the mark that this entry was written."""
    return f"{ONCE}{subject}#{entry_id}"


def erased_pictures(erasure_id: str) -> str:
    """Partition of what an erasure of the ledger does to pictures, page by page."""
    return f"{LEDGER}#{erasure_id}"
