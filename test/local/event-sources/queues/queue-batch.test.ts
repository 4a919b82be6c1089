import { describe, expect, it } from "vitest";
import { gatherBatch } from "../../../../local/event-sources/queues/queue-batch.ts";
import { createFakeClock } from "../../../support/fake-clock.ts";
import { bodiesOf, queueRecord } from "../../../support/queue-records.ts";

/** Gathers out of a queue that answers each receive with the next text, a message a character, at once or after its wait. */
const gather = async (
  answers: readonly string[],
  { batchSize = 10, windowMilliseconds = 0 } = {},
  sizeOf = 1,
) => {
  const clock = createFakeClock(0);
  const asked: string[] = [];
  const receive = async (maximum: number, waitSeconds: number) => {
    const answer = answers[asked.length] ?? "";
    asked.push(`${maximum} ${waitSeconds}`);
    if (answer === "") await clock.wait(waitSeconds * 1000);
    return [...answer].map((body) => queueRecord(body.repeat(sizeOf)));
  };
  const records = await gatherBatch({ batchSize, windowMilliseconds }, receive, clock);
  return { bodies: sizeOf === 1 ? bodiesOf(records) : records.length, asked, ended: clock.now() };
};

describe("gathering a batch", () => {
  it("waits long for the first message and takes what comes with it", async () => {
    const { bodies, asked } = await gather(["", "", "ab", "c"]);
    expect(bodies).toBe("ab");
    expect(asked).toEqual(["10 20", "10 20", "10 20"]);
  });

  it("collects until the window is over, which begins with the first message", async () => {
    const window = { windowMilliseconds: 2500 };
    const { bodies, asked, ended } = await gather(["", "a", "b", "", "c"], window);
    expect(bodies).toBe("abc");
    expect(asked.slice(0, 5)).toEqual(["10 20", "10 20", "9 2", "8 2", "8 0"]);
    expect(ended).toBe(20_000 + 2500);
  });

  it("ends before the window when the batch is full", async () => {
    const settings = { batchSize: 4, windowMilliseconds: 300_000 };
    const { bodies, asked } = await gather(["ab", "c", "d"], settings);
    expect(bodies).toBe("abcd");
    expect(asked).toEqual(["4 20", "2 20", "1 20"]);
  });

  it.each([
    ["6 MB", "a"],
    ["6 MB with what JSON adds", '"'],
  ])("ends before the window when the batch has %s", async (_what, character) => {
    const settings = { batchSize: 1000, windowMilliseconds: 300_000 };
    // The text stands three times in a record, which has 330 KB.
    const size = character === "a" ? 110_000 : 55_000;
    const answer = character.repeat(10);
    const { bodies } = await gather([answer, answer, answer], settings, size);
    expect(bodies).toBe(20);
  });
});
