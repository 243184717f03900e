/** What waits for a second person. */
export const nl = {
  proposals_none: "Niets wacht op een tweede persoon",
  proposals_lead: "Keur goed (y) of wijs af (n) wat een ander voorstelde: de bovenste is aan de beurt. Wat je zelf voorstelde, kun je terugnemen.",
  approve: "Goedkeuren",
  reject: "Afwijzen",
  take_back: "Terugnemen",
  approved: "Goedgekeurd",
  turned_down: "Afgewezen",
  until: "Tot {moment}",
  approve_title: "Dit goedkeuren?",
  approve_text: "{what} Het wordt meteen gedaan, en je staat ervoor in alsof je het zelf vroeg.",
  open: "Bekijken waar het over gaat",
  open_picture: "Foto openen",
} as const;
