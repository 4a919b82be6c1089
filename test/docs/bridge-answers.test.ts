import { globSync, readFileSync } from "node:fs";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { interpretAnswer } from "../../bridge/answer.ts";
import type { EventResult } from "../../lambda/use-cases/ingest/result.ts";
import { blockOf, quotedIn, tableOf } from "./markdown.ts";
import { readPage } from "./pages.ts";

const page = readPage("docs/bridge-authors.md");

const ResultsSchema = v.object({ results: v.array(v.object({ outcome: v.string() })) });

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
