"""Every mail that was sent, to be read: GET /_local/inbox.

AWS has no such thing: at AWS mail arrives. Here it is shown instead, the last one first,
each as its reader would see it, in plain text too, with its attachments. Two languages,
one stylesheet, no script, nothing from elsewhere; a mail is shown in a frame that may
load nothing and run nothing, and whose links open beside it.
"""

import base64
import html
import json
import re
from collections.abc import Awaitable, Callable, Iterator, Mapping, MutableMapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, quote, unquote

import ministack.app as server
from ministack.services import ses

from local.cloud.gaps import need

type Message = MutableMapping[str, Any]
type Receive = Callable[[], Awaitable[Message]]
type Send = Callable[[Message], Awaitable[None]]
type Application = Callable[[Message, Receive, Send], Awaitable[None]]
type Mail = Mapping[str, Any]

PATH = "/_local/inbox"
_PAGE = "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; base-uri 'none'"
_FRAMED = (
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; "
    "style-src 'unsafe-inline'; base-uri 'none'"
)
_STYLE = """
:root { color-scheme: light dark; font: 100%/1.5 system-ui, sans-serif; }
body { margin: 0 auto; max-width: 64rem; padding: 1rem; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: start; vertical-align: top; padding: .5rem .75rem .5rem 0;
  border-bottom: 1px solid GrayText; }
td.when { white-space: nowrap; }
dt { font-weight: 600; } dd { margin: 0 0 .5rem; }
iframe { width: 100%; height: 40rem; border: 1px solid GrayText; background: #fff; }
pre { white-space: pre-wrap; border: 1px solid GrayText; padding: 1rem; }
a:focus-visible, iframe:focus-visible { outline: 3px solid; outline-offset: 2px; }
@media (max-width: 40rem) { table, tbody, tr, td { display: block; border: 0; }
  tr { border-bottom: 1px solid GrayText; padding: .5rem 0; } td { padding: 0; }
  thead { position: absolute; left: -999em; } }
"""
_WORDS = {
    "en": {
        "inbox": "Inbox of the local cloud",
        "about": (
            "Every mail that was sent here, the last one first. None of them left this"
            " machine."
        ),
        "none": "No mail was sent yet.",
        "when": "Sent",
        "to": "To",
        "from": "From",
        "subject": "Subject",
        "attachments": "Attachments",
        "html": "As a mail program shows it",
        "text": "As plain text",
        "back": "Back to the inbox",
        "missing": "There is no such mail.",
        "tags": "Tags",
    },
    "nl": {
        "inbox": "Postvak van de lokale cloud",
        "about": (
            "Elke mail die hier is verzonden, de laatste bovenaan. Er is er geen van deze"
            " machine gegaan."
        ),
        "none": "Er is nog geen mail verzonden.",
        "when": "Verzonden",
        "to": "Aan",
        "from": "Van",
        "subject": "Onderwerp",
        "attachments": "Bijlagen",
        "html": "Zoals een mailprogramma haar toont",
        "text": "Als platte tekst",
        "back": "Terug naar het postvak",
        "missing": "Die mail is er niet.",
        "tags": "Labels",
    },
}


def serve() -> None:
    """Put the inbox before whatever else the server answers."""
    need(server, "app")
    need(ses, "_sent_emails")
    server.app = _serving_inbox(server.app)


def _serving_inbox(inner: Application) -> Application:
    async def app(scope: Message, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        if scope["type"] != "http" or not (path == PATH or path.startswith(f"{PATH}/")):
            await inner(scope, receive, send)
            return
        status, headers, body = _answer(scope, path.removeprefix(PATH).strip("/"))
        headers = {
            "cache-control": "no-store",
            "x-content-type-options": "nosniff",
            "referrer-policy": "no-referrer",
            **headers,
        }
        raw = [(name.encode(), value.encode()) for name, value in headers.items()]
        await send({"type": "http.response.start", "status": status, "headers": raw})
        await send({"type": "http.response.body", "body": body})

    return app


def _answer(scope: Message, rest: str) -> tuple[int, dict[str, str], bytes]:
    if scope["method"] not in ("GET", "HEAD"):
        return 405, {"allow": "GET"}, b""
    code = _language(scope)
    words = _WORDS[code]
    message_id, _, part = unquote(rest).partition("/")
    if not message_id:
        return _page(code, words["inbox"], _listed(code))
    mail = next((each for each in mails() if each["MessageId"] == message_id), None)
    files = mail.get("Attachments", []) if mail else []
    if mail is not None and not part:
        return _page(code, str(mail["Subject"]), _one(code, mail))
    if mail is not None and part == "html":
        return _framed(str(mail.get("BodyHtml") or ""))
    if part.isdigit() and int(part) < len(files):
        return _file(files[int(part)])
    _, headers, body = _page(code, words["missing"], _back(code))
    return 404, headers, body


def mails() -> list[Mail]:
    """Everything that was sent, by anybody, the last one first."""
    found = [mail for mails in _every_account() for mail in mails]
    return sorted(found, key=lambda mail: float(mail["Timestamp"]), reverse=True)


def _every_account() -> Iterator[list[Mail]]:
    for key, kept in list(ses._sent_emails.to_dict().items()):
        if key[-1] == "entries":
            yield list(kept)


def _language(scope: Message) -> str:
    asked = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("lang", [""])
    headers = dict(scope.get("headers") or [])
    liked = headers.get(b"accept-language", b"").decode("latin-1").lower()
    wanted = [
        asked[0],
        *(re.split(r"[;-]", each.strip())[0] for each in liked.split(",")),
    ]
    return next((each for each in wanted if each in _WORDS), "en")


def _page(code: str, title: str, body: str) -> tuple[int, dict[str, str], bytes]:
    whole = (
        f'<!doctype html><html lang="{code}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{_safe(title)}</title><style>{_STYLE}</style></head>"
        f"<body><main><h1>{_safe(title)}</h1>{body}</main></body></html>"
    )
    headers = {
        "content-type": "text/html; charset=utf-8",
        "content-security-policy": _PAGE,
    }
    return 200, headers, whole.encode()


def _listed(code: str) -> str:
    words = _WORDS[code]
    found = mails()
    if not found:
        return f"<p>{words['about']}</p><p>{words['none']}</p>"
    heads = "".join(f'<th scope="col">{words[w]}</th>' for w in ("when", "to", "subject"))
    rows = "".join(
        f'<tr><td class="when">{_when(mail)}</td><td>{_to(mail)}</td>'
        f'<td><a href="{_at(mail)}?lang={code}">{_safe(mail["Subject"])}</a></td></tr>'
        for mail in found
    )
    table = f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    return f"<p>{words['about']}</p>{table}"


def _one(code: str, mail: Mail) -> str:
    words = _WORDS[code]
    files = "".join(
        f'<li><a href="{_at(mail)}/{number}">{_safe(each["FileName"])}</a></li>'
        for number, each in enumerate(mail.get("Attachments", []))
    )
    facts = [
        (words["from"], _safe(mail["Source"])),
        (words["to"], _to(mail)),
        (words["when"], _when(mail)),
        (words["tags"], _safe(json.dumps(mail.get("Tags", {})))),
        (words["attachments"], f"<ul>{files}</ul>" if files else "-"),
    ]
    listed = "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in facts)
    shown = ""
    if mail.get("BodyHtml"):
        shown = (
            f"<h2>{words['html']}</h2>"
            f'<iframe title="{words["html"]}" src="{_at(mail)}/html"></iframe>'
        )
    return (
        f"{_back(code)}<dl>{listed}</dl>{shown}"
        f'<h2>{words["text"]}</h2><pre tabindex="0">{_safe(mail["BodyText"])}</pre>'
    )


def _framed(body: str) -> tuple[int, dict[str, str], bytes]:
    headers = {
        "content-type": "text/html; charset=utf-8",
        "content-security-policy": _FRAMED,
    }
    return 200, headers, body.encode()


def _file(file: Mapping[str, str]) -> tuple[int, dict[str, str], bytes]:
    name = re.sub(r"[^\w.-]", "_", file["FileName"])
    kind = file["ContentType"]
    # Shown as a file always: nothing that came in a mail runs on this page's address.
    headers = {
        "content-type": kind if kind == "application/pdf" else "application/octet-stream",
        "content-disposition": f'attachment; filename="{name}"',
        "content-security-policy": "sandbox; default-src 'none'",
    }
    return 200, headers, base64.b64decode(file["RawContent"])


def _back(code: str) -> str:
    return f'<p><a href="{PATH}?lang={code}">{_WORDS[code]["back"]}</a></p>'


def _at(mail: Mail) -> str:
    return f"{PATH}/{quote(str(mail['MessageId']), safe='')}"


def _to(mail: Mail) -> str:
    return _safe(", ".join(mail["To"]))


def _when(mail: Mail) -> str:
    at = datetime.fromtimestamp(float(mail["Timestamp"]), UTC)
    return f'<time datetime="{at.isoformat()}">{at:%Y-%m-%d %H:%M:%S} UTC</time>'


def _safe(value: object) -> str:
    return html.escape(str(value))
