import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { destinationOf } from "../../bridge/destinations.ts";
import { explainNoAnswer } from "../../bridge/post.ts";
import { bridgeKey } from "../support/build-event.ts";
import { runScript } from "../support/run-script.ts";
import { type ProxyConduct, startConnectProxy } from "./support/connect-proxy.ts";
import { listen } from "./support/listen.ts";
import { certificateFile, createTlsServer, trustCertificate } from "./support/tls-server.ts";

const ok = '{"results":[{"index":0,"id":"i","outcome":"applied"}]}';
const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

const startServer = async () => {
  const bodies: string[] = [];
  const server = createTlsServer((request, response) => {
    bodies.push(request.url ?? "");
    request.resume().on("end", () => response.end(ok));
  });
  ends.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return { port: await listen(server), bodies };
};
const startProxy = async (port: number, conduct?: ProxyConduct) => {
  const proxy = await startConnectProxy(port, conduct);
  ends.push(proxy.close);
  return proxy;
};
const post = (url: string, environment: Record<string, string> = {}) =>
  destinationOf(url, environment).post("{}", {});
const failureOf = (answer: Promise<unknown>): Promise<string> =>
  answer.then(() => "answered", explainNoAnswer);

describe("TLS", () => {
  it("needs a certificate that this machine trusts", async () => {
    const { port } = await startServer();
    expect(await failureOf(post(`https://127.0.0.1:${port}`))).toMatch(
      /^no answer \(self-signed certificate.*: set NODE_EXTRA_CA_CERTS to a file/,
    );
    ends.push(trustCertificate());
    expect((await post(`https://127.0.0.1:${port}`)).text).toBe(ok);
  });

  it("needs a certificate for the name", async () => {
    ends.push(trustCertificate());
    const { port } = await startServer();
    const { address } = await startProxy(port);
    const failure = await failureOf(post("https://other.example", { HTTPS_PROXY: address }));
    expect(failure).toContain("its certificate is for another name: check the address");
  });

  it("is not what a port without it speaks", async () => {
    const server = createServer((socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"));
    ends.push(() => void server.close());
    const failure = await failureOf(post(`https://127.0.0.1:${await listen(server)}`));
    expect(failure).toContain("it does not speak TLS: check address and port");
  });
});

describe("a proxy", () => {
  it("connects, and the connection is kept", async () => {
    ends.push(trustCertificate());
    const { port, bodies } = await startServer();
    const { address, asked } = await startProxy(port);
    const environment = { HTTPS_PROXY: `http://ann:s3c%2Fret@${address}` };
    const destination = destinationOf("https://adapter.example/prod", environment);
    for (let count = 0; count < 3; count += 1)
      expect((await destination.post("{}", {})).text).toBe(ok);
    const authorization = `Basic ${Buffer.from("ann:s3c/ret").toString("base64")}`;
    expect(asked).toEqual([{ authority: "adapter.example:443", authorization }]);
    expect(bodies).toEqual(Array(3).fill("/prod/v1/events"));
    expect(destination.proxy).toBe(`the proxy http://${address} (HTTPS_PROXY)`);
  });

  it("is said by the bridge, without its password", async () => {
    const { port } = await startServer();
    const { address } = await startProxy(port);
    const spool = mkdtempSync(join(tmpdir(), "proxied-"));
    ends.push(() => rmSync(spool, { recursive: true, force: true }));
    const { code, stdout, stderr } = await runScript(
      "bridge/main.ts",
      ["--url", "https://adapter.example", "--server-name", "S", "--spool", spool, "-"],
      {
        input: '{"ThisDN":"1"}',
        environment: {
          BRIDGE_KEY: bridgeKey().key,
          NODE_EXTRA_CA_CERTS: certificateFile,
          HTTPS_PROXY: `http://ann:s3cret@${address}`,
        },
      },
    );
    expect(stderr).toContain(
      `to https://adapter.example (through the proxy http://${address} (HTTPS_PROXY)) as`,
    );
    expect(stderr).not.toContain("s3cret");
    expect(stdout).toBe("applied   S 1 ? ?\n1 event: 1 applied\n");
    expect(code).toBe(0);
  });

  it("gets a port, and an IPv6 address in brackets", async () => {
    const { address, asked } = await startProxy(0, 502);
    const environment = { HTTPS_PROXY: address };
    await failureOf(post("https://adapter.example:8443", environment));
    await failureOf(post("https://[2001:db8::1]", environment));
    expect(asked.map(({ authority }) => authority)).toEqual([
      "adapter.example:8443",
      "[2001:db8::1]:443",
    ]);
    expect(asked[0]?.authorization).toBeUndefined();
  });

  it("is asked to connect only", async () => {
    const { port } = await startServer();
    const { address, asked } = await startProxy(port);
    const environment = { HTTPS_PROXY: address, HTTP_PROXY: address };
    await failureOf(post(`https://localhost:${port}`, environment));
    await failureOf(post("https://127.0.0.1:9", { ...environment, NO_PROXY: "" }));
    expect(asked).toEqual([]);
  });

  it.each<[ProxyConduct, string]>([
    [200, "no answer ("],
    [301, "answered 301: it does not connect"],
    [400, "answered 400: it does not connect"],
    [403, "answered 403: it does not connect"],
    [407, "answered 407: it wants a user and a password"],
    [413, "answered 413: it does not connect"],
    [502, "answered 502: it does not connect"],
    ["hang up", "gave no answer (socket hang up: the connection was cut)"],
  ])("that answers %s is never taken for the adapter", async (conduct, why) => {
    const { address } = await startProxy(0, conduct);
    const environment = { HTTPS_PROXY: `ann:s3cret@${address}` };
    const failure = await failureOf(post("https://adapter.example", environment));
    expect(failure).toContain(why);
    expect(failure).not.toContain("s3cret");
    if (conduct !== 200) expect(failure).toMatch(`the proxy http://${address} (HTTPS_PROXY)`);
  });

  it("that is not there is named", async () => {
    const { address, close } = await startProxy(0);
    close();
    const failure = await failureOf(post("https://adapter.example", { HTTP_PROXY: address }));
    expect(failure).toBe(
      `the proxy http://${address} (HTTP_PROXY) gave no answer (connect ECONNREFUSED ${address}: nothing listens there)`,
    );
  });

  it("that says nothing does not hold up the end", async () => {
    const { address } = await startProxy(0, "say nothing");
    const ending = new AbortController();
    const { post: send } = destinationOf("https://adapter.example", { HTTPS_PROXY: address });
    const ended = failureOf(send("{}", {}, ending.signal));
    ending.abort();
    expect(await ended).toBe("no answer in time");
  });

  it("may be spoken to by TLS", async () => {
    ends.push(trustCertificate());
    const { address } = await startProxy(0, 502);
    const failure = await failureOf(
      post("https://adapter.example", { HTTPS_PROXY: `https://${address}` }),
    );
    expect(failure).toContain(`the proxy https://${address} (HTTPS_PROXY) gave no answer`);
    expect(failure).toContain("it does not speak TLS");
  });
});
