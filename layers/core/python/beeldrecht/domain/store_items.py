"""What stands in the tables, kind by kind and attribute by attribute.

A line for each kind of item. `words` are identifiers, instants and words of our own
lists; `sealed` is opened by the person's own key alone; `personal` says something of
somebody by itself. A new attribute has to be put into one of the three here, by somebody
who thought about which.
"""

from .stores import DataCategory as C
from .stores import Erasing, Holding, Store, StoreEntry


def _item(
    store: Store,
    kind: str,
    erasing: Erasing,
    *categories: C,
    words: str = "",
    sealed: str = "",
    personal: str = "",
    about: str | None = None,
) -> StoreEntry:
    told = {
        Holding.OPAQUE: words,
        Holding.SEALED: sealed,
        Holding.PERSONAL: personal,
    }
    return StoreEntry(
        store,
        kind,
        erasing,
        frozenset(categories),
        {name: holding for holding, names in told.items() for name in names.split()},
        about,
    )


_LIBRARY = (
    _item(
        Store.LIBRARY,
        "asset",
        Erasing.WITH_PICTURE,
        C.DESCRIPTION,
        C.USER,
        words="announced_at asset_id attempts chain_id collection_ids decided_revision"
        " decision declaration declared_parts declared_sha256 declared_size"
        " declared_type detector_id duplicate_of edit_id ends_at face_count"
        " faces_complete import_id near_duplicates notes origin rejection release"
        " renditions replaced_at replaces revision session_id status uploader_id",
        personal="description description_before file_name original",
    ),
    _item(
        Store.LIBRARY,
        "face",
        Erasing.WITH_PICTURE,
        C.FACE_POSITION,
        words="asset_id face_id found_at mark",
        personal="geometry",
    ),
    _item(
        Store.LIBRARY,
        "film",
        Erasing.WITH_PICTURE,
        C.DESCRIPTION,
        words="asset_id",
        personal="told",
    ),
    _item(
        Store.LIBRARY,
        "film_frames",
        Erasing.WITH_PICTURE,
        C.FACE_POSITION,
        words="asset_id found_at",
        personal="seen",
    ),
    _item(
        Store.LIBRARY,
        "appearance",
        Erasing.DELETED,
        C.TRACE,
        words="asset_id band face_id person_id settled_at settled_by status",
        about="person_id",
    ),
    _item(
        Store.LIBRARY,
        "band",
        Erasing.WITH_PICTURE,
        C.PORTRAIT,
        words="asset_id",
        personal="perceptual_hash",
    ),
    _item(Store.LIBRARY, "asset_term", Erasing.WITH_PICTURE, C.TRACE, words="asset_id"),
    _item(Store.LIBRARY, "collected", Erasing.WITH_PICTURE, C.TRACE, words="asset_id"),
    # A file that goes is taken out of it; the last one takes it along.
    _item(
        Store.LIBRARY,
        "versions",
        Erasing.WITH_PICTURE,
        C.TRACE,
        C.USER,
        words="chain_id current files revision",
    ),
    _item(
        Store.LIBRARY,
        "retention",
        Erasing.NOBODYS,
        C.USER,
        words="changed_at changed_by chosen guard_share paused revision",
    ),
    _item(
        Store.LIBRARY,
        "retention_run",
        Erasing.LAPSES,
        C.TRACE,
        C.USER,
        words="above_guard applied attempts base_revision begun_at begun_by chosen"
        " confirmed_at confirmed_by cursor ended_at found guard_share page revision"
        " run_id run_kind state stepped_at",
    ),
    _item(
        Store.LIBRARY,
        "recognition",
        Erasing.NOBODYS,
        C.USER,
        words="assessment_id mode revision switched_at switched_by",
    ),
    # The registers are about what is done; who signed stands there by their account.
    _item(
        Store.LIBRARY, "governance", Erasing.NOBODYS, words="record_id register version"
    ),
    _item(
        Store.LIBRARY,
        "breach",
        Erasing.NOBODYS,
        C.USER,
        words="actor aware_at breach_id breach_kind categories end entries found_at"
        " people_count picture_count recorded_at recorded_by role start store",
        personal="description",
    ),
    _item(
        Store.LIBRARY,
        "breach_event",
        Erasing.NOBODYS,
        C.USER,
        words="at breach_id by event",
        personal="reason",
    ),
    # A breach stays on record (GDPR 33(5)); who is erased is in it as a pseudonym.
    _item(
        Store.LIBRARY,
        "breach_page",
        Erasing.PSEUDONYM,
        C.TRACE,
        words="breach_id identifiers",
    ),
    _item(
        Store.LIBRARY,
        "governance_version",
        Erasing.NOBODYS,
        C.USER,
        words="record_id register version written_at written_by",
        personal="answers title",
    ),
    _item(
        Store.LIBRARY,
        "governance_signature",
        Erasing.NOBODYS,
        C.USER,
        words="last_day record_id sha256 signed_at signed_by version",
    ),
    _item(
        Store.LIBRARY,
        "governance_revocation",
        Erasing.NOBODYS,
        C.USER,
        words="record_id revoked_at revoked_by",
        personal="reason",
    ),
    _item(Store.LIBRARY, "claim", Erasing.LAPSES, C.TRACE, words="made_id request"),
    _item(
        Store.LIBRARY,
        "collection",
        Erasing.NOBODYS,
        words="collection_id made_at parent_id restricted revision",
        personal="title",
    ),
    # Which files the index is, and identifiers of what changed: no words of anybody.
    _item(
        Store.LIBRARY,
        "search_base",
        Erasing.NOBODYS,
        words="files generation lease_id lease_until meta purged_in read_at",
    ),
    _item(Store.LIBRARY, "search_change", Erasing.LAPSES, C.TRACE, words="subject"),
    _item(
        Store.LIBRARY, "search_purge", Erasing.LAPSES, C.TRACE, words="erasure_id state"
    ),
    _item(
        Store.LIBRARY,
        "saved_search",
        Erasing.DELETED,
        C.USER,
        C.TRACE,
        words="made_at search_id",
        personal="asked title",
    ),
    _item(Store.LIBRARY, "member", Erasing.NOBODYS, C.USER, words="role user_id"),
    _item(
        Store.LIBRARY,
        "basis",
        Erasing.WITH_PICTURE,
        C.CONSENT,
        words="assessment_id assessment_sha256 asset_id basis_id basis_kind channel end"
        " person_id recorded_at recorded_by start",
        personal="died_on reference",
    ),
    _item(
        Store.LIBRARY,
        "basis_end",
        Erasing.WITH_PICTURE,
        C.CONSENT,
        words="asset_id basis_id ended_at",
    ),
    _item(
        Store.LIBRARY,
        "session",
        Erasing.NOBODYS,
        C.DESCRIPTION,
        words="attested_by basis basis_assessment_id basis_channels closed"
        " from_public_web head_count on revision session_id",
        personal="basis_reference photographer place title",
    ),
    _item(
        Store.LIBRARY,
        "roster",
        Erasing.DELETED,
        C.TRACE,
        words="person_id",
        about="person_id",
    ),
    _item(
        Store.LIBRARY,
        "proposal",
        Erasing.LAPSES,
        C.TRACE,
        C.USER,
        words="done_at open_until operation proposal_id proposed_at proposed_by"
        " settled_at settled_by status what",
    ),
    _item(
        Store.LIBRARY,
        "metadata_edit",
        Erasing.LAPSES,
        C.TRACE,
        C.USER,
        words="asset_ids edit_id made_at made_by",
    ),
    # An archive on its way in, and which pictures it brought: for a while.
    _item(
        Store.LIBRARY,
        "import",
        Erasing.LAPSES,
        C.USER,
        words="basis begun_at begun_by collection_id file_count import_id origin"
        " session_id stopped_at",
        personal="title",
    ),
    _item(
        Store.LIBRARY,
        "imported_file",
        Erasing.LAPSES,
        C.TRACE,
        words="announced_at asset_id import_id",
    ),
    _item(
        Store.LIBRARY,
        "import_count",
        Erasing.LAPSES,
        C.TRACE,
        words="announced announced_at embargoed import_id ready rejected released",
    ),
    _item(
        Store.LIBRARY,
        "disclosure",
        Erasing.WITH_PICTURE,
        C.DISCLOSURE,
        C.USER,
        words="asset_id channel disclosed_at disclosure_id disclosure_kind masked place"
        " recipient_id rendition revision",
        about="recipient_id",
    ),
    _item(
        Store.LIBRARY,
        "recall",
        Erasing.LAPSES,
        C.DISCLOSURE,
        C.USER,
        words="acknowledged_at acknowledged_by asset_id channels fact_id next_at"
        " opened_at outside reason recall_id recipient_id reminders state told_at",
    ),
    # Who ran it where is a title that somebody typed; it goes with the picture.
    _item(
        Store.LIBRARY,
        "publication",
        Erasing.WITH_PICTURE,
        C.DISCLOSURE,
        C.USER,
        words="asset_id channel ended_at from_at made_at made_by place publication_id"
        " ready_size responsible_id until_at way",
        personal="where",
    ),
    _item(
        Store.LIBRARY,
        "publication_shown",
        Erasing.WITH_PICTURE,
        C.DISCLOSURE,
        words="publication_id times",
    ),
    # Pictures in one file for a day: which they are, and how each was put in.
    _item(
        Store.LIBRARY,
        "package",
        Erasing.LAPSES,
        C.DISCLOSURE,
        C.USER,
        words="asset_ids channel done dropped_at file_size language left_out made_at"
        " made_by make maker maker_until package_id place ready_at",
    ),
    _item(
        Store.LIBRARY,
        "packed",
        Erasing.WITH_PICTURE,
        C.DISCLOSURE,
        words="as_file asset_id covered described package_id version_id",
    ),
    # Who receives it is nobody who is portrayed, and sealed with a key that ends.
    _item(
        Store.LIBRARY,
        "share",
        Erasing.LAPSES,
        C.DISCLOSURE,
        C.CONTACT,
        C.USER,
        words="asset_ids channel collection_id created_at created_by downloads"
        " max_downloads"
        " password_hash place recipient_id revoked_at share_id way works_until",
        sealed="sealed",
    ),
)

_CONSENT = (
    _item(
        Store.CONSENT,
        "person",
        Erasing.DELETED,
        C.IDENTITY,
        words="added_at person_id",
        sealed="sealed_name",
        about="person_id",
    ),
    _item(
        Store.CONSENT,
        "quitclaim",
        Erasing.DELETED,
        C.CONSENT,
        words="guardian language person_id quitclaim_id replaces request_id session_id"
        " signed_at signed_on wording_sha256 wording_version",
        about="person_id",
    ),
    _item(
        Store.CONSENT,
        "grant",
        Erasing.DELETED,
        C.CONSENT,
        words="channels end ends_with_age grant_id grant_kind last_day person_id places"
        " quitclaim_id start",
        about="person_id",
    ),
    _item(
        Store.CONSENT,
        "withdrawal",
        Erasing.DELETED,
        C.CONSENT,
        words="effective_at grant_id person_id withdrawal_id",
        about="person_id",
    ),
    _item(
        Store.CONSENT,
        "restriction",
        Erasing.DELETED,
        C.REQUEST,
        words="end restriction_id restriction_kind start subject_id",
        about="subject_id",
    ),
    _item(
        Store.CONSENT,
        "enrolment",
        Erasing.DELETED,
        C.CONSENT,
        words="enrolment_id subject_id",
        about="subject_id",
    ),
    _item(
        Store.CONSENT,
        "lift",
        Erasing.DELETED,
        C.REQUEST,
        words="lifted_at restriction_id subject_id",
        about="subject_id",
    ),
    _item(
        Store.CONSENT,
        "mail",
        Erasing.DELETED,
        C.CORRESPONDENCE,
        words="about claimed_at created_at mail_id mail_kind message_id reason sent_at"
        " settled_at state to to_staff",
        about="to",
    ),
    _item(
        Store.CONSENT,
        "mail_of",
        Erasing.DELETED,
        C.CORRESPONDENCE,
        words="mail_id person_id",
        about="person_id",
    ),
    _item(
        Store.CONSENT,
        "request",
        Erasing.DELETED,
        C.REQUEST,
        words="asked_at asked_by delivery ends_at language person_id pictures"
        " quitclaim_id request_id session_id settled_at state wording",
        personal="photographer",
        about="person_id",
    ),
    _item(
        Store.CONSENT,
        "request_of",
        Erasing.DELETED,
        C.REQUEST,
        words="person_id request_id",
        about="person_id",
    ),
    _item(Store.CONSENT, "task", Erasing.DELETED, words="kept_at request_id token"),
    _item(
        Store.CONSENT,
        "contact",
        Erasing.DELETED,
        C.CONTACT,
        words="entry_id note_at note_mail_id note_state person_id put_at",
        sealed="sealed",
        about="person_id",
    ),
    _item(
        Store.CONSENT,
        "link",
        Erasing.DELETED,
        C.TRACE,
        words="about created_at created_by ends_at link_id max_uses purpose revoked_at"
        " subject_id used_at uses",
        about="subject_id",
    ),
    _item(
        Store.CONSENT,
        "evidence",
        Erasing.PROOF,
        C.SIGNATURE,
        C.IDENTITY,
        words="person_id quitclaim_id",
        sealed="sealed",
        about="person_id",
    ),
    _item(
        Store.CONSENT,
        "document",
        Erasing.PROOF,
        C.SIGNATURE,
        words="person_id quitclaim_id sha256",
        about="person_id",
    ),
    _item(
        Store.CONSENT,
        "subject_request",
        Erasing.DELETED,
        C.REQUEST,
        words="asked_at asset_id decided_at decided_by due_at entered_by extended_at"
        " extended_by extended_months face_id identity identity_at identity_by"
        " lift_told lifted_at lifted_by lifts_from person_id received request_id"
        " request_kind state",
        sealed="sealed_details sealed_extension sealed_lifting sealed_reason",
        about="person_id",
    ),
    _item(
        Store.CONSENT,
        "subject_request_of",
        Erasing.DELETED,
        C.REQUEST,
        words="person_id request_id",
        about="person_id",
    ),
    _item(
        Store.CONSENT,
        "export",
        Erasing.DELETED,
        C.REQUEST,
        words="begun_at begun_by ends_at export_id fetched fetched_at left_out packed_at"
        " person_id pictures request_id sha256 size",
        about="person_id",
    ),
    _item(
        Store.CONSENT,
        "export_of",
        Erasing.DELETED,
        C.REQUEST,
        words="export_id person_id",
        about="person_id",
    ),
    _item(
        Store.CONSENT,
        "erasure",
        Erasing.PSEUDONYM,
        C.REQUEST,
        C.USER,
        words="asset_id begun_at begun_by confirmed_at confirmed_by ended_at erasure_id"
        " looks person_id reason request_id state token",
        about="person_id",
    ),
    _item(
        Store.CONSENT,
        "picture_erasure",
        Erasing.PSEUDONYM,
        C.REQUEST,
        C.USER,
        words="asset_id begun_at begun_by confirmed_at confirmed_by ended_at erasure_id"
        " looks person_id reason request_id state token",
    ),
    _item(
        Store.CONSENT,
        "erasure_of",
        Erasing.PSEUDONYM,
        C.REQUEST,
        words="erasure_id subject_id",
        about="subject_id",
    ),
    _item(
        Store.CONSENT,
        "erasure_plan",
        Erasing.PSEUDONYM,
        C.REQUEST,
        words="collected_at erasure_id found keep_proof",
    ),
    _item(
        Store.CONSENT,
        "erasure_picture",
        Erasing.PSEUDONYM,
        C.REQUEST,
        words="asset_id done erasure_id face_ids others outcome released",
    ),
    # Of what was signed, as long as its proof is kept: the id alone.
    _item(
        Store.CONSENT,
        "erasure_proof",
        Erasing.PSEUDONYM,
        C.REQUEST,
        words="erasure_id quitclaim_id",
    ),
    # Where a name stood in a text, and never what: the digest is of the text without it.
    _item(
        Store.CONSENT,
        "erasure_text",
        Erasing.PSEUDONYM,
        C.REQUEST,
        words="at_pk at_sk digest done erasure_id outcome path reason spans store"
        " text_id what",
    ),
    _item(
        Store.CONSENT,
        "erasure_receipt",
        Erasing.PSEUDONYM,
        words="erasure_id found remains removed store what why",
    ),
    _item(Store.CONSENT, "wording", Erasing.NOBODYS, words="version wording_id"),
    _item(
        Store.CONSENT,
        "wording_version",
        Erasing.NOBODYS,
        C.USER,
        words="created_at created_by offer texts version wording_id",
    ),
)

_SEALING = (
    _item(
        Store.BIOMETRICS,
        "template",
        Erasing.DELETED,
        C.BIOMETRIC,
        words="enrolled_at model_id rotation_id",
        sealed="sealed",
    ),
    # By which secret templates are turned: of the deployment, and of nobody.
    _item(
        Store.BIOMETRICS,
        "rotation",
        Erasing.NOBODYS,
        words="made_at rotation_id wrapped",
    ),
    _item(
        Store.BIOMETRICS,
        "rotation_now",
        Erasing.NOBODYS,
        words="before rotation_id switched_at",
    ),
    _item(
        Store.BIOMETRICS,
        "key",
        Erasing.KEY_DESTROYED,
        C.BIOMETRIC,
        words="made_at",
        sealed="wrapped",
    ),
    _item(
        Store.KEYS,
        "key",
        Erasing.KEY_DESTROYED,
        C.IDENTITY,
        C.CONTACT,
        sealed="wrapped",
    ),
)

_PROOF = (
    _item(
        Store.KEYS,
        "proof_key",
        Erasing.PROOF,
        C.SIGNATURE,
        sealed="wrapped",
    ),
)

_OTHERS = (
    _item(Store.LIMITS, "bucket", Erasing.LAPSES, C.TRACE, words="full_at"),
    _item(
        Store.AUDIT,
        "entry",
        Erasing.PSEUDONYM,
        C.TRACE,
        C.USER,
        words="actor data day digest entry_id previous subject tag time",
    ),
    _item(
        Store.AUDIT,
        "once",
        Erasing.PSEUDONYM,
        C.TRACE,
        words="day place subject time",
    ),
    _item(
        Store.AUDIT,
        "ledger_entry",
        Erasing.PSEUDONYM,
        C.TRACE,
        words="asset_id at day erasure_id pages person_id proof_kept subject text_pages"
        " time",
    ),
    _item(
        Store.AUDIT,
        "ledger_pictures",
        Erasing.PSEUDONYM,
        C.TRACE,
        words="day pictures subject time",
    ),
    _item(
        Store.AUDIT,
        "ledger_texts",
        Erasing.PSEUDONYM,
        C.TRACE,
        words="day subject texts time",
    ),
    _item(
        Store.AUDIT,
        "ledger_of",
        Erasing.PSEUDONYM,
        C.TRACE,
        words="day number subject time",
    ),
    _item(
        Store.AUDIT,
        "ledger_done",
        Erasing.PSEUDONYM,
        C.TRACE,
        words="at day subject time",
    ),
    _item(Store.LIBRARY, "erased_mark", Erasing.NOBODYS, words="at"),
    _item(Store.CONSENT, "erased_mark", Erasing.NOBODYS, words="at"),
)

ITEMS: tuple[StoreEntry, ...] = (*_LIBRARY, *_CONSENT, *_SEALING, *_PROOF, *_OTHERS)
"""Every kind of item of every table."""
