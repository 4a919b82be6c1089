import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addressTypes, agentAddressTypes } from "../../../lambda/domain/event/t-library.ts";
import { isCleanText } from "../../../lambda/domain/text.ts";
import { baseTime } from "../../support/build-event.ts";
import { bodyWriters, eventWriters, type PlainEvent } from "../../support/event-writers.ts";
import { createInMemoryStore } from "../../support/in-memory-store.ts";
import { createIngestHarness } from "../../support/ingest-harness.ts";

const name = (maxLength: number) =>
  fc
    .string({ unit: "grapheme", minLength: 1, maxLength })
    .filter((text) => text.length <= maxLength && isCleanText(text));
// Whatever reads as a number is a handle, white space included.
const serverName = name(128).filter((text) => Number.isNaN(Number(text)));
const optional = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
const unsigned = fc.integer({ min: 1, max: 4_294_967_295 });
const extensions = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 4 });

const common = {
  server: serverName,
  thisDN: name(255),
  time: fc.integer({ min: 1, max: baseTime }),
  customerID: optional(name(128)),
  sequenceNumber: optional(unsigned),
  serverStartTime: optional(unsigned),
};
const absent = fc.constant(undefined);
const withAgent = fc.oneof(
  fc.record({
    addressType: fc.constantFrom(undefined, ...agentAddressTypes),
    agentID: optional(name(128)),
  }),
  fc.record({ addressType: fc.constantFrom(...addressTypes.values()), agentID: absent }),
);
const plainEvent: fc.Arbitrary<PlainEvent> = fc.oneof(
  fc
    .tuple(
      fc.record({
        ...common,
        event: fc.constant("EventRegistered" as const),
        referenceID: unsigned,
        errorCode: absent,
        errorMessage: absent,
        extensions,
      }),
      withAgent,
    )
    .map(([event, agent]) => ({ ...event, ...agent })),
  fc.record({
    ...common,
    event: fc.constant("EventUnregistered" as const),
    referenceID: optional(unsigned),
    addressType: absent,
    agentID: absent,
    errorCode: optional(fc.integer().filter((code) => code !== 0)),
    errorMessage: optional(fc.string({ unit: "grapheme", minLength: 1, maxLength: 300 })),
    extensions: optional(extensions),
  }),
);

/** What is stored of an event that was sent as this body, without what only a form has. */
const storedAs = async (contentType: string, text: string): Promise<{ row: unknown }> => {
  const store = createInMemoryStore();
  const { post } = createIngestHarness(store);
  const { status, body } = await post(text, { headers: { "content-type": contentType } });
  expect([status, body]).toMatchObject([200, { results: [{ outcome: "applied" }] }]);
  const [row] = store.history.values();
  const [stored] = store.statuses.values();
  const { cloudEvent: _, ...other } = Object.fromEntries(Object.entries(row?.other ?? {}));
  const all: { row: unknown } = JSON.parse(JSON.stringify({ row: { ...row, other }, stored }));
  return all;
};

describe("an event", () => {
  it("is stored the same in every spelling and every form", async () => {
    const forms = [...eventWriters.values()].flatMap((writeEvent) =>
      [...bodyWriters.values()].map((writeBody) => ({ writeEvent, writeBody })),
    );
    await fc.assert(
      fc.asyncProperty(plainEvent, async (event) => {
        const stored = await Promise.all(
          forms.map(({ writeEvent, writeBody }) => {
            const { contentType, text } = writeBody(writeEvent(event), event.server);
            return storedAs(contentType, text);
          }),
        );
        for (const one of stored) expect(one).toEqual(stored[0]);
        expect(stored[0]?.row).toMatchObject({ server: event.server, thisDN: event.thisDN });
      }),
      { numRuns: 200 },
    );
  });
});
