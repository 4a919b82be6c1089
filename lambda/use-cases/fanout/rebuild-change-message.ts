import { toChangeMessage } from "../../domain/message/change-message.ts";
import type { OutgoingMessage } from "../../domain/message/outgoing-message.ts";
import { isHeardOf } from "../../domain/status/change.ts";
import type { RegistrationStatus } from "../../domain/status/registration-status.ts";
import type { WalkHistory } from "../../ports/history.ts";
import { createStatusBeforeChange } from "./status-before-change.ts";

/**
 * Builds the function that makes the message about a status's newest published change again: with the id that it had
 * the first time, and the registration as it is now. Undefined where there is no such change: the retirement of an
 * unknown DN is not published.
 */
export const createRebuildChangeMessage = (walkHistory: WalkHistory) => {
  const statusBeforeChange = createStatusBeforeChange(walkHistory);
  return async (status: RegistrationStatus): Promise<OutgoingMessage | undefined> => {
    const before = await statusBeforeChange(status);
    return isHeardOf(before, status) ? toChangeMessage(before, status) : undefined;
  };
};

/** Makes the message about the newest published change of a status again (see `createRebuildChangeMessage`). */
export type RebuildChangeMessage = ReturnType<typeof createRebuildChangeMessage>;
