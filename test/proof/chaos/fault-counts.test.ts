import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFaultCounts, faultText, sumFaultCounts } from "../../../proof/chaos/fault-counts.ts";

describe("the counts of faults", () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "chaos-counts-"));
  });
  afterEach(() => rmSync(directory, { recursive: true }));
  const fileOf = (name: string) => join(directory, name);

  it("are added up over lives, of which one was killed while it wrote and one before", () => {
    for (const name of ["first", "second"]) {
      const { count, write } = createFaultCounts(fileOf(name));
      for (const kind of ["none", "reset", "half", "half"]) count(kind);
      write();
    }
    writeFileSync(fileOf("third"), '{"half":');
    const files = ["first", "second", "third", "fourth"].map(fileOf);
    expect(sumFaultCounts(files)).toEqual({ reset: 2, half: 4 });
  });

  it("are written now and then without being asked", () => {
    const { count } = createFaultCounts(fileOf("life"));
    for (let call = 0; call < 150; call += 1) count("latency");
    expect(sumFaultCounts([fileOf("life")])).toEqual({ latency: 100 });
  });

  it("are told with the most frequent first", () => {
    expect(faultText({ reset: 2, half: 40 })).toBe("40 half, 2 reset");
  });
});
