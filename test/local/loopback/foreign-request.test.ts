import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { foreignSource } from "../../../local/loopback/foreign-request.ts";

const port = 3000;
const from = (headers: Record<string, string>, method = "GET") =>
  foreignSource({ headers, method, port });

const ours = ["127.0.0.1", "localhost", "[::1]", "LOCALHOST"];
/** How a page from elsewhere may name this machine, or itself. */
const foreignNames = [
  ["rebound.example", "localhost.example", "127.0.0.1.nip.io", "a.localhost", "localhost."],
  ["127.0.0.2", "0.0.0.0", "[::]", "[::ffff:127.0.0.1]", "2130706433", "0x7f.1", "127.1", "::1"],
  ["", " ", "user@localhost", "localhost,evil.example", "localhost/evil.example", "null"],
].flat();

describe("a request of this machine", () => {
  it.each(ours)("has the host %s, with the port or without", (name) => {
    expect(from({ host: `${name}:${port}` })).toBeUndefined();
    expect(from({ host: name })).toBeUndefined();
  });

  it.each(ours)("has no origin but its own, http://%s", (name) => {
    const host = `${name}:${port}`;
    expect(from({ host, origin: `http://${name}:${port}` }, "POST")).toBeUndefined();
  });

  it("may come from a page on HTTP's own port, which browsers leave out", () => {
    const headers = { host: "localhost", origin: "http://localhost" };
    expect(foreignSource({ headers, method: "POST", port: 80 })).toBeUndefined();
    expect(from({ ...headers, host: "localhost:3000" }, "POST")).toBeDefined();
  });

  it.each(ours)("may come through a forwarded port of %s, from the page there too", (name) => {
    const host = `${name}:8080`;
    expect(from({ host })).toBeUndefined();
    expect(from({ host, origin: `http://${host}` }, "POST")).toBeUndefined();
    expect(from({ host, origin: `http://${name}:8081` }, "POST")).toMatch(/Origin/);
  });

  it("may be a link to the front page that was followed", () => {
    const headers = { host: "localhost:3000", "sec-fetch-site": "cross-site" };
    expect(from({ ...headers, "sec-fetch-mode": "navigate" })).toBeUndefined();
    expect(from({ ...headers, "sec-fetch-site": "none" })).toBeUndefined();
    expect(from({ ...headers, "sec-fetch-site": "same-origin" }, "POST")).toBeUndefined();
  });
});

describe("a request from elsewhere", () => {
  it.each(foreignNames)("is known by the host %j", (name) => {
    expect(from({ host: name })).toMatch(/Host/);
    expect(from({ host: `${name}:${port}` })).toMatch(/Host/);
  });

  it.each(foreignNames)("is known by the origin of %j", (name) => {
    const host = `127.0.0.1:${port}`;
    expect(from({ host, origin: name }, "POST")).toMatch(/Origin/);
    expect(from({ host, origin: `http://${name}:${port}` }, "POST")).toMatch(/Origin/);
  });

  it.each(["3001", "80", "", "03000", "3000 "])(
    "is known by the port %j of its origin",
    (other) => {
      const host = `localhost:${port}`;
      expect(from({ host, origin: `http://localhost:${other}` })).toMatch(/Origin/);
    },
  );

  it.each(["", "x", "3000 ", "-1", "123456"])("is known by the port %j, which is none", (other) => {
    expect(from({ host: `localhost:${other}` })).toMatch(/Host/);
  });

  it("has no host, or comes over https", () => {
    expect(from({})).toMatch(/Host/);
    const headers = { host: "localhost:3000", origin: "https://localhost:3000" };
    expect(from(headers)).toMatch(/Origin/);
  });

  it.each([
    ["an image or a script", "GET", "no-cors"],
    ["a form", "POST", "navigate"],
    ["a fetch", "POST", "cors"],
  ])("is known without an origin: %s of another page", (_what, method, mode) => {
    for (const site of ["cross-site", "same-site"]) {
      const headers = { host: "localhost:3000", "sec-fetch-site": site, "sec-fetch-mode": mode };
      expect(from(headers, method)).toMatch(/Sec-Fetch-Site/);
    }
  });

  it("is whatever does not name this machine, or is a page on another port, letter by letter", () => {
    const letters = fc.constantFrom(
      ..."localhst127.0:[]3@/%\t xn-evil".split(""),
      "localhost",
      "::1",
    );
    const authority = fc.array(letters, { maxLength: 8 }).map((parts) => parts.join(""));
    const isAllowed = (host: string) =>
      ours.includes(host.toLowerCase().replace(/(?<=[a-z1\]]):\d{1,5}$/, ""));
    fc.assert(
      fc.property(authority, (host) => {
        expect(from({ host }) === undefined).toBe(isAllowed(host));
        const origin = `http://${host}`;
        const isOwn = isAllowed(host) && host.endsWith(`:${port}`);
        expect(from({ host: "localhost:8080", origin }, "POST") === undefined).toBe(isOwn);
      }),
    );
  });
});
