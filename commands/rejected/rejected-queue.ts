import type { SQSClient } from "@aws-sdk/client-sqs";
import type { Terminal } from "../../bridge/terminal/terminal.ts";
import { deleteMessage, giveBack, type HeldMessage, takeAll } from "../queues/receive-messages.ts";
import { rejectedLines, shortId } from "./rejected-message.ts";
import { type Resend, resendRejected } from "./resend-rejected.ts";
import { type Selection, selectMessages } from "./select-messages.ts";

/** What the command for rejected events works with. */
export type RejectedContext = {
  readonly sqs: SQSClient;
  readonly queueUrl: string;
  readonly terminal: Terminal;
};

const most = 5_000;

// Takes everything, hands it over, and gives back what is still in the queue then, also after an error.
const withMessages = async (
  { sqs, queueUrl, terminal }: RejectedContext,
  use: (
    messages: readonly HeldMessage[],
    remove: (message: HeldMessage) => Promise<void>,
  ) => Promise<void>,
): Promise<void> => {
  const messages = await takeAll(sqs, { queueUrl, holdSeconds: 300, waitSeconds: 1 }, most);
  const gone = new Set<string>();
  const remove = async (message: HeldMessage): Promise<void> => {
    await deleteMessage(sqs, queueUrl, message);
    gone.add(message.id);
  };
  try {
    await use(messages, remove);
  } finally {
    await giveBack(
      sqs,
      queueUrl,
      messages.filter(({ id }) => !gone.has(id)),
    );
  }
  if (messages.length >= most)
    terminal.note(`showing the first ${messages.length}; there are more`);
};

/** Prints the rejected events, the oldest first, and leaves them where they are. */
export const listRejected = (context: RejectedContext): Promise<void> =>
  withMessages(context, async (messages) => {
    for (const { id, body } of messages)
      for (const line of rejectedLines(id, body)) context.terminal.print(line);
    context.terminal.note(
      messages.length === 0 ? "no rejected events" : `${messages.length} rejected`,
    );
  });

/** Takes the chosen events out of the queue for good, naming each. */
export const dropRejected = (context: RejectedContext, selection: Selection): Promise<void> =>
  withMessages(context, async (messages, remove) => {
    const chosen = selectMessages(messages, selection);
    for (const message of chosen) {
      await remove(message);
      context.terminal.print(`dropped   ${rejectedLines(message.id, message.body)[0]}`);
    }
    context.terminal.note(`${chosen.length} dropped, ${messages.length - chosen.length} left`);
  });

/** Sends the chosen events again, and says what became of each; resolves to how many are still not stored. */
export const retryRejected = async (
  context: RejectedContext,
  selection: Selection,
  resend: Resend,
): Promise<number> => {
  let unsolved = 0;
  await withMessages(context, async (messages, remove) => {
    for (const message of selectMessages(messages, selection)) {
      const { outcome, why, gone } = await resendRejected(message.body, resend);
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
