import { createHmac } from "node:crypto";

const keyPattern = /^whsec_(?<secret>[A-Za-z0-9+/]+={0,2})$/;

/** Whether the text looks like a bridge key: `whsec_` and base64. */
export const isBridgeKey = (text: string): boolean => keyPattern.test(text);

/** What is signed: the id stays the same over attempts, the time (unix seconds) is of this attempt. */
export type SignedMessage = {
  readonly id: string;
  readonly timestamp: number;
  readonly body: string;
};

/** The three headers of Standard Webhooks 1.0 for one attempt to send a body. */
export const sign = (key: string, message: SignedMessage): Record<string, string> => {
  const secret = Buffer.from(key.replace(/^whsec_/, ""), "base64");
  const signature = createHmac("sha256", secret)
    .update(`${message.id}.${message.timestamp}.${message.body}`)
    .digest("base64");
  return {
    "webhook-id": message.id,
    "webhook-timestamp": String(message.timestamp),
    "webhook-signature": `v1,${signature}`,
  };
};
