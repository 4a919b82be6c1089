import { printable } from "../../bridge/terminal/printable.ts";
import { refuseSharedValues } from "./own-attributes.ts";
import { rejectedLines, shortId } from "./rejected-message.ts";
import {
  type Prepared,
  prepareRejected,
  type Resend,
  type ResendPreparation,
  resendRejected,
} from "./resend-rejected.ts";
import { type Selection, selectMessages } from "./select-messages.ts";
import { type RejectedContext, refuseEnded, withMessages } from "./with-messages.ts";

/** Takes the chosen events out of the queue for good, naming each. */
export const dropRejected = (context: RejectedContext, selection: Selection): Promise<void> =>
  withMessages(context, async (messages, remove) => {
    const chosen = selectMessages(messages, selection);
    for (const [index, message] of chosen.entries()) {
      refuseEnded(context, chosen.length - index);
      await remove(message);
      context.terminal.print(`dropped   ${rejectedLines(message.id, message.body)[0]}`);
    }
    context.terminal.note(`${chosen.length} dropped, ${messages.length - chosen.length} left`);
  });

/**
 * Sends the chosen events again, and says what became of each; resolves to how many are still not stored. Throws UsageError where
 * several would get one value that differs from event to event.
 */
export const retryRejected = async (
  context: RejectedContext,
  selection: Selection,
  resend: Resend,
): Promise<number> => {
  let unsolved = 0;
  await withMessages(context, async (messages, remove) => {
    const chosen = selectMessages(messages, selection);
    refuseSharedValues(resend.mends, chosen.length);
    for (const [index, message] of chosen.entries()) {
      refuseEnded(context, chosen.length - index);
      const { outcome, why, gone } = await resendRejected(message.body, resend);
      // Only now: an event that was sent and is still here is a repeat next time, which is harmless.
      if (gone) await remove(message);
      if (outcome !== "accepted") unsolved += 1;
      context.terminal.print(`${outcome.padEnd(9)} ${shortId(message.id)}  ${why}`);
    }
    context.terminal.note(
      messages.length === 0
        ? "no rejected events"
        : `${unsolved} of the chosen events are still not stored`,
    );
  });
  return unsolved;
};

const previewOf = (prepared: Prepared): string =>
  "why" in prepared
    ? `would be kept: ${prepared.why}`
    : `would be sent as ${prepared.key.name}: ${prepared.body}`;

/** Shows what a retry of the chosen events would send, and sends nothing. */
export const showRetry = (
  context: RejectedContext,
  selection: Selection,
  preparation: ResendPreparation,
): Promise<void> =>
  withMessages(context, async (messages) => {
    const chosen = selectMessages(messages, selection);
    refuseSharedValues(preparation.mends, chosen.length);
    for (const { id, body } of chosen) {
      const prepared = prepareRejected(body, preparation);
      context.terminal.print(printable(`${shortId(id)}  ${previewOf(prepared)}`));
    }
    context.terminal.note("this is what would be sent; nothing was");
  });
