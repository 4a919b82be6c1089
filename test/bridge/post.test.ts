import { createServer, type Server } from "node:http";
import { createServer as createTcpServer, type Socket, type Server as TcpServer } from "node:net";
import { text } from "node:stream/consumers";
import { setImmediate } from "node:timers/promises";
import { describe, expect, it, onTestFinished } from "vitest";
import { createPost, explainNoAnswer } from "../../bridge/post.ts";
import { listen } from "./support/listen.ts";

const ok = '{"results":[]}';
const answerTo = (body: string, head = "200 OK\r\n") =>
  `HTTP/1.1 ${head}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;

/** A server of plain bytes: called with each request, with its connection and the number of the request on it. */
const serveBytes = async (onRequest: (socket: Socket, turn: number) => void) => {
  const sockets = new Set<Socket>();
  const server: TcpServer = createTcpServer((socket) => {
    sockets.add(socket);
    let turn = 0;
    socket.on("error", () => undefined);
    socket.on("data", (data) => {
      if (!data.includes("POST ")) return;
      turn += 1;
      onRequest(socket, turn);
    });
  });
  onTestFinished(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return { url: `http://127.0.0.1:${await listen(server)}`, connections: () => sockets.size };
};

const failureOf = (answer: Promise<unknown>): Promise<string> =>
  answer.then(() => "answered", explainNoAnswer);

describe("posting", () => {
  it("sends the body whole, with its headers, to the events resource", async () => {
    const seen: unknown[] = [];
    const server: Server = createServer((request, response) => {
      void text(request).then((body) => {
        seen.push([request.method, request.url, request.headers["content-type"], body]);
        response.end(ok);
      });
    });
    onTestFinished(() => void server.close());
    const post = createPost(`http://127.0.0.1:${await listen(server)}/prod/`);
    const body = "ä".repeat(500_000);
    await post(body, { "content-type": "application/x-ndjson" });
    expect(seen).toEqual([["POST", "/prod/v1/events", "application/x-ndjson", body]]);
  });

  it.each([
    ["a byte order mark in front", answerTo(`\uFEFF${ok}`), ok],
    ["another content type", answerTo(ok, "200 OK\r\ncontent-type: text/html\r\n"), ok],
    ["early hints", `HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n${answerTo(ok)}`, ok],
    ["a hundred and continue", `HTTP/1.1 100 Continue\r\n\r\n${answerTo(ok)}`, ok],
    ["no length", `HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n${ok}`, ok],
    ["no body", "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n", ""],
  ])("reads an answer with %s", async (_, bytes, expected) => {
    const { url } = await serveBytes((socket) => {
      socket.write(bytes);
      if (bytes.includes("close")) socket.end();
    });
    expect(await createPost(url)("{}", {})).toMatchObject({ status: 200, text: expected });
  });

  it("gives a redirect as the answer, and every value of a header", async () => {
    const head =
      "307 There\r\nlocation: http://127.0.0.1:1\r\nretry-after: 1\r\nretry-after: 2\r\n";
    const { url } = await serveBytes((socket) => void socket.write(answerTo("", head)));
    const { status, headers } = await createPost(url)("{}", {});
    expect([status, headers.get("retry-after")]).toEqual([307, "1, 2"]);
  });

  it("keeps its connection, and sends once more where the server has just closed it", async () => {
    const turns: number[] = [];
    const server = await serveBytes((socket, turn) => {
      turns.push(turn);
      if (turn === 1) socket.write(answerTo(ok));
      else socket.resetAndDestroy();
    });
    const post = createPost(server.url);
    for (let count = 0; count < 3; count += 1) {
      expect((await post("{}", {})).status).toBe(200);
      // The connection is free only after the answer's end.
      await setImmediate();
    }
    expect(turns).toEqual([1, 2, 1, 2, 1]);
    expect(server.connections()).toBe(3);
  });

  it.each([
    ["before an answer", (socket: Socket) => socket.resetAndDestroy(), "the connection was cut"],
    ["without an answer", (socket: Socket) => socket.end(), "the connection was cut"],
    [
      "in an answer",
      (socket: Socket) => socket.end("HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{"),
      "the connection was cut",
    ],
    [
      "for another protocol",
      (socket: Socket) =>
        socket.write("HTTP/1.1 101 Go\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n"),
      "ended without an answer",
    ],
    ["with no HTTP", (socket: Socket) => socket.end("220 smtp\r\n"), "Parse Error"],
  ])("fails once where a new connection ends %s", async (_, end, why) => {
    let requests = 0;
    const { url } = await serveBytes((socket) => {
      requests += 1;
      end(socket);
    });
    const failure = await failureOf(createPost(url)("{}", {}));
    expect(failure).toMatch(/^no answer \(/);
    expect(failure).toContain(why);
    expect(requests).toBe(1);
  });

  it("does not read an answer without end", async () => {
    const { url } = await serveBytes((socket) => {
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      const more = (): void => {
        while (socket.writable && socket.write(" ".repeat(1 << 16)));
      };
      socket.on("drain", more);
      more();
    });
    const failure = await failureOf(createPost(url)("{}", {}));
    expect(failure).toBe("no answer (an answer of more than 6291456 bytes)");
  });

  it.each([
    ["has no answer", ""],
    ["has half an answer", "HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{"],
    ["has half a head", "HTTP/1.1 200 OK\r\ncontent-"],
  ])("gives up in time on what %s, and when it is ended", async (_, bytes) => {
    const { url } = await serveBytes((socket) => void socket.write(bytes));
    const late = await failureOf(createPost(url, { timeoutMs: 100 })("{}", {}));
    expect(late).toBe("no answer in time");
    const ending = new AbortController();
    const ended = failureOf(createPost(url)("{}", {}, ending.signal));
    ending.abort();
    expect(await ended).toBe("no answer in time");
    expect(await failureOf(createPost(url)("{}", {}, ending.signal))).toBe("no answer in time");
  });

  it("says that nothing listens", async () => {
    const server = createTcpServer();
    const port = await listen(server);
    await new Promise((resolve) => server.close(resolve));
    const failure = await failureOf(createPost(`http://localhost:${port}`)("{}", {}));
    expect(failure).toMatch(/^no answer \(.*ECONNREFUSED.*: nothing listens there\)$/);
  });
});
