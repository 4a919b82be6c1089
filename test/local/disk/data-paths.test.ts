import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { claimDataDirectory } from "../../../local/disk/data-directory.ts";
import { createShutdown, type Shutdown } from "../../../local/processes/shutdown.ts";

let folder: string;
let shutdown: Shutdown;
beforeEach(() => {
  shutdown = createShutdown();
  folder = mkdtempSync(join(tmpdir(), "data-paths-"));
  mkdirSync(join(folder, "is-there"));
  writeFileSync(join(folder, "file"), "mine");
  symlinkSync("nowhere", join(folder, "dangling"));
  symlinkSync("circle", join(folder, "circle"));
  symlinkSync("is-there", join(folder, "link"));
});
afterEach(async () => {
  await shutdown.run();
  rmSync(folder, { recursive: true, force: true });
});

const claim = (directory: string) => claimDataDirectory(directory, shutdown);
/** The message of the refusal, which has what was tried and what to do. */
const refusal = async (directory: string): Promise<string> => {
  const error: unknown = await claim(directory).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ name: "StartFailure" });
  const message = error instanceof Error ? error.message : "";
  expect(message).toContain(`--data ${directory} cannot hold the tables`);
  expect(message).toContain("Give a directory");
  expect(message).not.toMatch(/E[A-Z]{4,}|\n/);
  return message;
};

/** Runs as another user, who may not do what root may; undefined where this is not root. */
const asOther = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
  if (process.getuid?.() !== 0) return undefined;
  process.seteuid?.(65_534);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
};

describe("a directory for --data", () => {
  it.each(["is-there", "link", "new", "new/and/deep", "link/new", "is-there/", "a b ü'\n"])(
    "may be %j",
    async (path) => {
      await claim(join(folder, path));
      expect(existsSync(join(folder, path, "lock"))).toBe(true);
    },
  );

  it("is made for its owner only, with those above it and what is in it", async () => {
    expect(await claim(join(folder, "new/deep"))).toBeUndefined();
    for (const path of ["new", "new/deep"]) {
      expect(statSync(join(folder, path)).mode & 0o777).toBe(0o700);
    }
    expect(statSync(join(folder, "new/deep/lock.json")).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, "new/deep/lock")).mode & 0o777).toBe(0o600);
  });

  it("keeps its own modes, with a warning; what the stack keeps in it is closed", async () => {
    const directory = join(folder, "is-there");
    chmodSync(directory, 0o755);
    const kept = ["dynoxide.db", "access.json", "access.json.new", "stream-checkpoints.json"];
    for (const name of kept) writeFileSync(join(directory, name), "old", { mode: 0o644 });
    writeFileSync(join(directory, "notes.txt"), "mine", { mode: 0o644 });
    expect(await claim(directory)).toMatch(/Other users .* can look into .*is-there/);
    expect(statSync(directory).mode & 0o777).toBe(0o755);
    for (const name of kept) expect(statSync(join(directory, name)).mode & 0o777).toBe(0o600);
    expect(statSync(join(directory, "notes.txt")).mode & 0o777).toBe(0o644);
  });
});

describe("a path that cannot be one for --data", () => {
  it.each([
    ["file", /it is a file, not a directory/],
    ["file/below", /a part of the path is a file/],
    ["file/far/below", /a part of the path is a file/],
    ["dangling", /a symbolic link to something that does not exist/],
    ["dangling/below", /a symbolic link to something that does not exist/],
    ["circle", /its symbolic links go in a circle/],
    ["n".repeat(300), /a name in it is too long/],
    ["n/".repeat(3000), /a name in it is too long/],
  ])("is %j", async (path, message) => {
    expect(await refusal(join(folder, path))).toMatch(message);
    expect(readFileSync(join(folder, "file"), "utf8")).toBe("mine");
    expect(existsSync(join(folder, "nowhere"))).toBe(false);
  });

  it.each([
    ["/dev/null", /it is a file, not a directory/],
    ["/proc", /no directory can be made there|you may not write there/],
    ["/proc/x", /no directory can be made there|you may not write there/],
    ["/proc/self/x/y", /no directory can be made there|you may not write there/],
    ["/sys/x", /you may not write there|read-only/],
  ])("is %s", async (path, message) => {
    if (!existsSync("/proc/self") || !existsSync("/sys")) return;
    expect(await refusal(path)).toMatch(message);
  });

  it("is a socket", async () => {
    const server = createServer();
    const path = join(folder, "socket");
    await new Promise<void>((resolve) => server.listen(path, resolve));
    expect(await refusal(path)).toMatch(/it is a file, not a directory/);
    server.close();
  });

  it("is one that may not be written, or not be entered", async (context) => {
    chmodSync(folder, 0o755);
    mkdirSync(join(folder, "closed/inner"), { recursive: true });
    chmodSync(join(folder, "closed"), 0o700);
    const messages = await asOther(async () => [
      await refusal(join(folder, "is-there")),
      await refusal(join(folder, "new")),
      await refusal(join(folder, "closed/inner")),
      await refusal(join(folder, "closed/new")),
    ]);
    if (messages === undefined) return context.skip("to be another user takes root");
    for (const message of messages) expect(message).toMatch(/you may not write there/);
  });
});
