import { toChangeMessage } from "../../domain/message/change-message.ts";
import type { OutgoingMessage } from "../../domain/message/outgoing-message.ts";
import { isAllRetired, type RegistrationStatus } from "../../domain/status/registration-status.ts";
import type { ReadHistory } from "../../ports/history.ts";
import { createStatusBeforeChange } from "./status-before-change.ts";

/**
 * Builds what puts the newest published change of a status in words again: with the id that it had the first time, and the
 * registration as it is now. Undefined: it has none, a retirement of what nobody had heard of is told to nobody.
 */
export const createRebuildChangeMessage = (readHistory: ReadHistory) => {
  const statusBeforeChange = createStatusBeforeChange(readHistory);
  return async (status: RegistrationStatus): Promise<OutgoingMessage | undefined> => {
    const before = await statusBeforeChange(status);
    const wasKnown = before !== undefined && !isAllRetired(before);
    return wasKnown || !isAllRetired(status) ? toChangeMessage(before, status) : undefined;
  };
};

/** Puts the newest published change of a status in words again (see `createTellAgain`). */
export type RebuildChangeMessage = ReturnType<typeof createRebuildChangeMessage>;
