import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { listen } from "./listen.ts";

/** What an address does with a request: the last two hang up, before or after they have stored its events. */
export type Conduct = "store" | 404 | 429 | 503 | "hang up" | "store and hang up";

/** A request as it came, with the ReferenceIDs of its events. */
export type ArrivedRequest = { readonly url: string; readonly ids: readonly number[] };

const idsIn = (body: string): number[] =>
  [...body.matchAll(/"ReferenceID":(\d+)/g)].map(([, id]) => Number(id));

const resultsFor = (ids: readonly number[]): string =>
  JSON.stringify({ results: ids.map((_, index) => ({ index, id: "i", outcome: "applied" })) });

/** Two addresses that store events, in this process. Each request does as `conductOf` says of it; one log has what was stored. */
export const startTwoAdapters = async () => {
  const stored: ArrivedRequest[] = [];
  let conductOf: (url: string) => Conduct = () => "store";
  const start = async () => {
    let url = "";
    const server = createServer((request, response) => {
      void text(request).then((body) => {
        const ids = idsIn(body);
        const conduct = conductOf(url);
        const isStored = conduct === "store" || conduct === "store and hang up";
        if (isStored) stored.push({ url, ids });
        if (conduct === "store") response.end(resultsFor(ids));
        else if (typeof conduct === "number") response.writeHead(conduct).end("{}");
        else request.socket.resetAndDestroy();
      });
    });
    url = `http://127.0.0.1:${await listen(server)}`;
    const close = (): void => {
      server.close();
      server.closeAllConnections();
    };
    return { url, close };
  };
  const [a, b] = [await start(), await start()];
  return {
    urls: [a.url, b.url] as const,
    /** Empties the log, and sets what becomes of requests from now on. */
    begin: (conduct: (url: string) => Conduct): readonly ArrivedRequest[] => {
      conductOf = conduct;
      stored.length = 0;
      return stored;
    },
    close: (): void => {
      a.close();
      b.close();
    },
  };
};
