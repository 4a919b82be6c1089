import { existsSync, readdirSync, readFileSync } from "node:fs";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { SettingsSchema } from "../infra/settings/settings.ts";
import {
  EventRegisteredSchema,
  EventUnregisteredSchema,
} from "../lambda/domain/event/event-schema.ts";
import { limits } from "../lambda/domain/request/entry.ts";
import { synthesize } from "./infra/support/synthesize.ts";

const readme = readFileSync("README.md", "utf8");

type Row = readonly [string, ...string[]];

const cellsOf = (line: string): Row => {
  const [first = "", ...rest] = line.split("|").slice(1, -1);
  return [first.trim(), ...rest.map((cell) => cell.trim())];
};

/** The rows of the one table whose heading begins so. */
const tableOf = (heading: string): Row[] => {
  const [, after, ...more] = `\n${readme}`.split(`\n| ${heading}`);
  if (after === undefined || more.length > 0) throw new Error(`not one table "${heading}"`);
  const [, , ...lines] = after.split("\n");
  const end = lines.findIndex((line) => !line.startsWith("|"));
  return lines.slice(0, end).map(cellsOf);
};

const namesIn = (cell: string): string[] =>
  [...cell.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name);

describe("the README's table of attributes", () => {
  const rows = tableOf("attribute |");
  type Entries = Readonly<Record<string, v.GenericSchema>>;
  const registered: Entries = EventRegisteredSchema.entries;
  const unregistered: Entries = EventUnregisteredSchema.entries;

  const dutyOf = (entries: Entries, attribute: string): string => {
    const entry = entries[attribute];
    if (entry === undefined) return "ignored";
    return entry.type === "optional" ? "optional" : "mandatory";
  };

  it("has a row for each attribute that an event may have, and no other", () => {
    const named = rows.map(([attribute]) => attribute.replaceAll("`", ""));
    expect(new Set(named).size).toBe(named.length);
    expect(new Set(named)).toEqual(
      new Set([...Object.keys(registered), ...Object.keys(unregistered)]),
    );
  });

  // Server is mandatory unless a name comes from elsewhere, which no schema of one attribute can say.
  const words: Readonly<Record<string, readonly [string, string]>> = {
    Server: ["mandatory, or a server name", "mandatory, or a server name"],
    InfoType: ["mandatory, only `AddressInfoAddressType`", "ignored"],
    Extensions: ["mandatory (may be empty)", "optional"],
  };

  it.each(rows)("says of %s what the schemas say", (attribute, inRegistered, inUnregistered) => {
    const name = attribute.replaceAll("`", "");
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

  it("stands beside the limits of a request", () => {
    expect(readme).toContain(
      `at most ${limits.events} events and ${limits.bodyBytes / 1024 ** 2} MiB a request, ${limits.eventBytes.toLocaleString("en")} bytes and ${limits.depth} levels an event`,
    );
  });
});

describe("the README's commands", () => {
  const PackageSchema = v.object({ scripts: v.record(v.string(), v.string()) });
  const { scripts } = v.parse(PackageSchema, JSON.parse(readFileSync("package.json", "utf8")));
  const named = [...readme.matchAll(/\bnpm (?:run )?(?!run\b|ci\b)([a-z]+(?:[:-][a-z]+)*)/g)].map(
    ([, name = ""]) => name,
  );

  it.each([...new Set(named)])("has npm run %s in package.json", (name) => {
    expect(Object.keys(scripts)).toContain(name);
  });

  it("leaves out none", () => {
    expect(Object.keys(scripts).filter((name) => !named.includes(name))).toEqual([]);
  });
});

describe("the README's settings", () => {
  it("are those of the stacks, with their defaults", () => {
    const { alarmEmail, organizationId, runbookUrl, subscriberAccounts, ...defaults } =
      v.getDefaults(SettingsSchema);
    expect([alarmEmail, organizationId, runbookUrl, subscriberAccounts]).toEqual([
      undefined,
      undefined,
      undefined,
      [],
    ]);
    const texts = Object.entries({
      ...defaults,
      throttling: v.parse(SettingsSchema, {}).throttling,
    })
      .map(([name, value]) => [name, typeof value === "object" ? JSON.stringify(value) : value])
      .map(([name, value]) => `${name}: ${value}`);
    const none = ["alarmEmail", "organizationId", "runbookUrl", "subscriberAccounts"];
    const rows = tableOf("setting |").map(([name, value]) =>
      `${name}: ${value}`.replaceAll("`", ""),
    );
    const expected = [...texts, ...none.map((name) => `${name}: none`)];
    expect(new Set(rows)).toEqual(new Set(expected));
    expect(rows).toHaveLength(expected.length);
  });
});

describe("the README's rules of alerts", () => {
  it("are those that the setting takes, with their defaults", () => {
    const rows = tableOf("rule |").map(([name, value]) => `${name}: ${value}`.replaceAll("`", ""));
    const rules = Object.entries(v.parse(SettingsSchema, {}).alerts);
    const expected = rules.map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
    expect(new Set(rows)).toEqual(new Set(expected));
    expect(rows).toHaveLength(expected.length);
  });
});

describe("the README's alarms", () => {
  it("are those of the stack, each once", () => {
    const prefix = "dn-registration-dev-";
    const deployed = synthesize()
      .all("AWS::CloudWatch::Alarm")
      .map(({ name }) => name.slice(prefix.length));
    const named = tableOf("alarm (").flatMap(([names]) => namesIn(names));
    expect(named.toSorted()).toEqual(deployed.toSorted());
    expect(readme).toContain(`${deployed.length} alarms × $0.10`);
  });
});

/** Three decimals are printed, and a half may have been rounded either way. */
const expectRounded = (printed: readonly number[], exact: readonly number[]): void => {
  const wrong = printed.filter((value, index) => !(Math.abs(value - (exact[index] ?? 0)) < 0.0006));
  expect(wrong).toEqual([]);
};

describe("the README's costs", () => {
  it.each([
    "per million events",
    "per million changes, in addition",
    "per million lone losses, each an alert that opens and resolves",
    "per million look-ups of a DN",
  ])("add up: %s", (heading) => {
    const rows = tableOf(`${heading} |`).map(([, price, ...cells]) => ({
      price: Number(price),
      pairs: [cells.slice(0, 2), cells.slice(2, 4)].filter(({ length }) => length === 2),
    }));
    const sums = rows.pop()?.pairs.map(([, dollars]) => Number(dollars)) ?? [];
    expect(sums.length).toBeGreaterThan(0);
    for (const [column, sum] of sums.entries()) {
      const products = rows.map(({ price, pairs }) => price * Number(pairs[column]?.[0]));
      const printed = rows.map(({ pairs }) => Number(pairs[column]?.[1]));
      expectRounded(printed, products);
      expectRounded([sum], [products.reduce((total, product) => total + product, 0)]);
    }
  });
});

describe("the README's links", () => {
  it("lead to files that are there", () => {
    const targets = [...readme.matchAll(/\]\(([^)#:]+)\)/g)].map(([, target = ""]) => target);
    expect(targets.filter((target) => !existsSync(target))).toEqual([]);
    const decisions = readdirSync("docs/adr").map((file) => `docs/adr/${file}`);
    expect(decisions.filter((file) => !targets.includes(file))).toEqual([]);
  });

  it("lead to headings that are there", () => {
    const anchors = [...readme.matchAll(/^#+ (.+)$/gm)].map(
      ([, heading = ""]) =>
        `#${heading
          .toLowerCase()
          .replace(/[^a-z0-9 -]/g, "")
          .replaceAll(" ", "-")}`,
    );
    const targets = [...readme.matchAll(/\]\((#[^)]+)\)/g)].map(([, target = ""]) => target);
    expect(targets.filter((target) => !anchors.includes(target))).toEqual([]);
  });
});
