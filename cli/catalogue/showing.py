"""What the command calls what it shows: names, dates, tables."""

from typing import Final

from cli.catalogue.phrase import Phrase

NAMES: Final = {
    "channel_website": Phrase("website", "website"),
    "channel_social": Phrase("social media", "sociale media"),
    "channel_intranet": Phrase("intranet", "intranet"),
    "channel_print": Phrase("print", "drukwerk"),
    "channel_press": Phrase("press", "pers"),
    "channel_paid": Phrase("advertising", "reclame"),
    "status_expected": Phrase("expected", "verwacht"),
    "status_received": Phrase("received", "ontvangen"),
    "status_examined": Phrase("examined", "bekeken"),
    "status_embargoed": Phrase("stays in", "blijft binnen"),
    "status_ready": Phrase("ready", "klaar"),
    "status_released": Phrase("released", "vrijgegeven"),
    "status_rejected": Phrase("refused", "geweigerd"),
    "role_viewer": Phrase("viewer", "kijker"),
    "role_contributor": Phrase("contributor", "inzender"),
    "role_editor": Phrase("editor", "redacteur"),
    "role_privacy_officer": Phrase("privacy officer", "functionaris gegevensbescherming"),
    "role_administrator": Phrase("administrator", "beheerder"),
    "role_recogniser": Phrase("recogniser", "herkenner"),
    "mode_off": Phrase(
        "off: no face is looked for", "uit: er wordt geen gezicht gezocht"
    ),
    "mode_detect": Phrase(
        "detecting only: faces are boxed, nobody is recognised",
        "alleen detecteren: gezichten krijgen een kader, niemand wordt herkend",
    ),
    "mode_closed_session": Phrase(
        "in closed sessions, in which everyone portrayed agreed to it",
        "in gesloten sessies, waarin iedereen die erop staat ermee instemde",
    ),
    "mode_enrolled": Phrase(
        "people who are enrolled, on a recorded ground",
        "mensen die zijn ingeschreven, op een vastgelegde grondslag",
    ),
    "grant_portrait_agreement": Phrase("Portrait agreement", "Portretovereenkomst"),
    "grant_image_consent": Phrase("Consent to pictures", "Toestemming voor beeld"),
    "grant_biometric_consent": Phrase(
        "Consent to be recognised", "Toestemming voor herkenning"
    ),
    "grant_not_yet": Phrase("begins on {until}", "gaat in op {until}"),
    "grant_in_force": Phrase("in force through {until}", "geldt tot en met {until}"),
    "grant_ended": Phrase("ended on {until}", "afgelopen op {until}"),
    "grant_withdrawn": Phrase("taken back on {until}", "ingetrokken op {until}"),
    "without_end": Phrase("further notice", "nader bericht"),
    "link_live": Phrase("works", "werkt"),
    "link_used": Phrase("was used", "is gebruikt"),
    "link_revoked": Phrase("was taken back", "is ingetrokken"),
    "link_expired": Phrase("has ended", "is verlopen"),
    "verdict_clear": Phrase("allowed", "mag"),
    "verdict_masked": Phrase("faces covered", "afgedekt"),
    "verdict_restricted": Phrase("not allowed", "mag niet"),
    "face_clear": Phrase("cleared", "akkoord"),
    "face_partly": Phrase("cleared in part", "deels akkoord"),
    "face_covered": Phrase("to be covered", "afdekken"),
    "face_frozen": Phrase("not allowed", "mag niet"),
    "face_suggested": Phrase("suggestion waits", "suggestie wacht"),
    "face_unnamed": Phrase("no name yet", "nog geen naam"),
    "band_likely": Phrase("likely", "waarschijnlijk"),
    "band_review": Phrase("look closely", "goed kijken"),
}

DATES: Final = {
    "since_moment": Phrase("That was on {moment}.", "Dat was op {moment}."),
    "from_day": Phrase("It begins on {day}.", "Die begint op {day}."),
    "ended_on": Phrase("Its last day was {day}.", "De laatste dag was {day}."),
    "through_day": Phrase("Through {day}.", "Tot en met {day}."),
    "holds_until": Phrase(
        "This holds until {moment}, unless something is recorded before.",
        "Dit geldt tot {moment}, tenzij er eerder iets wordt vastgelegd.",
    ),
    "holds_through": Phrase(
        "This holds through {day}, unless something is recorded before.",
        "Dit geldt tot en met {day}, tenzij er eerder iets wordt vastgelegd.",
    ),
}

TABLES: Final = {
    "column_photo": Phrase("Photo", "Foto"),
    "column_about": Phrase("Photo or mail", "Foto of mail"),
    "column_status": Phrase("Status", "Status"),
    "column_faces": Phrase("Faces", "Gezichten"),
    "column_people": Phrase("People", "Mensen"),
    "column_channels": Phrase("Decision per channel", "Besluit per kanaal"),
    "column_findings": Phrase("Why", "Waarom"),
    "column_queue": Phrase("Queue", "Wachtrij"),
    "column_since": Phrase("Since", "Sinds"),
    "column_reason": Phrase("Reason", "Reden"),
    "legend": Phrase(
        "✓ allowed   ◐ only with faces covered   ✕ not allowed",
        "✓ mag   ◐ alleen met afgedekte gezichten   ✕ mag niet",
    ),
    "all_channels": Phrase("all channels", "alle kanalen"),
    "unnamed_count": Phrase("{count} without a name", "{count} zonder naam"),
    "suggested_name": Phrase("{name}? ({band})", "{name}? ({band})"),
    "face_number": Phrase("face {number}", "gezicht {number}"),
    "duplicate_of": Phrase(
        "The same file as {name}, byte for byte.",
        "Hetzelfde bestand als {name}, byte voor byte.",
    ),
    "near_duplicate": Phrase("Looks like {name}.", "Lijkt op {name}."),
    "agrees": Phrase("Agrees.", "Stemt in."),
    "under_way": Phrase(
        "The chain is still at work on it.", "De keten is er nog mee bezig."
    ),
    "nothing_here": Phrase(
        "There are no pictures yet; upload some with: python -m cli upload FILE…",
        "Er zijn nog geen foto's; upload ze met: python -m cli upload BESTAND…",
    ),
    "only_so_many": Phrase(
        "Only {count} pictures were looked through: choose some with --status.",
        "Er zijn maar {count} foto's doorgekeken: kies er met --status.",
    ),
    "no_people": Phrase(
        "Nobody is on record yet.", "Er staat nog niemand geregistreerd."
    ),
    "person_line": Phrase("{id}  {name} (since {added})", "{id}  {name} (sinds {added})"),
    "person_head": Phrase(
        "{name}: {person_id}, in {count} pictures",
        "{name}: {person_id}, op {count} foto's",
    ),
    "person_frozen": Phrase(
        "  Frozen by request: their pictures are kept and not used.",
        "  Op verzoek bevroren: hun foto's worden bewaard en niet gebruikt.",
    ),
    "name_erased": Phrase("(name erased)", "(naam gewist)"),
    "no_grants": Phrase(
        "  · Has agreed to nothing yet.", "  · Heeft nog nergens mee ingestemd."
    ),
    "not_enrollable": Phrase(
        "  Cannot be enrolled now: {why}", "  Kan nu niet worden ingeschreven: {why}"
    ),
    "link_line": Phrase("{link}  {state}, until {until}", "{link}  {state}, tot {until}"),
    "no_links": Phrase(
        "No links; make one with --make.", "Geen links; maak er een met --make."
    ),
    "no_proposals": Phrase(
        "Nothing waits for a second person.", "Er wacht niets op een tweede persoon."
    ),
    "proposal_line": Phrase(
        "{id}  {what}; asked for by {who}, open until {until}",
        "{id}  {what}; gevraagd door {who}, open tot {until}",
    ),
    "recognition_is": Phrase("Recognition: {mode}.", "Herkenning: {mode}."),
    "recognition_lapsed": Phrase(
        "On record is: {mode}; its assessment (DPIA) is not in force.",
        "Vastgelegd is: {mode}; de effectbeoordeling (DPIA) geldt niet.",
    ),
    "recognition_carried": Phrase(
        "Carried by assessment (DPIA) {assessment}, through {day}.",
        "Gedragen door effectbeoordeling (DPIA) {assessment}, tot en met {day}.",
    ),
    "and_more": Phrase(
        "and {count} more; show them with --limit {total}",
        "en nog {count}; toon ze met --limit {total}",
    ),
}
