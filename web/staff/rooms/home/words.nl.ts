export const nl = {
  title: "Welkom",
  where: "Waar je heen kunt",
  who: "Wie je bent",
  roles: "Je rollen",
  no_roles: "Je hebt nog geen rol. Vraag een beheerder er een te geven; daarna meld je je opnieuw aan.",
  may: "Wat je mag",
  may_nothing: "Zonder rol is hier niets voor je te doen.",
} as const;
