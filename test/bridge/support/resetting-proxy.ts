import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

/**
 * A network that is cut now and then: each connection is reset at a random moment, some before the request has arrived,
 * some after it was carried out and before its answer.
 */
export const createResettingProxy = async (port: number) => {
  const sockets = new Set<Socket>();
  let resets = 0;
  let isCutting = true;
  const server = createServer((client) => {
    const upstream = connect(port, "127.0.0.1");
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on("error", () => undefined);
      socket.on("close", () => sockets.delete(socket));
    }
    client.pipe(upstream);
    upstream.pipe(client);
    if (!isCutting) return;
    const cut = setTimeout(() => {
      resets += 1;
      client.resetAndDestroy();
      upstream.destroy();
    }, Math.random() * 150);
    client.on("close", () => clearTimeout(cut));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`,
    resets: () => resets,
    /** From now on the network holds. */
    mend: () => {
      isCutting = false;
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
};
