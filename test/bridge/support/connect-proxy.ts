import { createServer } from "node:http";
import { connect, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import { listen } from "./listen.ts";

/** What a proxy does with a CONNECT: it connects, answers something else, hangs up, or says nothing. */
export type ProxyConduct = "connect" | "hang up" | "say nothing" | number;

/** A proxy that connects whatever it is asked for to one port of this machine. */
export const startConnectProxy = async (port: number, conduct: ProxyConduct = "connect") => {
  const sockets = new Set<Duplex>();
  const asked: { readonly authority: string; readonly authorization: string | undefined }[] = [];
  const tunnel = (client: Duplex, head: Buffer): void => {
    const upstream: Socket = connect(port, "127.0.0.1", () => {
      client.write("HTTP/1.1 200 Connection established\r\n\r\n");
      upstream.write(head);
      upstream.pipe(client).pipe(upstream);
    });
    sockets.add(upstream);
    upstream.on("error", () => client.destroy());
    client.on("error", () => upstream.destroy());
  };
  const server = createServer((_, response) => response.writeHead(405).end());
  server.on("connect", ({ url = "", headers }, client, head) => {
    sockets.add(client);
    asked.push({ authority: url, authorization: headers["proxy-authorization"] });
    if (conduct === "connect") tunnel(client, head);
    else if (conduct === "hang up") client.destroy();
    else if (conduct !== "say nothing") client.end(`HTTP/1.1 ${conduct} No\r\n\r\n{"results":[]}`);
  });
  const address = `127.0.0.1:${await listen(server)}`;
  return {
    address,
    asked,
    close: (): void => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
};
