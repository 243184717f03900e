// The words of the page itself. What the API names (roles, operations, problems) comes in
// its own words from /words.json, so that no sentence is kept twice.

export const LANGUAGES = { nl: "Nederlands", en: "English" };

const PAGE = {
  nl: {
    skip: "Naar de inhoud",
    title: "Beeldbank",
    lead: "Elk gezicht is met toestemming vrijgegeven, of afgedekt, of de foto blijft binnen. Meld je aan met het adres waarmee je bent uitgenodigd.",
    sign_in: "Aanmelden",
    sign_out: "Afmelden",
    signing_in: "Een ogenblik, je wordt aangemeld.",
    second_factor: "Je hebt je wachtwoord en een code uit je authenticator nodig, of een passkey.",
    welcome: "Welkom",
    who: "Wie je bent",
    address: "Aangemeld als",
    roles: "Je rollen",
    no_roles: "Je hebt nog geen rol. Vraag een beheerder er een te geven; daarna meld je je opnieuw aan.",
    may: "Wat je mag",
    may_nothing: "Zonder rol is hier niets voor je te doen.",
    pictures: "Foto's die je mag zien",
    no_pictures: "Er zijn nu geen foto's die je mag zien.",
    not_for_you: "Jouw rol ziet geen foto's.",
    more: "Meer foto's",
    untitled: "Zonder titel",
    language: "Taal",
    session_over: "Je bent afgemeld, omdat het te lang stil was. Meld je opnieuw aan.",
    refused: "Aanmelden is niet gelukt. Probeer het opnieuw.",
    offline: "De beeldbank is nu niet te bereiken. Probeer het zo opnieuw.",
    role: {
      viewer: "Kijker", contributor: "Inzender", editor: "Redacteur",
      privacy_officer: "Privacyfunctionaris", administrator: "Beheerder", recogniser: "Herkenner",
    },
    subject: {
      asset: "Foto's", appearance: "Wie staat erop", suggestion: "Suggesties", person: "Mensen",
      link: "Links", collection: "Collecties", proposal: "Voorstellen", disclosure: "Verstrekkingen", recall: "Terugroepingen", recognition: "Herkenning",
      erasure: "Wissen", export: "Kopieën voor mensen", governance: "Registers", breach: "Datalekken",
      retention: "Bewaren", audit: "Logboek", user: "Gebruikers",
      consent: "Toestemming", consent_request: "Toestemming vragen", subject_request: "Verzoeken van mensen",
      contact: "Contactgegevens", basis: "Grondslagen", wording: "Teksten", session: "Sessies",
    },
    status: {
      expected: "Verwacht", received: "Ontvangen", examined: "Bekeken", embargoed: "Blijft binnen",
      ready: "Klaar om vrij te geven", released: "Vrijgegeven", rejected: "Geweigerd",
    },
  },
  en: {
    skip: "To the content",
    title: "Picture library",
    lead: "Every face is cleared by consent, or covered, or the picture stays in. Sign in with the address you were invited at.",
    sign_in: "Sign in",
    sign_out: "Sign out",
    signing_in: "One moment, you are being signed in.",
    second_factor: "You need your password and a code from your authenticator, or a passkey.",
    welcome: "Welcome",
    who: "Who you are",
    address: "Signed in as",
    roles: "Your roles",
    no_roles: "You have no role yet. Ask an administrator for one, and then sign in again.",
    may: "What you may do",
    may_nothing: "Without a role there is nothing to do here for you.",
    pictures: "Pictures you may see",
    no_pictures: "There are no pictures that you may see now.",
    not_for_you: "Your role sees no pictures.",
    more: "More pictures",
    untitled: "Untitled",
    language: "Language",
    session_over: "You were signed out after a long silence. Sign in again.",
    refused: "Signing in did not work. Try again.",
    offline: "The picture library cannot be reached now. Try again in a moment.",
    role: {
      viewer: "Viewer", contributor: "Contributor", editor: "Editor",
      privacy_officer: "Privacy officer", administrator: "Administrator", recogniser: "Recogniser",
    },
    subject: {
      asset: "Pictures", appearance: "Who is in it", suggestion: "Suggestions", person: "People",
      link: "Links", collection: "Collections", proposal: "Proposals", disclosure: "Disclosures", recall: "Recalls", recognition: "Recognition",
      erasure: "Erasure", export: "Copies for people", governance: "Registers", breach: "Breaches",
      retention: "Retention", audit: "Audit log", user: "Users",
      consent: "Consent", consent_request: "Asking for consent", subject_request: "Requests of people",
      contact: "Contact details", basis: "Legal bases", wording: "Wordings", session: "Sessions",
    },
    status: {
      expected: "Expected", received: "Received", examined: "Looked through", embargoed: "Stays in",
      ready: "Ready to release", released: "Released", rejected: "Rejected",
    },
  },
};

let language = navigator.languages.some((each) => each.startsWith("nl")) ? "nl" : "en";
let api = { nl: {}, en: {} };

export const current = () => language;

export function choose(wanted) {
  if (wanted in PAGE) language = wanted;
  document.documentElement.lang = language;
}

// A word of the page, by the way to it (`role.editor`); what has none shows its own id.
export function say(way) {
  const found = way.split(".").reduce((at, part) => at?.[part], PAGE[language]);
  return typeof found === "string" ? found : way.split(".").at(-1);
}

// The API's own words for one of its ids.
export const told = (id) => api[language][id] ?? id;

export async function load() {
  const answer = await fetch("/words.json");
  if (answer.ok) api = await answer.json();
}
