import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { Duplex } from "node:stream";
import { connect } from "node:tls";
import type { HttpProxy } from "./http-proxy.ts";
import { openTunnel } from "./tunnel.ts";

// What is idle longer may have been forgotten by a router in between, and a request into it would wait for nothing.
const keepingAlive = { keepAlive: true, timeout: 5_000 };

const direct = { http: new HttpAgent(keepingAlive), https: new HttpsAgent(keepingAlive) };

/** TLS to the server through the proxy. What the proxy says is never taken for the server's answer. */
const createTunnelAgent = (proxy: HttpProxy): HttpsAgent => {
  const agent = new HttpsAgent(keepingAlive);
  agent.createConnection = ({ host, port, servername }, callback) => {
    const name = host ?? "";
    const authority = `${name.includes(":") ? `[${name}]` : name}:${port}`;
    openTunnel(proxy, authority).then(
      (socket) =>
        callback?.(null, connect({ socket, host: name, servername, ALPNProtocols: ["http/1.1"] })),
      // The type wants a stream beside an error, too; Node does not look at it.
      (error: Error) => callback?.(error, new Duplex()),
    );
    return undefined;
  };
  return agent;
};

/** The connections to an address, which are kept for the next request. */
export const agentFor = ({ protocol }: URL, proxy: HttpProxy | undefined): HttpAgent => {
  if (proxy !== undefined) return createTunnelAgent(proxy);
  return protocol === "https:" ? direct.https : direct.http;
};
