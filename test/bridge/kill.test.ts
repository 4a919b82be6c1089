import { appendFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { createKillTest, expectAll, sometime, until } from "./support/kill-test.ts";
import { createResettingProxy } from "./support/resetting-proxy.ts";

describe("many events arrive, each once and in order", { timeout: 400_000 }, () => {
  let test: Awaited<ReturnType<typeof createKillTest>>;
  const begin = async (count?: number): Promise<void> => {
    test = await createKillTest(count);
  };
  afterEach(() => test.end());

  it("when the bridge is killed again and again", async () => {
    await begin();
    await test.adapter.start();
    for (let kills = 0; kills < 5; kills += 1) {
      const bridge = test.startBridge([...test.args(), test.file]);
      await sometime(250, 900);
      await bridge.kill();
    }
    const bridge = test.startBridge([...test.args(), test.file]);
    expect(await bridge.exit).toBe(0);
    await expectAll(test.lines, test.adapter);
  });

  it("when the adapter is killed again and again", async () => {
    await begin();
    await test.adapter.start();
    const bridge = test.startBridge([...test.args(), test.file]);
    for (let kills = 1; kills <= 4; kills += 1) {
      await until(() => test.adapter.historySize() >= (kills * test.lines.length) / 8);
      await test.adapter.kill();
      await sometime(100, 400);
      await test.adapter.start();
    }
    expect(await bridge.exit).toBe(0);
    expect(bridge.stderr()).toContain("no answer");
    await expectAll(test.lines, test.adapter);
  });

  it("when the network is cut again and again", async () => {
    await begin();
    await test.adapter.start();
    const proxy = await createResettingProxy(test.adapter.port);
    const bridge = test.startBridge([...test.args(proxy.url), test.file]);
    await until(() => proxy.resets() >= 8 || bridge.process.exitCode !== null);
    proxy.mend();
    expect(await bridge.exit).toBe(0);
    proxy.close();
    expect(bridge.stderr()).toContain("no answer");
    await expectAll(test.lines, test.adapter);
  });

  it("when a file is followed that grows and is rotated, while the bridge is killed", async () => {
    await begin();
    await test.adapter.start();
    const file = join(test.folder, "growing.ndjson");
    const args = [...test.args(), "--follow", file];
    let bridge = test.startBridge(args);
    // A file that it has never seen and that is rotated away, it cannot know.
    appendFileSync(file, `${test.lines[0]}\n`);
    await until(() => test.adapter.historySize() === 1);
    const parts = 8;
    for (let part = 0; part < parts; part += 1) {
      const size = Math.ceil(test.lines.length / parts);
      const lines = test.lines.slice(Math.max(1, part * size), (part + 1) * size);
      const text = `${lines.join("\n")}\n`;
      const middle = Math.floor(text.length / 2);
      appendFileSync(file, text.slice(0, middle));
      await sometime(50, 400);
      appendFileSync(file, text.slice(middle));
      if (part % 3 === 1) renameSync(file, `${file}.${part}`);
      if (part % 2 === 0) {
        await bridge.kill();
        bridge = test.startBridge(args);
      }
    }
    await until(() => test.adapter.historySize() >= test.lines.length);
    bridge.process.kill("SIGINT");
    await bridge.exit;
    expect(bridge.stdout()).toMatch(/\n\d+ events: .*\n$/);
    await expectAll(test.lines, test.adapter);
  });

  it("when the disk is full, the bridge is killed, and the adapter is away", async (context) => {
    // As many as fill the disk.
    await begin(20_000);
    const disk = test.mountDisk(5);
    // Only root may mount, and a full disk cannot be had otherwise.
    if (disk === undefined) return context.skip("mounting a small disk takes root");
    const args = [...test.args(), "--spool", join(disk, "spool"), test.file];
    const untilFull = async () => {
      const bridge = test.startBridge(args);
      await until(() => bridge.stderr().includes("no space on the disk"));
      return bridge;
    };
    await (await untilFull()).kill();
    await (await untilFull()).kill();
    const bridge = await untilFull();
    await test.adapter.start();
    expect(await bridge.exit).toBe(0);
    await expectAll(test.lines, test.adapter);
  });
});
