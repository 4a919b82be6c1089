import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import type { Duplex } from "node:stream";
import { connectionProblem } from "./connection-problem.ts";
import type { HttpProxy } from "./http-proxy.ts";

/** Why a proxy gives no connection. */
export class ProxyError extends Error {
  override readonly name = "ProxyError";
}

// Less than an attempt may take, so that its failure names the proxy.
const openMs = 20_000;

const refusal = (status: number): string =>
  status === 407
    ? "answered 407: it wants a user and a password, as in http://USER:PASSWORD@HOST:PORT"
    : `answered ${status}: it does not connect to the adapter`;

/** A connection to `authority` (host and port) by the proxy's CONNECT. Rejects with ProxyError. */
export const openTunnel = (proxy: HttpProxy, authority: string): Promise<Duplex> =>
  new Promise((resolve, reject) => {
    const { url, authorization, shown } = proxy;
    const fail = (why: string, cause?: Error): void =>
      reject(new ProxyError(`${shown} ${why}`, { cause }));
    const request = (url.protocol === "https:" ? httpsRequest : httpRequest)(url, {
      method: "CONNECT",
      path: authority,
      agent: false,
      timeout: openMs,
      headers: {
        host: authority,
        ...(authorization !== undefined && { "proxy-authorization": authorization }),
      },
    });
    request.once("connect", ({ statusCode = 0 }, socket, head) => {
      if (statusCode < 200 || statusCode > 299) {
        socket.destroy();
        return fail(refusal(statusCode));
      }
      socket.setTimeout(0);
      if (head.length > 0) socket.unshift(head);
      resolve(socket);
    });
    request.once("timeout", () => request.destroy(new Error("no answer in time")));
    request.on("error", (error) => fail(`gave no answer (${connectionProblem(error)})`, error));
    request.end();
  });
