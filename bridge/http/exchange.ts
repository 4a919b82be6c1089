import { type Agent, request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import type { HttpAnswer } from "../answer.ts";

/** A request and the connections that it may use. */
export type ExchangeRequest = {
  readonly address: URL;
  readonly agent: Agent;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Ends it at any moment, also in the middle of the answer. */
  readonly signal: AbortSignal;
};

/** No answer of the adapter is larger: Lambda gives no more. */
const mostBytes = 6 * 1024 * 1024;

const headersOf = ({ headersDistinct }: IncomingMessage): Headers =>
  new Headers(
    Object.entries(headersDistinct).flatMap(([name, values]) =>
      (values ?? []).map((value): [string, string] => [name, value]),
    ),
  );

const isCut = (error: Error): boolean =>
  "code" in error && (error.code === "ECONNRESET" || error.code === "EPIPE");

const reasonOf = ({ reason }: AbortSignal): Error =>
  reason instanceof Error ? reason : new Error("ended");

const readAnswer = (
  response: IncomingMessage,
  done: (answer: HttpAnswer) => void,
  fail: (error: Error) => void,
): void => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  response.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > mostBytes) fail(new Error(`an answer of more than ${mostBytes} bytes`));
    else chunks.push(chunk);
  });
  response.once("end", () => {
    const text = new TextDecoder().decode(Buffer.concat(chunks));
    done({ status: response.statusCode ?? 0, headers: headersOf(response), text });
  });
  response.on("error", fail);
};

const exchangeOnce = (
  { address, agent, headers, body, signal }: ExchangeRequest,
  onStale: () => Promise<HttpAnswer>,
): Promise<HttpAnswer> =>
  new Promise((resolve, reject) => {
    const send = address.protocol === "https:" ? httpsRequest : httpRequest;
    const request = send(address, { method: "POST", agent, headers });
    let isAnswered = false;
    const fail = (error: Error): void => {
      reject(error);
      request.destroy();
    };
    // A request that still waits for its connection does not say that it was destroyed.
    signal.addEventListener("abort", () => fail(reasonOf(signal)), { once: true });
    if (signal.aborted) fail(reasonOf(signal));
    request.on("error", (error) => {
      const isStale = request.reusedSocket && isCut(error) && !isAnswered && !signal.aborted;
      if (isStale) resolve(onStale());
      else reject(error);
    });
    request.once("response", (response) => {
      isAnswered = true;
      readAnswer(response, resolve, fail);
    });
    // After a 101, for one, there is neither an answer nor an error.
    request.once("close", () => {
      if (!isAnswered) reject(new Error("the connection ended without an answer"));
    });
    request.end(body);
  });

/**
 * Posts a body and reads the answer, following no redirect. Rejects where there is none. The server may have closed a kept
 * connection at the moment at which it is used again: that is no failure, and the request goes out once more.
 */
export const exchange = (request: ExchangeRequest): Promise<HttpAnswer> =>
  exchangeOnce(request, () =>
    exchangeOnce(request, () => Promise.reject(new Error("the connection was cut"))),
  );
