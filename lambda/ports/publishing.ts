import type { OutgoingMessage, OutgoingText } from "../domain/message/outgoing-message.ts";

/** Which topic a message goes to; `alertTexts` has those of alerts for people. */
export type Topic = "changes" | "alerts" | "alertTexts";

/** What became of one message: `refused` is final, `failed` may go through later. */
export type MessageOutcome =
  | { kind: "published" }
  | { kind: "refused"; detail: string }
  | { kind: "failed"; detail: string };

/** Publishes up to ten messages; returns an outcome for each, in their order. */
export type Publish = (
  topic: Topic,
  messages: readonly (OutgoingMessage | OutgoingText)[],
) => Promise<MessageOutcome[]>;
