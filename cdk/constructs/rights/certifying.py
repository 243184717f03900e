"""What certifying an erasure takes: the key that signs, and a place to keep it."""

from cdk.constructs.buckets import CERTIFICATES_PREFIX
from cdk.constructs.stage import StageFunctions
from cdk.constructs.stores import Stores


def grant(functions: StageFunctions, stores: Stores) -> None:
    """Give each function what it does its work with, and no more."""
    certify, tables = functions["CertifyErasure"], stores.tables
    # How long proof is kept, and the mark that the erasure shows in this table.
    tables.library.grant_read(certify, "GetItem", "Query")
    tables.library.grant_within(certify, "PutItem", "LEDGER")
    tables.consent.grant_read(certify, "GetItem", "Query")
    tables.consent.grant_within(certify, "PutItem", "LEDGER")
    tables.consent.grant_within(certify, "UpdateItem", "ERASURE#")
    tables.audit.grant_append(certify)
    tables.audit.grant_get(certify)
    stores.buckets.documents.grant_put(certify, CERTIFICATES_PREFIX)
    stores.buckets.documents.grant_read(certify, CERTIFICATES_PREFIX)
    stores.certificate_key.grant_sign(certify)
