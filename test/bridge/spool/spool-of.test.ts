import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { SourceEvent } from "../../../bridge/source-event.ts";
import { openSpoolOf } from "../../../bridge/spool/spool-of.ts";
import { CommandError } from "../../../bridge/terminal/command-error.ts";

const event: SourceEvent = { text: '{"ThisDN":"1"}', where: "f:1", form: "json" };
const [a, b, c] = ["https://a.example/prod", "https://b.example", "https://c.example"];

describe("the spool of addresses", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "spool-of-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** Uses the spool once: what waits in it, and where it is. */
  const use = (
    urls: readonly string[],
    work: "read" | "send" | "look" = "look",
    given?: string,
  ) => {
    const spool = openSpoolOf(urls, given, folder);
    if (work === "read") spool.append([event]);
    if (work === "send") spool.remove(spool.first({ events: 9, bytes: 999 }).at(-1)?.seq ?? 0);
    const used = [basename(spool.directory), spool.size()];
    spool.close();
    return used;
  };

  it("is named after the first", () => {
    expect(use([a, b], "read")).toEqual(["a.example_prod", 1]);
    expect(use([b])).toEqual(["b.example", 0]);
  });

  it("is the same when an address is added, in front too, and when they change places", () => {
    use([a], "read");
    expect(use([a, b])).toEqual(["a.example_prod", 1]);
    expect(use([b, a])).toEqual(["a.example_prod", 1]);
    expect(use([c, b, a])).toEqual(["a.example_prod", 1]);
  });

  it("is the one that they have used together, though each has had one of its own", () => {
    use([b]);
    use([a]);
    use([a, b], "read");
    expect(use([b, a])).toEqual(["a.example_prod", 1]);
  });

  it("does not leave events behind in another one", () => {
    use([a], "read");
    use([b], "read");
    expect(() => use([a, b])).toThrow(CommandError);
    expect(() => use([a, b])).toThrow(/1 events in the spool .*b\.example wait for https:\/\/b/);
    use([b], "send");
    expect(use([a, b])).toEqual(["a.example_prod", 1]);
  });

  it("that is given keeps its events from another address", () => {
    const given = join(folder, "given");
    use([a, b], "read", given);
    expect(() => use([c], "look", given)).toThrow(`wait for ${a} or ${b}: send them there first`);
    expect(use([b, c], "look", given)).toEqual(["given", 1]);
    use([c], "send", given);
    expect(use([a], "look", given)).toEqual(["given", 0]);
  });

  it("knows an address in the spelling of an older bridge", () => {
    const given = join(folder, "given");
    use(["https://A.example/prod/"], "read", given);
    expect(use([a], "look", given)).toEqual(["given", 1]);
  });
});
