import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openSpool } from "../../../bridge/spool/spool.ts";

// As the first bridge made it, which wrote no version.
const firstSchema = `
  CREATE TABLE events (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    text TEXT NOT NULL,
    place TEXT NOT NULL,
    form TEXT NOT NULL,
    server_name TEXT
  ) STRICT;
  CREATE TABLE followed (file TEXT PRIMARY KEY, place TEXT NOT NULL) STRICT;
  CREATE TABLE held (
    server TEXT NOT NULL, this_dn TEXT NOT NULL, PRIMARY KEY (server, this_dn)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
  INSERT INTO events (text, place, form, server_name) VALUES ('{"a":1}', 'f:1', 'json', 'S'), ('{"b":2}', 'f:2', 'json', NULL);
  INSERT INTO followed VALUES ('/f', 'here');
  INSERT INTO held VALUES ('S', '1'), ('S', '2'), ('T', '1');
  INSERT INTO facts VALUES ('url', 'http://a.example');
`;

describe("a spool of another bridge", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "migrate-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const make = (sql: string): void => {
    const database = new DatabaseSync(join(folder, "spool.sqlite"));
    database.exec(sql);
    database.close();
  };

  it("is opened where an older one has made it, with all that waits in it", () => {
    make(firstSchema);
    const spool = openSpool(folder);
    expect(spool.first({ events: 9, bytes: 999 })).toEqual([
      { seq: 1, text: '{"a":1}', where: "f:1", form: "json", serverName: "S" },
    ]);
    expect(spool.size()).toBe(2);
    expect(spool.followedFile("/f")).toEqual({ generations: [], released: "here" });
    expect(spool.fact("url")).toBe("http://a.example");
    const beaten = { isClosed: false, isSpeaking: false, isWatched: true };
    expect(spool.servers("/f")).toEqual([
      ["S", beaten],
      ["T", beaten],
    ]);
    const followed = {
      file: "/f",
      generations: [{ id: 1, state: "now" }],
      forgotten: [],
      gaps: [],
    };
    spool.append([{ text: "{}", where: "f:3", form: "json", session: "{}" }], followed);
    expect(spool.followedFile("/f")).toEqual({
      generations: [{ id: 1, state: "now" }],
      released: undefined,
    });
    spool.close();
    const again = openSpool(folder);
    expect(again.size()).toBe(3);
    again.close();
  });

  it("takes no server for a file's where it cannot know of which file it is", () => {
    make(`${firstSchema} INSERT INTO followed VALUES ('/g', 'there');`);
    const spool = openSpool(folder);
    expect([...spool.servers("/f"), ...spool.servers("/g")]).toEqual([]);
    spool.close();
  });

  it("is refused where a newer one has made it, and left as it is", () => {
    make("CREATE TABLE novel (a); PRAGMA user_version = 99;");
    expect(() => openSpool(folder)).toThrow(
      /cannot be opened: a newer bridge made it \(version 99; this bridge knows up to 3\): use that bridge/,
    );
    const database = new DatabaseSync(join(folder, "spool.sqlite"));
    const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
    database.close();
    expect(tables.map(({ name }) => name)).toEqual(["novel"]);
  });
});
