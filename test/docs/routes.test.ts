import { globSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type RouteAccess, routes } from "../../lambda/routes.ts";
import { quotedIn, tablesOf } from "./markdown.ts";

const pages = ["README.md", ...globSync("docs/*.md")].map((file) => readFileSync(file, "utf8"));

const inTables = Object.entries<RouteAccess>({ ...routes.query, ...routes.operate });
const inText = Object.keys(routes.ingest);

/** A route of a table: the request without its parameters, and the scope. */
const documented = pages
  .flatMap((page) => tablesOf(page, "request | scope").flat())
  .map(([request, scope = ""]) => {
    const [key = ""] = quotedIn(request);
    return `${key.replace(/\?.*/, "")}: ${quotedIn(scope)[0] ?? scope}`;
  });

/** The requests that a page names, in prose and in commands; of a command's the path alone. */
const namedIn = (page: string): string[] =>
  [...page.matchAll(/(?:\b(?:GET|POST|PUT|PATCH|DELETE) )?\/v1(?:\/[\w{}$-]+)+/g)].map(
    ([request]) => request,
  );

/** Whether a route answers a request; where the page names no method, any may. */
const isAnswered = (request: string): boolean =>
  [...inTables.map(([key]) => key), ...inText].some((key) => {
    const [method = "", path = ""] = key.split(" ");
    const pattern = path.replaceAll(/\{\w+\}/g, "[^/]+");
    return new RegExp(`^(?:${method} )?${pattern}$`).test(request);
  });

describe("the routes of the API", () => {
  it("are in the documents' tables, each with its scope, and no other is", () => {
    const expected = inTables.map(([key, { scope = "none" }]) => `${key}: ${scope}`);
    expect(new Set(documented)).toEqual(new Set(expected));
  });

  it.each(inText)("have %s of the bridges explained where it is introduced", (key) => {
    expect(pages.some((page) => page.includes(`\n\`${key}\`, signed`))).toBe(true);
  });

  it("answer every request that the documents name", () => {
    const named = pages.flatMap(namedIn);
    expect(named.length).toBeGreaterThan(30);
    expect(named.filter((request) => !isAnswered(request))).toEqual([]);
  });
});
