import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { permissionsOf } from "../support/permissions-of.ts";
import { synthesize } from "../support/synthesize.ts";

const stage = synthesize();
const all = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([, found = ""]) => found);

/** An adapter's text with that of the adapters that it calls. */
const textOf = (file: string): string => {
  const path = `lambda/adapters/${file}.ts`;
  const text = existsSync(path) ? readFileSync(path, "utf8") : "";
  const called = all(text, /^import (?!type).* from "\.\/([\w-]+)\.ts";$/gm);
  return [text, ...called.filter((name) => !/-(item|keys)$/.test(name)).map(textOf)].join("\n");
};

const toFile = (creator: string): string =>
  creator.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`).replace(/^create-/, "");

/** What an adapter does with its table: a query goes to the indexes that it names, or else to the table. */
const deedsOf = (creator: string, table: string): string[] => {
  const text = textOf(toFile(creator));
  const indexes = text.includes("IndexName") ? all(text, /\b(by[A-Z]\w+)\b/g) : [];
  const places = indexes.length > 0 ? indexes.map((name) => `${table}/index/${name}`) : [table];
  return all(text, /new (\w+)Command\(/g).flatMap((command) =>
    (command === "Query" ? places : [table]).map((place) => `dynamodb:${command} on ${place}`),
  );
};

const adapterImport = /^import \{ (create\w+) \} from "\.\/(?:adapters\/)?[\w-]+\.ts";$/gm;
const readAdapter = (creator: string): string =>
  readFileSync(`lambda/adapters/${toFile(creator)}.ts`, "utf8");
const isSet = (text: string): boolean => text.includes("(dynamodb, ");

/** The files that give adapters their tables: a function's entry, and adapters that build a set of others. */
const wiringOf = (name: string): string[] => {
  const entry = readFileSync(`lambda/${name}.ts`, "utf8");
  return [entry, ...all(entry, adapterImport).map(readAdapter).filter(isSet)];
};

/** The table that a variable names: itself (`STATUS_TABLE`), or what it stands for (`STATUS_TABLE: statuses`). */
const tableOf = (variable: string, text: string): string => {
  const [, table = ""] =
    /^([A-Z]+)_TABLE$/.exec(variable) ??
    new RegExp(`\\b([A-Z]+)_TABLE: ${variable}\\b`).exec(text) ??
    [];
  if (table === "") throw new Error(`no table is called ${variable}`);
  return `dn-registration-dev-${table.toLowerCase()}`;
};

/** Which adapters get which table in a file. */
const tablesIn = (text: string): { creator: string; table: string }[] =>
  [...text.matchAll(/\b(create\w+)\(\s*dynamodb,\s*(?:\w+\.)?(\w+)/g)].map(
    ([, creator = "", variable = ""]) => ({ creator, table: tableOf(variable, text) }),
  );

/** What the adapters of a function do with tables. */
const needsOf = (name: string): Set<string> =>
  new Set(
    wiringOf(name)
      .flatMap(tablesIn)
      .flatMap(({ creator, table }) => deedsOf(creator, table)),
  );

/** The adapters of a function that take a client of DynamoDB. */
const tableAdaptersOf = (name: string): string[] =>
  wiringOf(name)
    .flatMap((text) => all(text, adapterImport))
    .filter((creator) => {
      const text = readAdapter(creator);
      return text.includes("DynamoDBClient") && !isSet(text);
    });

/** The permissions on tables, one action and one resource each; what feeds a function from a stream is not its adapters'. */
const allowedTo = (name: string): Set<string> =>
  new Set(
    permissionsOf(stage, name)
      .filter((permission) => /^dynamodb:(?!.*StreamArn$)/.test(permission))
      .flatMap((permission) => {
        const [actions = "", resource = ""] = permission.split(" on ");
        return actions.split(", ").map((action) => `${action} on ${resource}`);
      }),
  );

const functions = ["ingest", "fanout", "evaluate", "query", "operate", "authorize"];

// Nothing on a desk checks permissions: what is missing would show on AWS alone.
describe("permissions on tables", () => {
  it.each(functions)("are for %s what its adapters do, and no more", (name) => {
    expect(allowedTo(name)).toEqual(needsOf(name));
  });

  it.each(functions)("take every adapter of %s into account", (name) => {
    const found = wiringOf(name)
      .flatMap(tablesIn)
      .map(({ creator }) => creator);
    expect(tableAdaptersOf(name).filter((creator) => !found.includes(creator))).toEqual([]);
  });

  it("are found in the adapters", () => {
    expect(needsOf("query")).toContain(
      "dynamodb:Query on dn-registration-dev-status/index/byState",
    );
    expect(needsOf("ingest")).toContain("dynamodb:BatchWriteItem on dn-registration-dev-history");
    expect(needsOf("operate")).toContain(
      "dynamodb:Query on dn-registration-dev-losses/index/byHeld",
    );
  });
});
