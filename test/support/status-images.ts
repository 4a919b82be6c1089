import type { RegistrationEvent } from "../../lambda/domain/event/registration-event.ts";
import { advance } from "../../lambda/domain/status/advance.ts";
import type { RegistrationStatus } from "../../lambda/domain/status/registration-status.ts";
import { baseTime } from "./build-event.ts";

/** Our clock when the writes are done. */
export const clock = baseTime + 5_000_000;

/** The two images of the last write, when each event is one write. */
export const images = (...events: RegistrationEvent[]) => {
  let before: RegistrationStatus | undefined;
  let after: RegistrationStatus | undefined;
  for (const event of events) {
    before = after;
    after = advance(before, [event], clock);
  }
  if (after === undefined) throw new Error("no event");
  return { before, after };
};
