import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { openers } from "../../lambda/domain/request/body.ts";
import { limits } from "../../lambda/domain/request/entry.ts";
import { createIngestHarness } from "../support/ingest-harness.ts";
import { blockOf, blocksOf, inOneLine, quotedIn, tableOf } from "./markdown.ts";
import { readPage } from "./pages.ts";

const page = readPage("docs/bridge-authors.md");

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
    expect(inOneLine(page)).toContain(
      `At most ${limits.events} events and ${bytes} bytes a request, ${eventBytes} bytes and ${limits.depth} levels an event.`,
    );
  });
});
