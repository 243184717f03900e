"""Every key of every table, in one place.

library    ASSET#<asset>     META                           by_lookup DIGEST#<sha256>
                             FACE#<face>                    by_work   WORK#<status> / when
                             APPEARANCE#<face>#<person>     by_lookup PERSON#<person>
           BAND#<n>:<hex>    ASSET#<asset>
           SESSION#<session> META
                             ROSTER#<person>
           SETTINGS          RECOGNITION
           CLAIM#<digest>    META
           COLLECTION#<id>   META                           by_work   WORK#collection
                             MEMBER#<user>
           PROPOSAL#<id>     META                           by_work   WORK#proposal
consent    PERSON#<person>   META                           by_lookup PEOPLE / when
                             QUITCLAIM#<quitclaim>
                             GRANT#<grant>
                             WITHDRAWAL#<withdrawal>
           SUBJECT#<id>      RESTRICTION#<restriction>
           LINK#<digest>     META                           by_lookup PERSON#<person>
biometrics PERSON#<person>   KEY#biometric
                             TEMPLATE#<model>
keys       PERSON#<person>   KEY#contact
limits     BUCKET#<digest>   META
audit      CHAIN#<shard>     ENTRY#<number>                 by_subject <subject> / sk
                                                            by_day     <day>#<part> / time
                             ONCE#<subject>#<entry id>
"""

META = "META"
FACE = "FACE#"
APPEARANCE = "APPEARANCE#"
ROSTER = "ROSTER#"
MEMBER = "MEMBER#"
QUITCLAIM = "QUITCLAIM#"
GRANT = "GRANT#"
WITHDRAWAL = "WITHDRAWAL#"
RESTRICTION = "RESTRICTION#"
KEY = "KEY#"
TEMPLATE = "TEMPLATE#"
CHAIN = "CHAIN#"
ENTRY = "ENTRY#"
ONCE = "ONCE#"
SETTINGS = "SETTINGS"
RECOGNITION = "RECOGNITION"
PEOPLE = "PEOPLE"
LINK = "LINK#"


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


def member(user_id: str) -> str:
    """Sort key of a member within a collection."""
    return f"{MEMBER}{user_id}"


def proposal(proposal_id: str) -> str:
    """Partition of what waits for a second person."""
    return f"PROPOSAL#{proposal_id}"


def link(digest: str) -> str:
    """Partition of a link, by its token's digest; by its id, its place in the look-up."""
    return f"{LINK}{digest}"


def bucket(digest: str) -> str:
    """Partition of one bucket of tokens."""
    return f"BUCKET#{digest}"


def chain(shard: str) -> str:
    """Partition of one audit chain."""
    return f"{CHAIN}{shard}"


def once(subject: str, entry_id: str) -> str:
    """Sort key of the mark that this entry was written."""
    return f"{ONCE}{subject}#{entry_id}"
