import { describe, expect, it } from "vitest";
import { chunks } from "../../lambda/async/chunks.ts";
import type { RegistrationEvent } from "../../lambda/domain/event/registration-event.ts";
import { formatTime } from "../../lambda/domain/time.ts";
import type { WalkHistory } from "../../lambda/ports/history.ts";
import { baseTime, registered, unregistered } from "../support/build-event.ts";
import { createInMemoryStore } from "../support/in-memory-store.ts";
import { createQueryHarness } from "../support/query-harness.ts";

const minute = 60_000_000;
const day = 24 * 60 * minute;
const start = baseTime - 100 * day;
const count = 21_000;
const noisy = { application: "bridge-noisy" };
const noiseAt = (index: number): number => start + day + index * minute;
const end = noiseAt(count);

type Noise = (changes: Partial<RegistrationEvent>, index: number) => RegistrationEvent;
const refreshing: Noise = registered;
const flapping: Noise = (changes, index) =>
  index % 2 === 0 ? registered(changes) : unregistered({ ...changes, errorCode: 59 });

/** A DN that one bridge registered once, and about which another one sent 21,000 events. */
const createNoisy = async (noise: Noise, server = "SIPTS750", thisDN = "7001") => {
  const memory = createInMemoryStore();
  let read = 0;
  const walkHistory: WalkHistory = async function* walk(range) {
    for await (const row of memory.walkHistory(range)) {
      read += 1;
      yield row;
    }
  };
  const harness = createQueryHarness({ ...memory, walkHistory });
  const events = Array.from({ length: count }, (_, index) =>
    noise({ ...noisy, server, thisDN, time: noiseAt(index) }, index),
  );
  await harness.record([registered({ thisDN, time: start, agentID: "4711" })]);
  for (const some of chunks(events, 500)) await harness.record(some);
  const askAt = async (at: number, dns = `thisDN=${thisDN}`) => {
    read = 0;
    const answer = await harness.list(`${dns}&at=${formatTime(at)}`);
    return { ...answer, read };
  };
  return { ...harness, askAt };
};

/** A registration in which there are these applications, among others. */
const withApplication = (application: object): unknown =>
  expect.objectContaining({
    applications: expect.arrayContaining([expect.objectContaining(application)]),
  });

describe("a look back beyond 20,000 events of another bridge", () => {
  it.each<[string, Noise, string, object]>([
    ["registers again and again", refreshing, "SIPTS750", { status: "registered" }],
    ["registers again and again on another server", refreshing, "SIPTS751", {}],
    ["flaps", flapping, "SIPTS750", { status: "unregistered", verdict: "unexpected" }],
  ])("shows both registrations where it %s, from a few rows", async (_, noise, server, shown) => {
    const { askAt } = await createNoisy(noise, server);
    const answer = await askAt(noiseAt(20_501));
    const quiet = { name: "bridge-a", status: "registered", statusSince: formatTime(start) };
    const other = { name: "bridge-noisy", confirmedAt: formatTime(noiseAt(20_501)), ...shown };
    expect(answer).toMatchObject({
      status: 200,
      body: {
        data: expect.arrayContaining([
          withApplication({ ...quiet, agentID: "4711" }),
          withApplication(other),
        ]),
      },
    });
    expect(answer.read).toBeLessThan(1_000);
  });

  it("says 400 where an older event may matter, and from which time on it knows", async () => {
    const { askAt, record } = await createNoisy(flapping);
    await record([unregistered({ time: end + minute })]);
    const { status, body, read } = await askAt(end);
    expect({ status, body }).toMatchObject({
      status: 400,
      body: {
        type: "urn:dn-registration-adapter:problem:at-too-costly",
        detail: expect.stringMatching(/^thisDN has too many events before the time in at/),
      },
    });
    expect(JSON.stringify(body)).toContain(`from ${formatTime(end + minute)} on or page through`);
    expect(read).toBe(20_001);
    expect(await askAt(end + minute)).toMatchObject({ status: 200, read: 0 });
    expect(await askAt(end, "thisDN=7000&thisDN=7000&thisDN=7001")).toMatchObject({
      body: {
        detail: expect.stringMatching(/^thisDN number 3 has too many events.*, for fewer DNs, or/),
      },
    });
  });

  it("knows what there was where the history ends within them", async () => {
    const { askAt, record } = await createNoisy(flapping);
    await record([unregistered({ time: end + minute })]);
    const answer = await askAt(noiseAt(15_001));
    expect(answer).toMatchObject({
      status: 200,
      body: { data: [{ status: "registered", statusSince: formatTime(start) }] },
    });
  });

  it("reads at most 100,000 rows for a request", async () => {
    const { askAt, record, store } = await createNoisy(flapping);
    const dns = Array.from({ length: 6 }, (_, index) => `71${index}`);
    await record([unregistered({ time: end + minute })]);
    const statuses = [...store.statuses.values()];
    const rows = [...store.history];
    for (const thisDN of dns) {
      for (const status of statuses) store.statuses.set(thisDN, { ...status, thisDN });
      for (const [key, row] of rows) store.history.set(`${thisDN} ${key}`, { ...row, thisDN });
    }
    const query = dns.map((thisDN) => `thisDN=${thisDN}`).join("&");
    const { status, read } = await askAt(noiseAt(19_000), query);
    expect(status).toBe(400);
    expect(read).toBeLessThanOrEqual(100_010);
  });
});
