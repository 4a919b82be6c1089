import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import {
  fileCheckpoints,
  memoryCheckpoints,
} from "../../../../local/event-sources/streams/checkpoints.ts";

const inFile = () => {
  const directory = mkdtempSync(join(tmpdir(), "checkpoints-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return fileCheckpoints(join(directory, "stream-checkpoints.json"));
};

describe.each([
  ["in memory", memoryCheckpoints],
  ["in a file", inFile],
])("checkpoints %s", (_where, create) => {
  it("give those of all shards of a stream, each the last", () => {
    const checkpoints = create();
    checkpoints.write("Fanout arn:stream", "one", "7");
    checkpoints.write("Fanout arn:stream", "two", "5");
    checkpoints.write("Fanout arn:stream", "one", "9");
    expect(checkpoints.readAll("Fanout arn:stream").toSorted()).toEqual(["5", "9"]);
  });

  it.each(["Fan arn:stream", "out arn:stream", "Fanout arn:stream/2", "Fanout arn:strea"])(
    "give nothing for a stream without: %s",
    (other) => {
      const checkpoints = create();
      checkpoints.write("Fanout arn:stream", "one", "7");
      expect(checkpoints.readAll(other)).toEqual([]);
    },
  );
});
