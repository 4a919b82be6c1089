import { existsSync, globSync, readFileSync } from "node:fs";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { interpretAnswer } from "../../bridge/answer.ts";
import { attributes } from "../../lambda/domain/event/event-schema.ts";
import { addressTypes } from "../../lambda/domain/event/t-library.ts";
import { openers } from "../../lambda/domain/request/body.ts";
import { limits } from "../../lambda/domain/request/entry.ts";
import type { EventResult } from "../../lambda/use-cases/ingest/result.ts";
import { createIngestHarness } from "../support/ingest-harness.ts";
import { blockOf, blocksOf, quotedIn, tableOf } from "./markdown.ts";

const page = readFileSync("docs/bridge-authors.md", "utf8");

const ResultsSchema = v.object({
  results: v.array(
    v.object({
      id: v.nullable(v.string()),
      outcome: v.string(),
      problems: v.optional(v.array(v.unknown())),
    }),
  ),
});

const postAs = async (contentType: string, body: string) => {
  const { post } = createIngestHarness();
  const answer = await post(body, { headers: { "content-type": contentType } });
  const { results } = v.parse(ResultsSchema, answer.body);
  return { status: answer.status, results, outcomes: results.map(({ outcome }) => outcome) };
};

const contentTypes = new Map([
  ["json", "application/json"],
  ["jsonl", "application/x-ndjson"],
  ["json cloudevents", "application/cloudevents+json"],
]);
const bodies = blocksOf(page).flatMap(({ info, text }) => {
  const contentType = contentTypes.get(info);
  return contentType === undefined ? [] : [{ contentType, text }];
});

describe("the page's request bodies", () => {
  it("are there in every form", () => {
    const forms = new Set(bodies.map(({ contentType }) => contentType));
    expect(forms).toEqual(new Set(contentTypes.values()));
  });

  it.each(bodies)("are taken as they stand: $contentType $text", async ({ contentType, text }) => {
    const { status, outcomes } = await postAs(contentType, text);
    expect(status).toBe(200);
    expect(outcomes.filter((one) => one === "rejected")).toEqual([]);
  });

  it("register and lose DNs, and tell of a connection", async () => {
    const outcomes = await Promise.all(
      bodies.map(async ({ contentType, text }) => (await postAs(contentType, text)).outcomes),
    );
    expect(outcomes).toEqual([
      ["applied", "applied"],
      ["applied", "applied"],
      [],
      ["applied", "applied"],
      ["applied"],
      ["applied", "applied", "applied", "applied", "applied"],
      ["applied", "applied"],
    ]);
  });

  it("may be sent as a batch of CloudEvents too", async () => {
    const batch = `[${blockOf(page, "json cloudevents")}]`;
    expect((await postAs("application/cloudevents-batch+json", batch)).outcomes).toEqual([
      "applied",
    ]);
  });

  it("give the server name of a CloudEvent percent-decoded", async () => {
    const { post, store } = createIngestHarness();
    const encoded = blockOf(page, "json cloudevents").replace('"SIPTS750"', '"T-Server%201"');
    await post(encoded, { headers: { "content-type": "application/cloudevents+json" } });
    const statuses = await store.readStatuses([{ thisDN: "7042", server: "T-Server 1" }]);
    expect(statuses).toHaveLength(1);
  });
});

describe("the page's table of bodies", () => {
  const rows = tableOf(page, "form of the body");

  it("has the content types that are taken, and no other", () => {
    const named = new Set(rows.flatMap(([, type = ""]) => quotedIn(type)));
    expect(named).toEqual(new Set(openers.keys()));
  });

  it("stands beside the limits of a request", () => {
    const [bytes, eventBytes] = [limits.bodyBytes, limits.eventBytes].map((one) =>
      one.toLocaleString("en"),
    );
    expect(page).toContain(
      `At most ${limits.events} events and ${bytes} bytes a request, ${eventBytes} bytes and ${limits.depth} levels an event.`,
    );
  });
});

describe("the page's table of spellings", () => {
  it("is the one by which events are read", () => {
    const rows = tableOf(page, "attribute").map(([attribute, also = ""]) => [
      ...quotedIn(attribute),
      ...quotedIn(also),
    ]);
    expect(rows).toEqual(Object.values(attributes).map(({ spellings }) => spellings));
  });
});

describe("the page's list of address types", () => {
  it("is T-Library's", () => {
    const names = [...addressTypes].map(
      ([number, name]) => `${number} ${name.replace("AddressType", "")}`,
    );
    const list = `Address types by number: ${names.join(", ")}.`;
    expect(page.replaceAll("\n", " ")).toContain(list);
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

describe("the page's table of answers", () => {
  const statusesIn = (cell: string) =>
    [...cell.matchAll(/\d\d\d|5xx/g)].flatMap(([one]) =>
      one === "5xx" ? [500, 502, 503, 504] : [Number(one)],
    );
  const rows = tableOf(page, "status").map(([status, , action = ""]) => ({
    statuses: statusesIn(status),
    isFinal: action.startsWith("final"),
  }));
  const answer = (status: number) => ({
    status,
    headers: new Headers(),
    text: JSON.stringify({ results: [{ index: 0, id: null, outcome: "rejected" }] }),
  });

  it("names every status of the contract once", () => {
    const expected = [
      ...[200, 207, 400, 413, 415, 422, 401, 403, 404, 408, 429],
      ...[500, 502, 503, 504],
    ];
    expect(rows.flatMap(({ statuses }) => statuses)).toEqual(expected);
  });

  it.each(rows)("calls $statuses final: $isFinal, as the reference bridge does", (row) => {
    const kinds = row.statuses.map((status) => interpretAnswer(answer(status), 1).kind);
    const isFinal = kinds.map((kind) => kind === "results" || kind === "refused");
    expect(isFinal).toEqual(row.statuses.map(() => row.isFinal));
  });
});

describe("the page's words for what became of an event", () => {
  it("are all the outcomes there are", () => {
    const outcomes: Record<EventResult["outcome"], true> = {
      applied: true,
      duplicate: true,
      outdated: true,
      ignored: true,
      rejected: true,
    };
    const named = tableOf(page, "outcome").flatMap(([outcome]) => quotedIn(outcome));
    expect(named).toEqual(Object.keys(outcomes));
  });

  it("are the codes that ingest gives", () => {
    const sources = globSync("lambda/{domain,use-cases}/**/*.ts").map((file) =>
      readFileSync(file, "utf8"),
    );
    const named = tableOf(page, "code of a problem").flatMap(([code]) => quotedIn(code));
    const unknown = named.filter((code) => !sources.some((text) => text.includes(`"${code}"`)));
    expect(unknown).toEqual([]);
    const given = sources.flatMap((text) =>
      [...text.matchAll(/code: "([a-z-]+)"/g)].map(([, code = ""]) => code),
    );
    expect(given.filter((code) => !page.includes(`\`${code}\``))).toEqual([]);
  });

  it("show an answer as it is given", () => {
    const { results } = v.parse(ResultsSchema, JSON.parse(blockOf(page, "json answer")));
    expect(results.map(({ outcome }) => outcome)).toEqual(["applied", "rejected"]);
  });
});

describe("the page's links", () => {
  it("lead to files that are there", () => {
    const targets = [...page.matchAll(/\]\(([^)#:]+)[^):]*\)/g)].map(([, target = ""]) => target);
    expect(targets.length).toBeGreaterThan(0);
    expect(targets.filter((target) => !existsSync(`docs/${target}`))).toEqual([]);
  });
});
