/** Wat de bewijsmap is en hoe zij gemaakt wordt. */
export const nl = {
  lead: "Eén map waarmee je laat zien dat de beloften over privacy worden nagekomen. Een beheerder maakt haar.",
  holds: "Wat erin zit",
  registers: "De registers, de bijlage bij de verwerkersovereenkomst en de subverwerkers.",
  promises: "Elke belofte, met de tests die haar aantonen en hun uitslag.",
  settings: "De instellingen van wat er nu draait, gelezen in het account zelf.",
  lapsed: "Wat is verlopen of niet wordt nagekomen: dan is de map rood.",
  make: "Zo wordt zij gemaakt",
  make_text: "Dit kan niet vanuit de app: er zijn rechten op het account zelf voor nodig. Voer dit uit in de map van het project:",
  made: "Daarna staan evidence.pdf en evidence.json in de map evidence.",
  here: "Wat je hier zelf kunt bekijken en ophalen",
} as const;
