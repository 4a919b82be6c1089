import type { IncomingMessage, ServerResponse } from "node:http";
import { onTestFinished } from "vitest";
import { readWholeBody, serveLoopback } from "../../local/loopback/loopback-server.ts";
import { createShutdown } from "../../local/processes/shutdown.ts";

/** A request of an SDK client: its action and its body, as text. */
export type AwsRequest = { action: string; body: string };
/** What the server answers: JSON, or the XML of the query protocol where it is text. */
export type AwsAnswer = {
  status?: number;
  body: object | string;
  headers?: Record<string, string>;
};

/** Answers with an error as the JSON protocols write it. */
export const awsError = (type: string, status = 400): AwsAnswer => ({
  status,
  body: { __type: `com.amazonaws.service#${type}`, message: "The message of AWS" },
});

/** Answers with an error as the query protocol (SNS) writes it. */
export const queryError = (code: string, status = 400): AwsAnswer => ({
  status,
  body: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>The message of AWS</Message></Error><RequestId>1</RequestId></ErrorResponse>`,
});

const actionOf = (request: IncomingMessage, body: string): string =>
  String(request.headers["x-amz-target"] ?? "")
    .split(".")
    .at(-1) ||
  (new URLSearchParams(body).get("Action") ?? "");

const send = (response: ServerResponse, { status = 200, body, headers }: AwsAnswer): void => {
  const isXml = typeof body === "string";
  const type = isXml ? "text/xml" : "application/x-amz-json-1.0";
  response.writeHead(status, { "content-type": type, ...headers });
  response.end(isXml ? body : JSON.stringify(body));
};

/**
 * A server that answers as AWS does where emulators do not, until the test is over: `answer` gets each request and how many
 * came before it. `config` is for a real client, which tries once.
 */
export const startAwsServer = async (
  answer: (request: AwsRequest, before: number) => AwsAnswer,
) => {
  const requests: AwsRequest[] = [];
  const shutdown = createShutdown();
  onTestFinished(shutdown.run);
  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = String(await readWholeBody(request, 10_000_000));
    const taken = { action: actionOf(request, body), body };
    requests.push(taken);
    send(response, answer(taken, requests.length - 1));
  };
  const endpoint = await serveLoopback(
    (request, response) => {
      void take(request, response);
    },
    0,
    shutdown,
  );
  const credentials = { accessKeyId: "local", secretAccessKey: "local" };
  return { requests, config: { endpoint, credentials, region: "us-east-1", maxAttempts: 1 } };
};
