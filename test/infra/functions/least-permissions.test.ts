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

/** An entry's text, with the ports that it shares with another one. */
const entryOf = (name: string): string => {
  const entry = readFileSync(`lambda/${name}.ts`, "utf8");
  return entry.includes("createAlertingPorts(")
    ? entry + readFileSync("lambda/adapters/alerting-ports.ts", "utf8")
    : entry;
};

/** What an entry's adapters do with tables. */
const needsOf = (name: string): Set<string> => {
  const adapters = entryOf(name).matchAll(
    /\b(create\w+)\(\s*dynamodb,\s*(?:\w+\.)?([A-Z]+)_TABLE/g,
  );
  return new Set(
    [...adapters].flatMap(([, creator = "", table = ""]) =>
      deedsOf(creator, `dn-registration-dev-${table.toLowerCase()}`),
    ),
  );
};

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

// Nothing on a desk checks permissions: what is missing would show on AWS alone.
describe("permissions on tables", () => {
  it.each(["ingest", "fanout", "evaluate", "query", "operate", "authorize"])(
    "are for %s what its adapters do, and no more",
    (name) => {
      expect(allowedTo(name)).toEqual(needsOf(name));
    },
  );

  it("are found in the adapters", () => {
    expect(needsOf("query")).toContain(
      "dynamodb:Query on dn-registration-dev-status/index/byState",
    );
    expect(needsOf("ingest")).toContain("dynamodb:BatchWriteItem on dn-registration-dev-history");
  });
});
