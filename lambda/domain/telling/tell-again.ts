import type { ReadHistory } from "../ports.ts";
import { createStatusBeforeChange } from "../reading/status-before-change.ts";
import { isAllRetired, type RegistrationStatus } from "../status/registration-status.ts";
import { toChangeMessage } from "./change-message.ts";
import type { Message } from "./cloud-event.ts";

/**
 * Builds what puts the newest published change of a status in words again: with the id that it had the first time, and the
 * registration as it is now. Undefined: it has none, a retirement of what nobody had heard of is told to nobody.
 */
export const createTellAgain = (readHistory: ReadHistory) => {
  const statusBeforeChange = createStatusBeforeChange(readHistory);
  return async (status: RegistrationStatus): Promise<Message | undefined> => {
    const before = await statusBeforeChange(status);
    const wasKnown = before !== undefined && !isAllRetired(before);
    return wasKnown || !isAllRetired(status) ? toChangeMessage(before, status) : undefined;
  };
};

/** Puts the newest published change of a status in words again (see `createTellAgain`). */
export type TellAgain = ReturnType<typeof createTellAgain>;
