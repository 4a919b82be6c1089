import type { SQSClient } from "@aws-sdk/client-sqs";
import { CommandError } from "../../bridge/terminal/command-error.ts";
import type { Terminal } from "../../bridge/terminal/terminal.ts";
import { deleteMessage, giveBack, type HeldMessage, takeAll } from "../queues/receive-messages.ts";

/** What the command for rejected events works with. `signal`: the person ends it. */
export type RejectedContext = {
  readonly sqs: SQSClient;
  readonly queueUrl: string;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
  readonly stageOption: string;
};

const most = 5_000;

/** Takes everything, hands it over, and gives back what is still in the queue then, also after an error. */
export const withMessages = async (
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

/** Throws CommandError where the person ended the command: what was not reached stays in the queue. */
export const refuseEnded = ({ signal }: Pick<RejectedContext, "signal">, left: number): void => {
  if (signal.aborted) throw new CommandError(`ended early: ${left} were not reached, and stay`);
};
