import { describe, expect, it } from "vitest";
import { runChaosRound } from "../../proof/chaos/run-round.ts";

const timeoutMilliseconds = 400_000;
const found = (checks: Awaited<ReturnType<typeof runChaosRound>>) =>
  checks.filter(({ isGood }) => !isGood);

describe("the local stack under faults, killed and started again", () => {
  it.for([{ seed: 20_261_122, events: 3_000, kills: 6 }])(
    "keeps every promise with seed $seed and thousands of events",
    { timeout: timeoutMilliseconds },
    async (round, { signal }) => {
      expect(found(await runChaosRound({ ...round, say: () => undefined, signal }))).toEqual([]);
    },
  );
});
