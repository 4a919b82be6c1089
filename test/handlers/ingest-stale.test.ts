import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Captured, createBridgeStory } from "../support/bridge-story.ts";
import { rawRegistered } from "../support/build-event.ts";

const proven = "StaleSignaturesWithRightKey";
const unproven = "StaleRequestsUnproven";
const hour = 3600;

describe("an old captured request", () => {
  // A bridge that lives for an hour and then dies.
  const live = async (seconds = hour) => {
    const story = createBridgeStory();
    const captured = await story.beat(seconds);
    return { ...story, captured };
  };
  const repeat = async (
    { clock, replay }: ReturnType<typeof createBridgeStory>,
    requests: readonly Captured[],
  ) => {
    for (let minute = 0; minute < 60; minute += 1) {
      clock.seconds += 60;
      for (const request of requests) expect(await replay(request)).toBe(401);
    }
  };

  it.each<[string, (all: readonly Captured[]) => readonly Captured[]]>([
    ["one", (all) => all.slice(-40, -39)],
    ["the last ones", (all) => all.slice(-5)],
    ["several different ones", (all) => all.slice(-60, -40)],
    ["several that are forgotten", (all) => all.slice(0, 5)],
  ])("neither makes a dead bridge blind nor hides its silence: %s", async (_, choose) => {
    const story = await live();
    story.clock.seconds += 300;
    await repeat(story, choose(story.captured));
    expect(story.wrong()).toEqual([["silent"]]);
    expect(story.counted(proven)).toBe(0);
    expect(story.counted(unproven)).toBeGreaterThan(0);
    expect(story.lines.at(-1)).toMatchObject({
      message: "request refused",
      fields: { reason: "signature stale", bridge: "bridge-a", verdict: "repeated" },
    });
  });

  it("may be one that was verified but not taken", async () => {
    const story = createBridgeStory();
    await story.send();
    const refused = [
      await story.send({ serverName: "SIPTS750", events: [{}] }),
      await story.send("no JSON"),
      await story.send({ Event: "EventRinging" }),
    ];
    await story.beat(300);
    story.clock.seconds += 300;
    await repeat(story, refused);
    expect([story.wrong(), story.counted(proven)]).toEqual([[["silent"]], 0]);
  });

  it("is not enough if it never arrived, however often it comes", async () => {
    const story = createBridgeStory();
    await story.beat(60);
    story.clock.seconds += 120;
    const lost = story.capture();
    story.clock.seconds += 300;
    await repeat(story, [lost]);
    expect(story.wrong()).toEqual([["silent"]]);
    expect(story.lines.at(-1)).toMatchObject({ fields: { verdict: "repeated" } });
  });

  it("is one from the time when the bridge's clock was off, once that is right again", async () => {
    const story = createBridgeStory();
    await story.beat(hour);
    story.clock.offset = -600;
    const refused = await story.beat(600);
    expect(story.wrong()).toEqual([["blind"]]);
    story.clock.offset = 0;
    await story.beat(60);
    expect(story.wrong()).toEqual([[]]);
    await repeat(story, refused);
    expect(story.wrong()).toEqual([["silent"]]);
  });

  it("proves nothing for another server of the same bridge", async () => {
    const story = createBridgeStory();
    await story.send({ serverName: "AVAYATS1", events: [] });
    const captured = await story.beat(hour);
    story.clock.seconds += 300;
    await repeat(story, captured.slice(-30));
    expect(story.wrong()).toEqual([["silent"], ["silent"]]);
  });

  it("never opens or hides an alert, whatever was delivered and in whatever order it is repeated", async () => {
    const step = fc.record({
      wait: fc.integer({ min: 0, max: 400 }),
      offset: fc.integer({ min: -299, max: 299 }),
      again: fc.nat(),
    });
    const steps = fc.array(step, { minLength: 5, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(steps, steps, async (life, death) => {
        const story = createBridgeStory();
        const captured: Captured[] = [];
        for (const { wait, offset, again } of life) {
          story.clock.seconds += wait;
          story.clock.offset = offset;
          captured.push(await story.send(again % 3 === 0 ? rawRegistered() : undefined));
        }
        await story.send();
        for (const { wait, again } of death) {
          story.clock.seconds += wait;
          const request = captured[again % captured.length];
          if (request !== undefined) await story.replay(request);
        }
        expect(story.counted(proven)).toBe(0);
        story.clock.seconds += 181;
        expect(story.wrong()).toEqual([["silent"]]);
      }),
      { numRuns: 40 },
    );
  });
});

describe("a bridge whose clock is off", () => {
  it.each<[string, number]>([
    ["jumps back by ten minutes", -600],
    ["jumps ahead by ten minutes", 600],
    ["jumps ahead by a year", 31_536_000],
  ])("is blind and not silent when it %s", async (_, offset) => {
    const story = createBridgeStory();
    await story.beat(hour);
    story.clock.offset = offset;
    await story.beat(90);
    expect(story.wrong()).toEqual([[]]);
    const seen = new Set<string>();
    for (let minute = 0; minute < 30; minute += 1) {
      await story.beat(60);
      for (const name of story.wrong().flat()) seen.add(name);
    }
    expect([story.wrong(), [...seen]]).toEqual([[["blind"]], ["blind"]]);
    expect(story.counted(unproven)).toBeLessThan(8);
    story.clock.offset = 0;
    await story.send();
    expect(story.wrong()).toEqual([[]]);
  });

  it("is blind and not silent when it drifts", async () => {
    const story = createBridgeStory();
    for (; story.clock.offset > -300; story.clock.offset -= 1) await story.beat(30);
    expect(story.wrong()).toEqual([[]]);
    const seen = new Set<string>();
    for (let half = 0; half < 60; half += 1) {
      story.clock.offset -= 1;
      await story.beat(30);
      for (const name of story.wrong().flat()) seen.add(name);
    }
    expect([story.wrong(), [...seen]]).toEqual([[["blind"]], ["blind"]]);
  });

  it("is counted when it was off from the beginning; there is no connection yet that could be wrong", async () => {
    const story = createBridgeStory();
    story.clock.offset = -600;
    await story.beat(hour);
    expect([story.wrong(), story.counted(proven), story.counted(unproven)]).toEqual([[], 118, 2]);
  });

  it("is silent when it only repeats one request", async () => {
    const story = createBridgeStory();
    await story.beat(hour);
    story.clock.offset = -600;
    const request = story.capture(rawRegistered());
    for (let minute = 0; minute < 30; minute += 1) {
      story.clock.seconds += 60;
      await story.replay({ ...request, timestamp: request.timestamp + 60 * minute });
    }
    expect(story.wrong()).toEqual([["silent"]]);
  });
});
