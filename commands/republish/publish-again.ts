import { printable } from "../../bridge/terminal/printable.ts";
import type { Terminal } from "../../bridge/terminal/terminal.ts";
import { chunks } from "../../lambda/async/chunks.ts";
import { inParallel } from "../../lambda/async/in-parallel.ts";
import type { OutgoingMessage } from "../../lambda/domain/message/outgoing-message.ts";
import type { RegistrationStatus } from "../../lambda/domain/status/registration-status.ts";
import type { Publish } from "../../lambda/ports/publishing.ts";
import type { RebuildChangeMessage } from "../../lambda/use-cases/fanout/rebuild-change-message.ts";

/** What publishing again needs. */
export type PublishAgainContext = {
  readonly rebuildMessage: RebuildChangeMessage;
  readonly publish: Publish;
  readonly terminal: Terminal;
};

/** A publisher that everything goes through, and nothing comes out of. */
export const publishNothing: Publish = async (_, messages) =>
  messages.map(() => ({ kind: "published" }));

/** How many changes there were, and how many of them the topic did not take. */
export type PublishedAgain = {
  readonly changes: number;
  readonly missing: number;
};

const messagesPerCall = 10;
const width = 10;
const noteEvery = 1_000;

const publishSome = async (
  messages: readonly OutgoingMessage[],
  { publish, terminal }: PublishAgainContext,
): Promise<number> => {
  if (messages.length === 0) return 0;
  const answers = await publish("changes", messages);
  const missing = messages.flatMap(({ event }, index) => {
    const answer = answers[index] ?? { kind: "failed", detail: "SNS did not answer for it" };
    return answer.kind === "published" ? [] : [`${event.id}: ${answer.detail}`];
  });
  for (const line of missing) terminal.note(printable(line));
  return missing.length;
};

/** Publishes the newest change of each status again, in their order. */
export const publishAgain = async (
  statuses: readonly RegistrationStatus[],
  context: PublishAgainContext,
): Promise<PublishedAgain> => {
  let looked = 0;
  let changes = 0;
  let missing = 0;
  for (const some of chunks(statuses, messagesPerCall)) {
    const rebuilt = await inParallel(width, some, context.rebuildMessage);
    const messages = rebuilt.filter((message) => message !== undefined);
    missing += await publishSome(messages, context);
    changes += messages.length;
    looked += some.length;
    if (looked % noteEvery === 0) context.terminal.note(`${looked} of ${statuses.length}`);
  }
  return { changes, missing };
};
