"""Commands `shares`, `publications` and `package`: pictures for others than ourselves."""

import argparse
import getpass
import time
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, Final

from beeldrecht.domain.channel_renditions import FileFormat, ReadySize
from beeldrecht.domain.channels import Channel, Place
from beeldrecht.domain.ids import new_id
from beeldrecht.domain.packages import PackageState
from beeldrecht.domain.time import midnight
from cli import choosing
from cli.desk import DONE, NOT_DONE, Desk
from cli.fetching import FileThereError, save
from cli.looking import asset_meant
from cli.names import short
from cli.people import KNOWN
from cli.typed import day_in
from cli.words import channel_name, moment, say

SHARES, PUBLICATIONS, EMBEDS = "/v1/shares", "/v1/publications", "/v1/embeds"
PACKAGES: Final = "/v1/packages"
_PAUSE: Final = 1.0
"""Seconds between two looks at how far a package is."""
_PAGE = 100
_CHANNELS = [each.value for each in Channel]


def add_arguments(
    sharing: argparse.ArgumentParser,
    publishing: argparse.ArgumentParser,
    packing: argparse.ArgumentParser,
    language: str,
) -> None:
    """Explain what can be typed behind `shares`, `publications` and `package`."""

    def text(key: str) -> str:
        return say(f"help_{key}", language)

    def use(each: argparse.ArgumentParser) -> None:
        each.add_argument("--channel", choices=_CHANNELS, required=True, help=text("use"))
        places = [place.value for place in Place]
        each.add_argument("--place", choices=places, help=text("use_place"))

    def which(each: argparse.ArgumentParser) -> None:
        each.add_argument("assets", nargs="*", metavar="ASSET", help=text("asset"))
        each.add_argument("--collection", metavar="ID", help=text("use_collection"))

    sharing.set_defaults(act=None)
    acts = sharing.add_subparsers(dest="act", metavar="ACT")
    new = acts.add_parser("new", help=text("shares_new"))
    which(new)
    use(new)
    new.add_argument("--until", type=day_in(language), help=text("shares_until"))
    new.add_argument("--fetch", action="store_true", help=text("shares_fetch"))
    new.add_argument("--most", type=int, help=text("shares_most"))
    new.add_argument("--password", action="store_true", help=text("shares_password"))
    new.add_argument("--name", help=text("shares_name"))
    new.add_argument("--email", help=text("shares_email"))
    new.add_argument("--speaks", choices=("nl", "en", "de", "fr"), help=text("speaks"))
    revoke = acts.add_parser("revoke", help=text("shares_revoke"))
    revoke.add_argument("share", metavar="SHARE", help=text("shares_share"))

    publishing.set_defaults(act=None)
    publishing.add_argument("--asset", metavar="ASSET", help=text("asset"))
    acts = publishing.add_subparsers(dest="act", metavar="ACT")
    for name in ("new", "embed"):
        made = acts.add_parser(name, help=text(f"publications_{name}"))
        made.add_argument("asset", metavar="ASSET", help=text("asset"))
        made.add_argument("where", metavar="WHERE", help=text("publications_where"))
        use(made)
        made.add_argument("--until", type=day_in(language), help=text("shares_until"))
    end = acts.add_parser("end", help=text("publications_end"))
    end.add_argument("publication", metavar="PUBLICATION", help=text("publications_one"))

    which(packing)
    use(packing)
    for name, values in (("size", ReadySize), ("format", FileFormat)):
        packing.add_argument(
            f"--{name}", choices=[v.value for v in values], help=text(f"download_{name}")
        )
    packing.add_argument("--to", type=Path, required=True, help=text("package_to"))


def shares(desk: Desk, given: argparse.Namespace) -> int:
    """List what is shared, share pictures, or take a share back."""
    if given.act == "new":
        return _share(desk, given)
    if given.act == "revoke":
        share_id = _meant(desk, given.share, SHARES, "share_id", "error_unknown_share")
        desk.api.delete(f"{SHARES}/{share_id}")
        desk.print("share_revoked", id=short(share_id))
        return DONE
    found = list(islice(desk.api.each(SHARES, "items", limit=_PAGE), KNOWN))
    for each in found:
        told = {
            "id": short(each["share_id"]),
            "channel": channel_name(Channel(each["channel"]), desk.language),
            "day": _moment(desk, each["expires_at"]),
            "state": each["state_words"].rstrip("."),
            "who": each["recipient_name"] or short(each["recipient_id"]),
            "fetched": each["downloads"],
        }
        if each["collection_id"]:
            which = short(each["collection_id"])
            desk.print("share_line_collection", collection=which, **told)
        else:
            desk.print("share_line", count=len(each["asset_ids"]), **told)
    if not found:
        desk.print("no_shares")
    return DONE


def publications(desk: Desk, given: argparse.Namespace) -> int:
    """List what ran where, say that something did, make an embed, or end one."""
    if given.act in {"new", "embed"}:
        order = {
            "asset_id": asset_meant(desk, given.asset),
            "where": given.where,
            **_use(given),
        }
        path = EMBEDS if given.act == "embed" else PUBLICATIONS
        made = desk.api.post(path, order).body
        _publication(desk, made)
        if made["may"] == "copy_may_not":
            desk.print("publication_may_not")
        return DONE
    if given.act == "end":
        one = _meant(
            desk,
            given.publication,
            PUBLICATIONS,
            "publication_id",
            "error_unknown_publication",
        )
        _publication(desk, desk.api.delete(f"{PUBLICATIONS}/{one}").body)
        return DONE
    asked = {"asset_id": asset_meant(desk, given.asset)} if given.asset else {}
    found = list(
        islice(desk.api.each(PUBLICATIONS, "items", limit=_PAGE, **asked), KNOWN)
    )
    for each in found:
        _publication(desk, each)
    if not found:
        desk.print("no_publications")
    return DONE


def package(
    desk: Desk, given: argparse.Namespace, wait: Callable[[float], None] = time.sleep
) -> int:
    """Have pictures put into one file, wait for it, and save it; what may not is said.

    Each is decided on as it is put in, and all again when the file is fetched.
    """
    to: Path = given.to
    if to.exists() and not to.is_dir():
        raise FileThereError(to)
    order: dict[str, Any] = {"channel": given.channel, **_where(given)}
    if given.collection:
        order["collection_id"] = given.collection
    else:
        order["asset_ids"] = [asset_meant(desk, each) for each in given.assets]
    order |= {
        name: getattr(given, name) for name in ("size", "format") if getattr(given, name)
    }
    path = f"{PACKAGES}/{desk.api.post(PACKAGES, order, key=new_id())['package_id']}"
    while (now := desk.api.get(path).body)["state"] == PackageState.MAKING:
        wait(_PAUSE)
    for each in now["left_out"]:
        why = each["reason_words"]
        desk.print("package_refused", id=short(each["asset_id"]), why=why)
    count, refused = now["total"] - len(now["left_out"]), len(now["left_out"])
    if now["state"] != PackageState.READY or not count:
        desk.line(now["state_words"] if count else say("package_none", desk.language))
        return NOT_DONE
    leave = desk.api.post(f"{path}/downloads")
    saved = save(leave["url"], leave["file_name"], to)
    desk.print("package_made", path=saved, count=count, refused=refused)
    return DONE


def _share(desk: Desk, given: argparse.Namespace) -> int:
    order: dict[str, Any] = {
        "channel": given.channel,
        "way": "share_download" if given.fetch else "share_view",
        **_where(given),
    }
    if given.collection:
        order["collection_id"] = given.collection
    else:
        order["asset_ids"] = [asset_meant(desk, each) for each in given.assets]
    if given.until:
        order["expires_at"] = midnight(given.until + timedelta(days=1)).isoformat()
    if given.most:
        order["max_downloads"] = given.most
    if given.password:
        order["password"] = getpass.getpass(say("ask_share_password", desk.language))
    told = {"name": given.name, "email": given.email, "language": given.speaks}
    order["recipient"] = {name: value for name, value in told.items() if value}
    made = desk.api.post(SHARES, order).body
    desk.print("share_made", url=made["url"], day=_moment(desk, made["expires_at"]))
    if made["mailed"]:
        desk.print("share_mailed")
    if made["dark"]:
        desk.print("share_dark", count=len(made["dark"]))
    return DONE


def _publication(desk: Desk, each: Mapping[str, Any]) -> None:
    desk.print(
        "publication_line",
        id=short(each["publication_id"]),
        asset=short(each["asset_id"]),
        channel=channel_name(Channel(each["channel"]), desk.language),
        where=each["where"],
        state=each["state_words"].rstrip("."),
    )
    if each["url"]:
        desk.line(f"  {each['url']}")


def _use(given: argparse.Namespace) -> dict[str, str]:
    ends = given.until and midnight(given.until + timedelta(days=1)).isoformat()
    return {
        "channel": given.channel,
        **_where(given),
        **({"until": ends} if ends else {}),
    }


def _where(given: argparse.Namespace) -> dict[str, str]:
    return {"place": given.place} if given.place else {}


def _meant(desk: Desk, given: str, path: str, field: str, unknown: str) -> str:
    if choosing.is_id(given):
        return given
    known = islice(desk.api.each(path, "items", limit=_PAGE), KNOWN)
    return choosing.one(given, [each[field] for each in known], unknown)


def _moment(desk: Desk, said: str) -> str:
    return moment(datetime.fromisoformat(said), desk.language)
