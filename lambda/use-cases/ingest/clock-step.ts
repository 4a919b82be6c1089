import { stepInSeconds } from "../../domain/connection/server-clock.ts";
import type { Settled } from "./result.ts";

/** Adds a warning to an event at which its T-Server's clock went back. `steps`: by how many microseconds, by id. */
export const withClockStep = (settled: Settled, steps: ReadonlyMap<string, number>): Settled => {
  const { read } = settled;
  if (!("event" in read)) return settled;
  const { numbered, event, warnings } = read;
  const by = steps.get(event.id);
  if (numbered === undefined || by === undefined) return settled;
  const detail =
    `the T-Server's clock went back by ${stepInSeconds(by)} s: it numbered this event later than one with a later time. ` +
    "The time still decides the status: until the clock has caught up, a true later event may lose against an older one";
  const warning = { pointer: numbered.pointer, code: "clock-went-back", detail };
  return { ...settled, read: { ...read, warnings: [...warnings, warning] } };
};
