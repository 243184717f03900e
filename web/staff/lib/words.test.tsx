import { act, render, screen } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";

import { day, fromNow, size } from "./format";
import { chooseLanguage, fill, setTold, useTold, useWords } from "./words";

beforeEach(() => chooseLanguage("nl"));

test("a count is said as one or as more, and written as its language does", () => {
  const pictures = { one: "{count} foto", other: "{count} foto's" };
  expect(fill(pictures, { count: 1 }, "nl")).toBe("1 foto");
  expect(fill(pictures, { count: 12_000 }, "nl")).toBe("12.000 foto's");
  expect(fill("{count} of {name}", { count: 12_000, name: "x" }, "en")).toBe("12,000 of x");
});

test("a place that nothing was given for stays as it is", () => {
  expect(fill("{who} and {whom}", { who: "I" }, "en")).toBe("I and {whom}");
});

function Both() {
  const say = useWords({ nl: { hello: "Dag" }, en: { hello: "Hello" } });
  const told = useTold();
  return (
    <p>
      {say("hello")} {told("editor")} {told("unheard")}
    </p>
  );
}

test("everything on the page speaks the language that was chosen last", () => {
  setTold({ nl: { editor: "Redacteur" }, en: { editor: "Editor" } });
  render(<Both />);
  expect(screen.getByText("Dag Redacteur unheard")).toBeDefined();
  act(() => chooseLanguage("en"));
  expect(screen.getByText("Hello Editor unheard")).toBeDefined();
  act(() => chooseLanguage("xx"));
  expect(document.documentElement.lang).toBe("en");
});

test("a day is that day wherever the page is read", () => {
  expect(day("2026-11-23", "nl")).toBe("23 nov 2026");
  expect(day("2026-11-23", "en")).toBe("23 Nov 2026");
});

test("sizes and distances are said in the unit that reads best", () => {
  expect(size(3_400_000, "en")).toBe("3.4 MB");
  expect(size(0, "en")).toBe("0 byte");
  const now = new Date("2026-11-23T12:00");
  expect(fromNow("2026-11-26T12:00", now, "en")).toBe("in 3 days");
  expect(fromNow("2027-11-23", now, "en")).toBe("in 12 months");
});
