import {
  appendFileSync,
  existsSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { addedByRotation } from "../../../bridge/following/rotated-names.ts";
import { createFollowScene, type FollowScene } from "../support/follow-scene.ts";

// Names of one rotation after another, the oldest first.
const styles: Readonly<Record<string, readonly [string, string, string]>> = {
  numbers: ["events.ndjson.3", "events.ndjson.2", "events.ndjson.1"],
  "numbers before the extension": ["events.3.ndjson", "events.2.ndjson", "events.1.ndjson"],
  "numbers that count up": ["events-1.ndjson", "events-2.ndjson", "events-10.ndjson"],
  days: ["events-2025-11-18.ndjson", "events-2025-11-19.ndjson", "events-2025-12-01.ndjson"],
  "days behind": ["events.ndjson-20251118", "events.ndjson-20251119", "events.ndjson-20251201"],
  "days without a separator": [
    "events20251118.ndjson",
    "events20251119.ndjson",
    "events20251201.ndjson",
  ],
  hours: [
    "events.ndjson.2025-11-18T08",
    "events.ndjson.2025-11-18T09",
    "events.ndjson.2025-11-18T10",
  ],
  "days and numbers": [
    "events.ndjson.2025-11-18.2",
    "events.ndjson.2025-11-18.10",
    "events.ndjson.2025-11-19.1",
  ],
  "days in front": [
    "2025-11-18_events.ndjson",
    "2025-11-19_events.ndjson",
    "2025-11-20_events.ndjson",
  ],
  times: [
    "events-2025-11-18T08-00-00.000.ndjson",
    "events-2025-11-18T09-00-00.000.ndjson",
    "events-2025-11-18T10-00-00.000.ndjson",
  ],
  seconds: ["events.ndjson.1763452800", "events.ndjson.1763452801", "events.ndjson.1763452900"],
};

describe("names that rotation gives", () => {
  let scene: FollowScene;
  beforeEach(() => {
    scene = createFollowScene();
  });
  afterEach(() => scene.end());

  const compressions = {
    "": (text: string) => text,
    ".gz": gzipSync,
    ".zst": zstdCompressSync,
  };
  const cases = Object.entries(styles).flatMap(([style, names]) =>
    Object.entries(compressions).map(([end, compress]) => ({ style, names, end, compress })),
  );

  it.each(cases)("are found, in order: $style, $end", async ({ names, end, compress }) => {
    const { file, at } = scene;
    writeFileSync(file, "1\n");
    await scene.read();
    await scene.stop();
    appendFileSync(file, "2\n");
    for (const [index, name] of names.entries()) {
      renameSync(file, at(name));
      if (end !== "") {
        writeFileSync(at(`${name}${end}`), compress(readFileSync(at(name), "utf8")));
        rmSync(at(name));
      }
      writeFileSync(file, `${index + 3}\n`);
    }
    expect(await scene.read()).toEqual(["1", "2", "3", "4", "5"]);
    expect(scene.kept.gaps).toEqual([]);
    await scene.stop();
    appendFileSync(file, "6\n");
    expect(await scene.read()).toEqual(["1", "2", "3", "4", "5", "6"]);
  });

  const foreign = [
    "events-other.ndjson",
    "events.ndjson.swp",
    ".events.ndjson.swp",
    "events.ndjson.bak",
    "events.ndjson~",
    "events.ndjson.tmp",
    "events.json",
    "other.ndjson.1",
    "events-other.ndjson.1",
    "events.ndjson.orig.1",
    "more-events.ndjson",
    "events2.ndjson",
  ];

  it("are not those of other files", async () => {
    const { file, at } = scene;
    expect(foreign.filter((name) => addedByRotation("events.ndjson", name) !== undefined)).toEqual(
      [],
    );
    writeFileSync(file, "1\n");
    await scene.read();
    for (const name of foreign) writeFileSync(at(name), "foreign\n");
    renameSync(file, `${file}.1`);
    writeFileSync(file, "2\n");
    expect(await scene.read()).toEqual(["1", "2"]);
    await scene.stop();
    expect(await scene.read()).toEqual(["1", "2"]);
    expect(existsSync(at("events.ndjson~"))).toBe(true);
  });

  it("may be old or compressed only, and those of a file without an extension", () => {
    expect(addedByRotation("events", "events.1")).toBe(".1");
    expect(addedByRotation("events", "events.old")).toBe(".old");
    expect(addedByRotation("events.ndjson", "events.ndjson.gz")).toBe("");
    expect(addedByRotation("events-1.ndjson", "events-12.ndjson")).toBeUndefined();
    expect(addedByRotation("events-1.ndjson", "events-1.2.ndjson")).toBe(".2");
    expect(addedByRotation("events.ndjson", "events.ndjson")).toBeUndefined();
  });
});
