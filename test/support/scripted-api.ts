import { createServer, type IncomingHttpHeaders } from "node:http";
import { text } from "node:stream/consumers";
import { onTestFinished } from "vitest";

/** An answer that is to be given. */
export type ScriptedAnswer = { readonly status: number; readonly body: object | string };

/** An API that gives these answers, then the last one for ever. Closed with the test. */
export const startScriptedApi = async (
  ...answers: readonly [ScriptedAnswer, ...ScriptedAnswer[]]
) => {
  const asked: { path: string | undefined; headers: IncomingHttpHeaders; body: unknown }[] = [];
  const server = createServer(async (request, response) => {
    asked.push({
      path: request.url,
      headers: request.headers,
      body: JSON.parse((await text(request)) || "null"),
    });
    const { status, body } = answers[asked.length - 1] ?? answers[answers.length - 1] ?? answers[0];
    response.writeHead(status, { "content-type": "application/json" });
    response.end(typeof body === "string" ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = typeof address === "object" ? address?.port : "";
  const patience = { forMs: 1_000, everyMs: 5 };
  return { asked, server, access: { url: `http://127.0.0.1:${port}`, token: "dnr_x", patience } };
};
