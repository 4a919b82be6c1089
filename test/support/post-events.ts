import { createHmac, randomUUID } from "node:crypto";

/** How a test changes a request. The clock offset is in seconds. */
export type PostOptions = {
  key: string;
  contentType?: string;
  clockOffset?: number;
  headers?: Record<string, string>;
};

/** The answer: the status and the JSON body, which tests inspect as they like. */
export type Answer = { status: number; headers: Headers; body: Record<string, unknown> };

/** Signs a body as a bridge does (Standard Webhooks) and posts it to the events route of a running stack. */
export const postEvents = async (
  url: string,
  body: unknown,
  { key, contentType = "application/json", clockOffset = 0, headers = {} }: PostOptions,
): Promise<Answer> => {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const id = `msg_${randomUUID()}`;
  const timestamp = Math.floor(Date.now() / 1000) + clockOffset;
  const signature = createHmac("sha256", Buffer.from(key.slice("whsec_".length), "base64"))
    .update(`${id}.${timestamp}.${text}`)
    .digest("base64");
  const response = await fetch(`${url}/v1/events`, {
    method: "POST",
    headers: {
      "content-type": contentType,
      "webhook-id": id,
      "webhook-timestamp": String(timestamp),
      "webhook-signature": `v1,${signature}`,
      ...headers,
    },
    body: text,
  });
  const answer: Record<string, unknown> = JSON.parse(await response.text());
  return { status: response.status, headers: response.headers, body: answer };
};
