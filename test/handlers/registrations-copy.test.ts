import fc from "fast-check";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import type { RegistrationEvent } from "../../lambda/domain/event/registration-event.ts";
import { listStateOf } from "../../lambda/domain/status/list-key.ts";
import { toRegistration } from "../../lambda/domain/status/registration.ts";
import { testNow } from "../support/api-event.ts";
import { arbitraryEventOfMany } from "../support/arbitrary-event.ts";
import { registered } from "../support/build-event.ts";
import { createQueryHarness } from "../support/query-harness.ts";

// What changes are about: a refresh moves times, and is none.
const ApplicationSchema = v.object({
  name: v.string(),
  status: v.string(),
  verdict: v.optional(v.string()),
  reason: v.optional(v.object({ errorCode: v.optional(v.number()) })),
});
const EntrySchema = v.object({
  thisDN: v.string(),
  server: v.string(),
  status: v.string(),
  changedAt: v.string(),
  verdict: v.optional(v.string()),
  customerID: v.optional(v.string()),
  addressType: v.optional(v.string()),
  applications: v.array(ApplicationSchema),
});
const PageSchema = v.object({
  data: v.array(v.object({ ...EntrySchema.entries, retiredAt: v.optional(v.string()) })),
  nextCursor: v.nullable(v.string()),
  asOf: v.string(),
});
type Copy = Map<string, unknown>;

const keyOf = ({ thisDN, server }: { thisDN: string; server: string }) => `${server} ${thisDN}`;
const second = 1_000_000;

/** A reader that keeps a copy of what the list gives, over a table that others write to. */
const createReader = () => {
  const harness = createQueryHarness();
  const { store, list, record } = harness;
  // The first writes are older than what the first page's asOf says, and each has a time of its own.
  let clock = testNow - 300 * second;
  const write = async (events: readonly RegistrationEvent[]): Promise<void> => {
    for (const event of events) {
      clock += 1;
      await record([event], clock);
    }
  };

  const take = async (copy: Copy, query: string, between: () => Promise<void>): Promise<string> => {
    let first: string | undefined;
    let cursor: string | null = "";
    while (cursor !== null) {
      const answer = await list(`${query}&limit=2${cursor && `&cursor=${cursor}`}`);
      const page: v.InferOutput<typeof PageSchema> = v.parse(PageSchema, answer.body);
      for (const { retiredAt, ...entry } of page.data) {
        if (retiredAt === undefined) copy.set(keyOf(entry), entry);
        else copy.delete(keyOf(entry));
      }
      first ??= page.asOf;
      cursor = page.nextCursor;
      await between();
    }
    return first ?? "";
  };

  const present = () =>
    [...store.statuses.values()].filter((status) => {
      const state = listStateOf(status);
      return state !== undefined && state !== "retired";
    });
  const table = (): Copy =>
    new Map(
      present().map((status) => [keyOf(status), v.parse(EntrySchema, toRegistration(status))]),
    );
  return {
    write,
    take,
    table,
    keys: () => new Set(present().map(keyOf)),
    setClock: (now: number) => {
      clock = now;
    },
  };
};

const elsewhere = Array.from({ length: 6 }, (_, index) =>
  registered({ thisDN: `81${index}`, customerID: "acme" }),
);
const arbitraryWrite = arbitraryEventOfMany.chain((event) =>
  fc.constantFrom("7001", "810", "811", "812", "813", "814", "815").map((thisDN) => ({
    ...event,
    id: `${event.id} ${thisDN}`,
    thisDN,
  })),
);

describe("a copy of the registrations", () => {
  it("misses none that is there all the time, and equals the table once its changes are followed", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(arbitraryWrite, { maxLength: 12 }),
        fc.array(fc.array(arbitraryWrite, { maxLength: 4 }), { maxLength: 8 }),
        async (earlier, batches) => {
          const { write, take, table, keys, setClock } = createReader();
          await write([...elsewhere, ...earlier]);
          setClock(testNow);
          let always = keys();
          const queue = batches.values();
          const others = async () => {
            for (const event of queue.next().value ?? []) {
              await write([event]);
              const now = keys();
              always = new Set([...always].filter((key) => now.has(key)));
            }
          };
          const copy: Copy = new Map();
          const asOf = await take(copy, "order=oldest", others);
          for (const key of always) expect([...copy.keys()]).toContain(key);
          for (const batch of queue) await write(batch);
          await take(copy, `changedSince=${asOf}`, async () => {});
          expect(copy).toEqual(table());
        },
      ),
    );
  });
});
