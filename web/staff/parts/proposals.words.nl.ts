/** What waits for a second person. */
export const nl = {
  proposals_none: "Niets wacht op een tweede persoon",
  proposals_lead: "Een ander stelde dit voor; jij keurt goed (y) of wijst af (n). De bovenste is aan de beurt.",
  approve: "Goedkeuren",
  reject: "Afwijzen",
  approved: "Goedgekeurd",
  turned_down: "Afgewezen",
  until: "Tot {moment}",
  approve_title: "Dit goedkeuren?",
  open_picture: "Foto openen",
} as const;
