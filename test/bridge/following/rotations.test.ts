import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createKept } from "../support/following-kept.ts";
import { type RotationStyle, rotate, rotationStyles, writeLines } from "../support/rotation.ts";
import { type SteppedFollowing, startStepped } from "../support/stepped-following.ts";

/** A rotation: what is written before and after it, how often the follower looks before, and whether it is killed after. */
type Round = {
  readonly before: number;
  /** -1: it begins to look, and the rotation comes while it does. */
  readonly looks: number;
  readonly after: number;
  readonly end: "kill" | "stop" | "none";
};

const arbitraryRound: fc.Arbitrary<Round> = fc.record({
  before: fc.nat({ max: 3 }),
  looks: fc.integer({ min: -1, max: 2 }),
  after: fc.nat({ max: 3 }),
  end: fc.constantFrom("kill", "stop", ...Array.from({ length: 14 }, () => "none" as const)),
});

const mostLooks = 2_000;
const mostKept = 15;

/** Plays rounds on files in a folder of their own; gives what was written and what came. */
const play = async (style: RotationStyle, rounds: readonly Round[]) => {
  const folder = mkdtempSync(join(tmpdir(), "rotations-"));
  const file = join(folder, "events.ndjson");
  const kept = createKept();
  const written: string[] = [];
  const write = (lines: readonly string[]): void => {
    written.push(...lines);
    if (lines.length > 0) writeLines(file, lines);
  };
  const some = (count: number): string[] =>
    Array.from({ length: count }, (_, at) => `${written.length + at}`);
  // A file that was never seen and is rotated away cannot be known.
  write(["begin"]);
  let follower: SteppedFollowing = startStepped(file, kept);
  await follower.look();
  for (const { before, looks, after, end } of rounds) {
    write(some(before));
    if (looks < 0) await follower.begin();
    else await follower.look(looks);
    write(some(before));
    rotate(file, style, mostKept);
    write(some(after));
    if (end === "none") continue;
    await (end === "kill" ? follower.kill() : follower.stop());
    follower = startStepped(file, kept);
  }
  write(["end"]);
  for (let look = 0; look < mostLooks && kept.lines.at(-1) !== "end"; look += 1)
    await follower.look();
  await follower.stop();
  rmSync(folder, { recursive: true, force: true });
  return { came: kept.lines, gaps: kept.gaps, written };
};

const holds = (style: RotationStyle, most: { least: number; most: number; runs: number }) =>
  fc.assert(
    fc.asyncProperty(
      fc.array(arbitraryRound, { minLength: most.least, maxLength: most.most }),
      async (rounds) => {
        const { came, gaps, written } = await play(style, rounds);
        expect(gaps).toEqual([]);
        expect(came).toEqual(written);
      },
    ),
    { numRuns: most.runs, endOnFailure: most.runs === 1 },
  );

describe("rotation, with kills and restarts between looks", () => {
  it.each(rotationStyles)("loses nothing, 200 times: %s", (style) =>
    holds(style, { least: 200, most: 200, runs: 1 }),
  );

  it.each(rotationStyles)("loses nothing, whatever happens: %s", (style) =>
    holds(style, { least: 0, most: 6, runs: 20 }),
  );
});
