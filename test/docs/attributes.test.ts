import * as v from "valibot";
import { describe, expect, it } from "vitest";
import {
  attributes,
  EventRegisteredSchema,
  EventUnregisteredSchema,
} from "../../lambda/domain/event/event-schema.ts";
import { addressTypes } from "../../lambda/domain/event/t-library.ts";
import { createIngestHarness } from "../support/ingest-harness.ts";
import { inOneLine, quotedIn, tableOf } from "./markdown.ts";
import { readPage } from "./pages.ts";

const page = readPage("docs/bridge-authors.md");

describe("the page's table of attributes", () => {
  const rows = tableOf(page, "attribute");
  type Entries = Readonly<Record<string, v.GenericSchema>>;
  const registered: Entries = EventRegisteredSchema.entries;
  const unregistered: Entries = EventUnregisteredSchema.entries;
  const nameOf = (cell: string): string => cell.replaceAll("`", "");

  const dutyOf = (entries: Entries, attribute: string): string => {
    const entry = entries[attribute];
    if (entry === undefined) return "ignored";
    return entry.type === "optional" ? "optional" : "mandatory";
  };

  // The two parts of a time are spellings of `time`, which the schemas have.
  const partsOfTime = ["TimeinSecs", "TimeinuSecs"];
  const instead = "in place of `time`";

  it("has the names by which events are read, in their order", () => {
    const named = rows.map(([attribute, also = ""]) => [...quotedIn(attribute), ...quotedIn(also)]);
    expect(named).toEqual(Object.values(attributes).map(({ spellings }) => spellings));
  });

  it("has a row for each attribute that an event may have, and no other", () => {
    const named = rows.map(([attribute]) => nameOf(attribute));
    expect(new Set(named).size).toBe(named.length);
    expect(new Set(named)).toEqual(
      new Set([...Object.keys(registered), ...Object.keys(unregistered), ...partsOfTime]),
    );
  });

  // Server is mandatory unless a name comes from elsewhere, which no schema of one attribute can say.
  const words: Readonly<Record<string, readonly [string, string]>> = {
    Server: ["mandatory, or a server name", "mandatory, or a server name"],
    TimeinSecs: [instead, instead],
    TimeinuSecs: [instead, instead],
    InfoType: ["mandatory, only `AddressInfoAddressType`", "ignored"],
    Extensions: ["mandatory (may be empty)", "optional"],
  };

  it.each(rows)("says of %s what the schemas say", (attribute, _, inRegistered, inUnregistered) => {
    const name = nameOf(attribute);
    const expected = words[name] ?? [dutyOf(registered, name), dutyOf(unregistered, name)];
    expect([inRegistered, inUnregistered]).toEqual(expected);
  });

  it("uses its special words where they are true", () => {
    expect(dutyOf(registered, "Server")).toBe("optional");
    expect(dutyOf(registered, "InfoType")).toBe("mandatory");
    expect(v.is(EventRegisteredSchema.entries.InfoType, "AddressInfoAddressType")).toBe(true);
    expect(v.is(EventRegisteredSchema.entries.InfoType, "AddressInfoDNStatus")).toBe(false);
    expect(v.is(EventRegisteredSchema.entries.Extensions, {})).toBe(true);
    expect([dutyOf(registered, "Extensions"), dutyOf(unregistered, "Extensions")]).toEqual([
      "mandatory",
      "optional",
    ]);
  });
});

describe("the page's list of address types", () => {
  it("is T-Library's", () => {
    const names = [...addressTypes].map(
      ([number, name]) => `${number} ${name.replace("AddressType", "")}`,
    );
    const list = `Address types by number: ${names.join(", ")}.`;
    expect(inOneLine(page)).toContain(list);
  });
});

describe("the page's forms of a value", () => {
  const base = { ServerName: "SIPTS750", ThisDN: "7042", Extensions: {} };
  const defaults = {
    Event: "EventRegistered",
    time: { sec: 1_794_990_000, usec: 250_000 },
    ReferenceID: 7,
    InfoType: 8,
  };
  const MembersSchema = v.record(v.string(), v.unknown());
  const attributeOf = (name: string) =>
    name.startsWith("Timein")
      ? "time"
      : Object.entries(attributes).find(([, { spellings }]) =>
          spellings.some((one) => one === name),
        )?.[0];

  const eventWith = (form: string): object => {
    const members = v.parse(MembersSchema, JSON.parse(`{${form}}`));
    const given = new Set(Object.keys(members).map(attributeOf));
    const others = Object.entries(defaults).filter(([name]) => !given.has(name));
    return { ...base, ...Object.fromEntries(others), ...members };
  };
  const historyOf = async (form: string) => {
    const { post, store } = createIngestHarness();
    await post(eventWith(form));
    return [...store.history.values()].map((row) => ({ ...row, other: undefined }));
  };

  it.each(tableOf(page, "value"))("mean the same: %s", async (_, cell = "") => {
    const forms = quotedIn(cell);
    expect(forms.length).toBeGreaterThan(1);
    const events = await Promise.all(forms.map(historyOf));
    expect(events[0]).toHaveLength(1);
    for (const event of events) expect(event).toEqual(events[0]);
  });
});
