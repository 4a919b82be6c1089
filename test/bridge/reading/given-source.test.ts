import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readBridgeOptions } from "../../../bridge/options.ts";
import { type Preparation, prepareSources } from "../../../bridge/prepare-sources.ts";
import { readEach } from "../../../bridge/read-each.ts";
import { checkFollowed, descriptorOf } from "../../../bridge/reading/given-source.ts";
import { explainReadError } from "../../../bridge/terminal/explain-read-error.ts";

const line = (dn: string): string => `{"ThisDN":"${dn}"}\n`;

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sources-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

/** What the sources hold; `meanwhile` happens between the look into all of them and the reading. */
const readAll = async (args: readonly string[], meanwhile: () => void = () => undefined) => {
  const notes: string[] = [];
  const texts: string[] = [];
  const preparation: Preparation = {
    options: readBridgeOptions(args),
    isLocal: true,
    note: (text) => notes.push(text),
    signal: new AbortController().signal,
  };
  const sources = await prepareSources(preparation);
  meanwhile();
  const reading = readEach(sources, {
    ...preparation,
    read: async (source) => {
      for await (const { items } of source.read())
        for (const item of items) texts.push(item.kind === "event" ? `${item.event.text}\n` : "?");
    },
  });
  const error = await reading.then(
    () => undefined,
    (thrown: Error) => thrown.message,
  );
  return { notes, texts, error };
};

/** Copies of a file, more than are held open. */
const many = (text: string): string[] =>
  Array.from({ length: 130 }, (_, index) => file(`${index}`, text));

describe("a file that was looked into", () => {
  it.each([
    [
      "renamed and replaced",
      (path: string) => {
        renameSync(path, `${path}.1`);
        writeFileSync(path, "a log of another kind");
      },
    ],
    ["removed", (path: string) => rmSync(path)],
    ["appended to", (path: string) => appendFileSync(path, " \n")],
  ])("is read whole, though it is %s before its turn", async (_, change) => {
    const path = file("a", line("1") + line("2"));
    const { texts, error } = await readAll([path], () => change(path));
    expect([texts, error]).toEqual([[line("1"), line("2")], undefined]);
  });

  it("is missed aloud where it is emptied before its turn, and keeps no other from being read", async () => {
    const [first, second] = [file("a", line("1")), file("b", line("2"))];
    const { texts, error } = await readAll([first, second], () => truncateSync(first, 3));
    expect(texts).toEqual(["?", line("2")]);
    expect(error).toBe(
      `${first} became shorter, from 15 to 3 bytes, after the bridge had looked at it: something may be missing`,
    );
  });

  it("is not held open where there are many, and missed aloud where it was replaced", async () => {
    const [first = "", second = "", third = "", ...rest] = many(line("1"));
    const { texts, error } = await readAll([first, second, third, ...rest], () => {
      renameSync(first, join(folder, "moved"));
      writeFileSync(first, line("2"));
      rmSync(second);
      appendFileSync(third, line("3"));
    });
    expect(texts).toEqual([line("1"), line("3"), ...rest.map(() => line("1"))]);
    expect(error).toBe(
      `${first} was replaced after the bridge had looked at it: nothing of it was read; give it again\nthere is no file ${second}`,
    );
  });
});

describe("what is given", () => {
  it("is read once, by whatever names", async () => {
    const path = file("a", line("1"));
    symlinkSync(path, join(folder, "link"));
    const { texts, notes } = await readAll([path, join(folder, "link"), path]);
    expect(texts).toEqual([line("1")]);
    expect(notes).toEqual([
      `${folder}/link is the same file as ${path}: it is read once`,
      `${path} was given twice: it is read once`,
    ]);
  });

  it("may be empty, which is said", async () => {
    const [none, blank] = [file("a", ""), file("b", "\n\n")];
    const { notes, error } = await readAll([none, blank, "/dev/null"]);
    expect(notes).toEqual([`${none} is empty`, `${blank} is empty`, "/dev/null is empty"]);
    expect(error).toBeUndefined();
  });

  it("may be made up by the system each time", async () => {
    const { error } = await readAll(["/proc/self/status"]);
    expect(error).toContain("/proc/self/status does not look like a format");
  });

  it.each([
    ["nothing", "nowhere", (path: string) => `there is no file ${path}`],
    ["in a file", "file/below", (path: string) => `there is no file ${path}`],
    ["a folder", "folder", (path: string) => `${path} is a folder: give the files in it`],
    [
      "a link to nothing",
      "dangling",
      (path: string) => `${path} is a link to nowhere, which is not there`,
    ],
    ["a link to itself", "loop", (path: string) => `${path} is a link that leads back to itself`],
  ])("is refused in words where it is %s", async (_, name, message) => {
    file("file", "");
    mkdirSync(join(folder, "folder"));
    symlinkSync("nowhere", join(folder, "dangling"));
    symlinkSync("loop", join(folder, "loop"));
    const path = join(folder, name);
    await expect(readAll([path])).rejects.toThrow(message(path));
  });

  it("is refused where it is a socket", async () => {
    const path = join(folder, "socket");
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(path, resolve));
    await expect(readAll([path])).rejects.toThrow(`${path} is a socket: give a file or a pipe`);
    server.close();
  });

  it("is refused in words, whatever the system says", () => {
    const because = (code: string) =>
      explainReadError("f", Object.assign(new Error(`${code}: words`), { code }));
    expect(["EACCES", "EPERM", "EMFILE", "ENXIO", "EIO"].map(because)).toEqual([
      "you have no permission to read f",
      "you have no permission to read f",
      "f cannot be opened beside so many open files: see ulimit -n",
      "f is a socket or a device that cannot be opened",
      "f cannot be read: EIO: words",
    ]);
  });

  it("stands for an open file of the process where it is named so", () => {
    const names = [
      "-",
      "/dev/stdin",
      "/dev/fd/0",
      "/proc/self/fd/0",
      "/dev/fd/63",
      "./-",
      "/dev/fd/x",
      "/dev/null",
    ];
    expect(names.map(descriptorOf)).toEqual([0, 0, 0, 0, 63, undefined, undefined, undefined]);
    expect(() => readBridgeOptions(["-", "/dev/stdin"])).toThrow(
      "standard input (-) can be read once",
    );
    expect(() => readBridgeOptions(["--follow", "/dev/fd/63"])).toThrow("read a pipe without it");
    expect(() => readBridgeOptions(["--follow", "--encoding", "gbk", "f"])).toThrow(
      "--follow reads UTF-8",
    );
  });

  it("cannot be followed where it does not grow", async () => {
    await expect(checkFollowed(folder)).rejects.toThrow(`${folder} is a folder`);
    await expect(checkFollowed("/dev/null")).rejects.toThrow("/dev/null is a pipe or a device");
    await expect(checkFollowed(join(folder, "later"))).resolves.toBeUndefined();
  });
});
