import { advance } from "../../lambda/domain/advance.ts";
import type { RegistrationEvent } from "../../lambda/domain/registration-event.ts";
import type { RegistrationStatus } from "../../lambda/domain/registration-status.ts";
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
