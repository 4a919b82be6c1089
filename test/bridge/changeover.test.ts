import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDeliver, type Retry } from "../../bridge/deliver.ts";
import { createDestinations, destinationOf } from "../../bridge/destinations.ts";
import { createRejects } from "../../bridge/rejects.ts";
import { createSendSpool } from "../../bridge/send-spool.ts";
import type { SourceEvent } from "../../bridge/source-event.ts";
import { openSpool } from "../../bridge/spool/spool.ts";
import { createWithSpace } from "../../bridge/with-space.ts";
import { bridgeKey, rawRegistered } from "../support/build-event.ts";
import { type Conduct, startTwoAdapters } from "./support/two-adapters.ts";

const eventOf = (id: number, dns: number): SourceEvent => ({
  text: JSON.stringify({ ...rawRegistered(), ThisDN: `${id % dns}`, ReferenceID: id }),
  where: `f:${id}`,
  form: "json",
});

/** Where a request went, or which one failed. */
type Step = { readonly url: string } | { readonly retry: Retry };

describe("two addresses", () => {
  let folder = "";
  let adapters: Awaited<ReturnType<typeof startTwoAdapters>>;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "changeover-"));
    adapters = await startTwoAdapters();
  });
  afterAll(() => {
    adapters.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Sends so many events to the two, by a clock that waits for nothing. */
  const send = async (count: number, dns: number, conductOf: (url: string) => Conduct) => {
    const stored = adapters.begin(conductOf);
    const [a, b] = adapters.urls;
    const steps: Step[] = [];
    let clock = Date.now();
    const at = (url: string) => {
      const { post } = destinationOf(url, {});
      const posted: typeof post = (...given) => {
        steps.push({ url });
        return post(...given);
      };
      return { url, post: posted };
    };
    const spool = openSpool(folder);
    spool.append(Array.from({ length: count }, (_, index) => eventOf(index + 1, dns)));
    const deliver = createDeliver({
      readKey: async () => bridgeKey().key,
      destinations: createDestinations([at(a), at(b)], () => clock),
      nowMs: () => clock,
      random: () => 0,
      sleep: async (milliseconds) => {
        clock += milliseconds;
        await setImmediate();
      },
      onRetry: (retry) => steps.push({ retry }),
    });
    const outcomes: string[] = [];
    await createSendSpool({
      spool,
      deliver,
      requestsAtOnce: 2,
      isReading: () => false,
      report: { outcome: () => undefined, refused: () => undefined },
      learn: () => undefined,
      rejects: createRejects(join(folder, "rejected.ndjson"), () => new Date(0)),
      withSpace: createWithSpace({ sleep: () => setImmediate(), onFull: () => undefined }),
      count: (outcome) => void outcomes.push(outcome),
      hear: () => undefined,
      flush: () => setImmediate(),
      idle: () => setImmediate(),
    })(new AbortController().signal);
    const left = spool.size();
    spool.close();
    return { stored: [...stored], steps, outcomes, left };
  };

  /** The events of each DN, in the order in which they came first, wherever. */
  const firstArrivals = (stored: readonly { ids: readonly number[] }[], dns: number) => {
    const ids = [...new Set(stored.flatMap((request) => request.ids))];
    return Array.from({ length: dns }, (_, dn) => ids.filter((id) => id % dns === dn));
  };

  it("get everything between them, in the order of each DN, whatever becomes of requests", async () => {
    const conduct = fc.constantFrom<Conduct>(
      "store",
      "store",
      404,
      429,
      503,
      "hang up",
      "store and hang up",
    );
    const script = fc.array(conduct, { maxLength: 12 });
    const dnCounts = fc.constantFrom(3, 250, 400);
    await fc.assert(
      fc.asyncProperty(script, script, dnCounts, async (first, second, dns) => {
        const scripts = new Map(adapters.urls.map((url, index) => [url, [first, second][index]]));
        const left = new Map([...scripts].map(([url, some]) => [url, [...(some ?? [])]]));
        const run = await send(400, dns, (url) => left.get(url)?.shift() ?? "store");
        expect(run.left).toBe(0);
        expect(run.outcomes).toEqual(Array(400).fill("applied"));
        for (const ids of firstArrivals(run.stored, dns))
          expect(ids).toEqual([...ids].sort((one, other) => one - other));
        expect(new Set(run.stored.flatMap(({ ids }) => ids)).size).toBe(400);
        expectSticking(run.steps);
      }),
      { numRuns: 20 },
    );
  });

  /** Every request goes to the address in use, and only its own failure puts another one in use. */
  const expectSticking = (steps: readonly Step[]): void => {
    let inUse: string = adapters.urls[0];
    for (const step of steps) {
      if ("url" in step) expect(step.url).toBe(inUse);
      else if (step.retry.changesOver) {
        expect(step.retry.url).toBe(inUse);
        expect(step.retry.why).not.toContain("answered 429");
        inUse = step.retry.next;
      } else expect(step.retry.next).toBe(inUse);
    }
  };

  it("are asked in turn while both are dead, with growing waits, until one lives", async () => {
    const [a, b] = adapters.urls;
    let dead = 7;
    const { steps } = await send(1, 1, () => {
      dead -= 1;
      return dead < 0 ? "store" : 503;
    });
    const asked = steps.flatMap((step) => ("url" in step ? [step.url] : []));
    expect(asked).toEqual([a, b, a, b, a, b, a, b]);
    const waits = steps.flatMap((step) => ("retry" in step ? [step.retry.delayMs / 1000] : []));
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 40]);
  });
});
