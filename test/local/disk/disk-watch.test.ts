import { describe, expect, it } from "vitest";
import { watchDisk } from "../../../local/disk/disk-watch.ts";
import { createFakeClock } from "../../support/fake-clock.ts";

const watch = async (looks: readonly boolean[]): Promise<string[]> => {
  const lines: string[] = [];
  let look = 0;
  const hasSpace = () => looks[look++] ?? true;
  const { wait } = createFakeClock(0, looks.length * 1000);
  const watching = watchDisk({
    directory: "/data",
    hasSpace,
    wait,
    say: (line) => lines.push(line),
  });
  await expect(watching).rejects.toThrow("stopped");
  return lines.map((line) => line.slice(0, "There is no space".length));
};

describe("the watch of a disk", () => {
  it("says nothing while there is space", async () => {
    expect(await watch([true, true, true])).toEqual([]);
  });

  it("reports once each time that the disk is full, and that there is space again", async () => {
    expect(await watch([true, false, false, true, false])).toEqual([
      "There is no space",
      "There is space ag",
      "There is no space",
      "There is space ag",
    ]);
  });

  it("names the directory, and what to do", async () => {
    const lines: string[] = [];
    const { wait } = createFakeClock(0, 500);
    const watching = watchDisk({
      directory: "/data",
      hasSpace: () => false,
      wait,
      say: (line) => lines.push(line),
    });
    await expect(watching).rejects.toThrow("stopped");
    expect(lines).toEqual([
      expect.stringMatching(/disk of \/data\. .* 503.* Free some space there/),
    ]);
  });
});
