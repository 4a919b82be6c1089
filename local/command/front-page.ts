import type { IncomingMessage, RequestListener } from "node:http";
import type { StackDescription } from "../stack/stack-description.ts";

/** What a browser shows at the address that `npm start` prints. The token stays in the terminal. */
export const frontPage = ({ url }: Pick<StackDescription, "url">): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,">
<title>DN registration adapter, local stack</title>
<style>
  :root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif }
  body { max-width: 42rem; margin: 2rem auto; padding: 0 1rem }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; padding: .75rem; border: 1px solid; border-radius: .25rem }
</style>
<h1>DN registration adapter</h1>
<p>This is the HTTP API of the local stack: what deploys to AWS, run on this machine by <code>npm start</code>.
It takes registration events from bridges, keeps the status of each DN, and notifies subscribers of changes and losses.
It is made for programs, so there is little to see here. It is <a href="/v1/health">running</a>.</p>
<p>In another terminal, in the folder of the project:</p>
<pre>npm run bridge -- samples/morning.ndjson
npm run alerts
curl '${url}/v1/registrations?thisDN=7042' \\
  -H 'Authorization: Bearer TOKEN'</pre>
<p>The token is printed below <code>ready</code> where <code>npm start</code> runs, and stands in
<code>.local/stack.json</code>.</p>
<p>Where to look: <code>README.md</code> for the first minute, <code>docs/http-api.md</code> for every request,
<code>docs/bridge-authors.md</code> for sending events, <code>docs/local-stack.md</code> for this stack.</p>
</html>
`;

const isForPage = ({ method, url }: IncomingMessage): boolean =>
  (method === "GET" || method === "HEAD") && url === "/";

/** Answers `/` with the page, which the API of the templates does not have, and hands on every other request. */
export const withFrontPage =
  (page: string, listener: RequestListener): RequestListener =>
  (request, response) => {
    if (!isForPage(request)) return listener(request, response);
    response.writeHead(200, {
      "content-type": "text/html; charset=utf-8",
      "content-length": Buffer.byteLength(page),
    });
    response.end(request.method === "HEAD" ? undefined : page);
  };
