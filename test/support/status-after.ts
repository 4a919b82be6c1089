import type { RegistrationEvent } from "../../lambda/domain/event/registration-event.ts";
import { advance } from "../../lambda/domain/status/advance.ts";
import type { RegistrationStatus } from "../../lambda/domain/status/registration-status.ts";
import { testNow } from "./api-event.ts";

/** The status after these events, each applied in a write of its own at `testNow`. */
export const statusAfter = (
  first: RegistrationEvent,
  ...more: readonly RegistrationEvent[]
): RegistrationStatus =>
  more.reduce(
    (status, event) => advance(status, [event], testNow),
    advance(undefined, [first], testNow),
  );
