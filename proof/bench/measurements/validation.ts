import * as v from "valibot";
import { EventRegisteredSchema } from "../../../lambda/domain/event/event-schema.ts";
import { spellOut } from "../../../lambda/domain/event/spell-out.ts";
import type { Measurement } from "../../results/measurement.ts";
import { createNumbers, registeredEvent } from "../sample-events.ts";
import { interleave, timeOf } from "../timing.ts";

const events = 1_000;
const repeats = 100;

const eventTexts = (change: (event: object) => object): string[] => {
  const nextNumber = createNumbers();
  return Array.from({ length: events }, (_, index) =>
    JSON.stringify(change(registeredEvent(nextNumber(), 1_794_990_000_000_000 + index))),
  );
};

// An invalid event still has all the others of its attributes, and they are checked too.
const withoutDn = (event: object): object => ({ ...event, ThisDN: 7001 });

const measure = (change: (event: object) => object, valid: boolean) => () => {
  const texts = eventTexts(change);
  // What is checked has been spelled out before, whatever the bridge's spelling was.
  const values = texts.map((text) => spellOut(JSON.parse(text)).values);
  const parse = (): void => {
    for (const text of texts) JSON.parse(text);
  };
  const check = (): void => {
    for (const value of values) {
      const { success } = v.safeParse(EventRegisteredSchema, value, { abortPipeEarly: true });
      if (success !== valid) throw new Error("the sample is not what it should be");
    }
  };
  return interleave(
    {
      reference: () => timeOf(parse),
      candidate: () => timeOf(check),
    },
    ({ reference, candidate }) => candidate / reference,
    repeats,
  );
};

/** Checking an event against its schema, compared with parsing its text. */
export const validation: readonly Measurement[] = [
  {
    name: "validation-valid",
    what: "schema of a valid EventRegistered against JSON.parse of its text",
    goal: { atMost: 1.25 },
    measure: measure((event) => event, true),
  },
  {
    name: "validation-invalid",
    what: "the same for an invalid one",
    goal: { atMost: 1.5 },
    measure: measure(withoutDn, false),
  },
];
