import { createServer, type Server } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { frontPage, withFrontPage } from "../../../local/command/front-page.ts";

describe("what a browser gets at the address of the local stack", () => {
  const page = frontPage({ url: "http://127.0.0.1:3000" });
  let server: Server;
  let url = "";
  beforeAll(async () => {
    const listener = withFrontPage(page, (_, response) => response.writeHead(404).end("{}"));
    server = createServer(listener);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("no port");
    url = `http://127.0.0.1:${address.port}`;
  });
  afterAll(() => server.close());

  it("is a page that says what this is and where to look", async () => {
    const response = await fetch(url);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toContain("text/html");
    const text = await response.text();
    expect(text).toBe(page);
    for (const part of ["DN registration adapter", "/v1/health", "npm run bridge", "docs/"])
      expect(text).toContain(part);
  });

  it("leaves every other request to the API", async () => {
    expect((await fetch(`${url}/v1/registrations`)).status).toBe(404);
    expect((await fetch(url, { method: "POST" })).status).toBe(404);
    const head = await fetch(url, { method: "HEAD" });
    expect([head.status, await head.text()]).toEqual([200, ""]);
  });
});
