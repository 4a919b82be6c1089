import { createServer, type IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import { onTestFinished } from "vitest";
import { scopes as allScopes } from "../../lambda/domain/access/reader-token.ts";
import { operateRoutes, queryRoutes } from "../../lambda/routes.ts";
import type { ReaderOptions } from "./api-event.ts";
import { createOperateHarness } from "./operate-harness.ts";
import { createQueryHarness } from "./query-harness.ts";

const pathPattern = (path: string): RegExp =>
  new RegExp(`^${path.replaceAll(/\{(\w+)\}/g, "(?<$1>[^/]+)")}$`);

const keys = [...Object.keys(operateRoutes), ...Object.keys(queryRoutes)];
const routes = keys.map((key) => {
  const [method = "", path = ""] = key.split(" ");
  return { key, method, pattern: pathPattern(path) };
});

const findRoute = ({ method = "", url = "" }: IncomingMessage) => {
  const { pathname, search } = new URL(url, "http://any");
  const found = routes.find((route) => route.method === method && route.pattern.test(pathname));
  if (found === undefined) throw new Error(`no route ${method} ${pathname}`);
  const path = Object.fromEntries(
    Object.entries(found.pattern.exec(pathname)?.groups ?? {}).map(([name, value]) => [
      name,
      decodeURIComponent(value),
    ]),
  );
  return { key: found.key, path, query: search.slice(1) };
};

/** What the server takes: with which scopes, and how many requests pass before the token is known. */
export type ApiServerOptions = {
  readonly scopes?: readonly string[];
  readonly unknownFor?: number;
};

/**
 * The API for readers over HTTP, with its real handlers and domain over tables in memory at `testNow`. It takes every
 * token, as that of "crm". Closed with the test.
 */
export const startApiServer = async ({
  scopes = allScopes,
  unknownFor = 0,
}: ApiServerOptions = {}) => {
  const operate = createOperateHarness();
  const query = createQueryHarness(operate.tables, operate.tables);
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    asked.push(`${request.method} ${request.url}`);
    const { key, path, query: parameters } = findRoute(request);
    const isKnown = asked.length > unknownFor;
    const body = await text(request);
    const { ask } = Object.hasOwn(queryRoutes, key) ? query : operate;
    const options: ReaderOptions = {
      path,
      query: parameters,
      headers: { "content-type": request.headers["content-type"] ?? "" },
      authorizer: isKnown
        ? { tokenId: "token_1", tokenName: "crm", scopes: scopes.join(" ") }
        : { tokenId: "" },
      ...(body !== "" && { body }),
    };
    const answer = await ask(key, options);
    response.writeHead(answer.status ?? 500, { "content-type": "application/json" });
    response.end(answer.text);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
  const patience = { forMs: 1_000, everyMs: 1 };
  return { ...operate, asked, access: { url, token: "dnr_x", patience } };
};
