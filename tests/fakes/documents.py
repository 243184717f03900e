"""Signed documents and scanned forms, in memory."""


class FakeDocuments:
    """Sealed bytes by document, and what came in by form."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}
        self.scans: dict[str, bytes] = {}

    def keep(self, quitclaim_id: str, sealed: bytes) -> bool:
        if quitclaim_id in self.kept:
            return False
        self.kept[quitclaim_id] = sealed
        return True

    def read(self, quitclaim_id: str) -> bytes | None:
        return self.kept.get(quitclaim_id)

    def upload_form(self, scan_id: str) -> tuple[str, dict[str, str]]:
        return "https://bucket.example.test", {"key": f"paper/{scan_id}"}

    def scan(self, scan_id: str) -> bytes | None:
        return self.scans.get(scan_id)

    def drop_signed(self, quitclaim_id: str) -> None:
        self.kept.pop(quitclaim_id, None)

    def drop_scan(self, scan_id: str) -> None:
        self.scans.pop(scan_id, None)
