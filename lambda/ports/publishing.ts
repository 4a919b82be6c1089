import type { OutgoingMessage } from "../domain/message/outgoing-message.ts";

/** Which topic a message goes to. */
export type Topic = "changes" | "alerts";

/** What became of one message: `refused` is final, `failed` may go through later. */
export type MessageOutcome =
  | { kind: "published" }
  | { kind: "refused"; detail: string }
  | { kind: "failed"; detail: string };

/** Publishes up to ten messages; returns an outcome for each, in their order. */
export type Publish = (
  topic: Topic,
  messages: readonly OutgoingMessage[],
) => Promise<MessageOutcome[]>;
