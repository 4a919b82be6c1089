import { describe, expect, it } from "vitest";
import { createLocalClients } from "../../../local/emulators/local-clients.ts";
import { memoryCheckpoints } from "../../../local/event-sources/streams/checkpoints.ts";
import type { InvocationOutcome } from "../../../local/functions/invocation-outcome.ts";
import { startSchedules } from "../../../local/schedules/start-schedules.ts";
import { loadCloudAssembly } from "../../../local/templates/cloud-assembly.ts";
import { resolveTemplates } from "../../../local/templates/resolved-templates.ts";
import { createFakeClock } from "../../support/fake-clock.ts";
import { writeTriggerAssembly } from "../../support/trigger-assembly.ts";

const place = {
  region: "eu-central-1",
  account: "000000000000",
  queueBaseUrl: "http://127.0.0.1:1",
  apiUrl: "http://127.0.0.1:1",
};
const nowhere = "http://127.0.0.1:1";
const endpoints = {
  dynamodb: nowhere,
  dynamodbStreams: nowhere,
  sns: nowhere,
  sqs: nowhere,
  s3: nowhere,
  secretsManager: nowhere,
  lambda: nowhere,
};

/** Runs the schedules that call functions for some minutes; answers what these got. */
const run = async (minutes: number, invocation: InvocationOutcome, timeLapse = 1) => {
  const assembly = writeTriggerAssembly({ webhook: nowhere, at: "2026-11-22T18:01:30" });
  const start = Date.parse("2026-11-22T18:00:00Z");
  const clock = createFakeClock(start, start + minutes * 60_000);
  const events: unknown[] = [];
  const stopping = new AbortController();
  startSchedules(resolveTemplates(loadCloudAssembly(assembly), place), {
    ...place,
    clock,
    timeLapse,
    stop: stopping.signal,
    findFunction: (address) => {
      if (!address.includes(":function:")) return undefined;
      return (payload) => {
        events.push(JSON.parse(payload));
        return Promise.resolve(invocation);
      };
    },
    clients: createLocalClients(endpoints, place.region),
    trimmer: undefined,
    checkpoints: memoryCheckpoints(),
    say: () => undefined,
    onFailureOf: () => () => stopping.abort(),
  });
  await expect.poll(() => stopping.signal.aborted).toBe(true);
  return events;
};
const answered: InvocationOutcome = { kind: "answered", payload: "null" };
const failed: InvocationOutcome = { kind: "failed", reason: "error", payload: "{}" };

describe("schedules of the templates", () => {
  it("give a function the event of the rule", async () => {
    const events = await run(1, answered);
    expect(events).toEqual([
      {
        version: "0",
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        "detail-type": "Scheduled Event",
        source: "aws.events",
        account: "000000000000",
        time: "2026-11-22T18:01:00Z",
        region: "eu-central-1",
        resources: ["arn:aws:events:eu-central-1:000000000000:rule/minute"],
        detail: {},
      },
    ]);
  });

  it("retry a failed function twice", async () => {
    const events = await run(2, failed);
    const once = events.filter((event) => JSON.stringify(event).startsWith('{"at"'));
    expect(once).toEqual(Array(3).fill({ at: "2026-11-22T18:01:30Z" }));
  });

  it("fire more often in time lapse", async () => {
    const events = await run(1, answered, 4);
    const minutes = events.filter((event) => JSON.stringify(event).includes("rule/minute"));
    expect(minutes).toHaveLength(4);
  });
});
