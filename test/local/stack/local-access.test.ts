import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as v from "valibot";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createSecretStore } from "../../../local/emulators/secret-store.ts";
import { openAccessFile } from "../../../local/stack/access-file.ts";
import { grantLocalAccess } from "../../../local/stack/local-access.ts";

const ids = { bridgeKeys: "keys", readerTokens: "tokens" };
const now = new Date("2026-12-01T08:00:00Z");

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "access-"));
  file = join(folder, "access.json");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A start of the stack, as far as keys and tokens are concerned. */
const start = () => {
  const access = openAccessFile(file);
  const store = createSecretStore(() => 0, {
    read: () => access.read().secrets,
    write: (secrets) => access.change({ secrets }),
  });
  for (const name of ["keys", "tokens"]) store.create({ arn: `arn-${name}`, name, text: "" });
  const textOf = (id: string) => store.find(id)?.text ?? "";
  const put = (id: string, value: unknown) =>
    store.put({ arn: `arn-${id}`, name: id, text: JSON.stringify(value) });
  return { granted: grantLocalAccess(store, ids, access, now), store, textOf, put };
};
const KeysSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ keys: v.array(v.looseObject({ id: v.string() })) }),
);
const parse = (text: string) => v.parse(KeysSchema, text);

describe("keys and tokens that are kept", () => {
  it("are the same after a restart, shown and in the secrets", () => {
    const first = start();
    const second = start();
    expect(second.granted).toEqual(first.granted);
    for (const id of Object.values(ids)) expect(second.textOf(id)).toBe(first.textOf(id));
    expect(second.textOf("keys")).toContain(first.granted.bridge.key);
    expect(second.textOf("tokens")).not.toContain(first.granted.readerToken);
  });

  it("have those that were added, also in two steps as the commands do it", () => {
    const { store, textOf } = start();
    const keys = [...parse(textOf("keys")).keys, { id: "key_added", name: "b", key: "whsec_b" }];
    const secret = store.find("keys");
    if (secret === undefined) throw new Error("no secret");
    const version = store.putPending(secret, JSON.stringify({ keys }));
    expect(start().textOf("keys")).not.toContain("key_added");
    const pending = store.find("keys");
    if (pending === undefined) throw new Error("no secret");
    expect(store.promote(pending, version, secret.versionId)).toBe(true);
    expect(start().textOf("keys")).toContain("key_added");
  });

  it("do not have those that were revoked; the stack shows new ones then", () => {
    const first = start();
    first.put("keys", { keys: [{ id: "key_other", name: "b", key: "whsec_b" }] });
    first.put("tokens", { tokens: [] });
    const second = start();
    expect(second.textOf("keys")).not.toContain(first.granted.bridge.key);
    expect(parse(second.textOf("keys")).keys.map(({ id }) => id)).toContain("key_other");
    expect(second.textOf("keys")).toContain(second.granted.bridge.key);
    expect(second.granted.readerToken).not.toBe(first.granted.readerToken);
    expect(start().granted).toEqual(second.granted);
  });

  it("are readable by their owner only, and leave nothing half written", () => {
    start();
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(file, "utf8"))).toHaveProperty("secrets");
    expect(() => statSync(`${file}.new`)).toThrow();
  });

  it("are not changed where they cannot be written", () => {
    const first = start();
    const before = first.textOf("keys");
    rmSync(folder, { recursive: true });
    expect(() => first.put("keys", { keys: [] })).toThrow(/ENOENT/);
    expect(first.textOf("keys")).toBe(before);
  });

  it.each([
    ["that is empty", "", /access\.json cannot be read.*remove it/],
    ["that is cut", '{"secrets":{"keys":"whsec_', /access\.json cannot be read.*remove it/],
    ["of another shape", '{"secrets":{"keys":1}}', /access\.json cannot be read/],
    ["with a secret of another shape", '{"secrets":{"keys":"whsec_x"}}', /put it right/],
  ])("are not guessed from a file %s, and its text is not shown", (_what, text, message) => {
    writeFileSync(file, text);
    expect(start).toThrow(expect.objectContaining({ name: "StartFailure" }));
    expect(start).toThrow(message);
    expect(start).not.toThrow(/whsec_/);
    expect(readFileSync(file, "utf8")).toBe(text);
  });
});
