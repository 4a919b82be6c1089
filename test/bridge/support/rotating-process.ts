import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as v from "valibot";
import { type BridgeProcess, startBridge } from "./bridge-process.ts";
import { sometime, until } from "./kill-test.ts";
import { type RotationStyle, rotate, writeLines } from "./rotation.ts";
import { startWatchingAdapter } from "./watching-adapter.ts";

const Sent = v.object({ ThisDN: v.string() });

const line = (number: number): string =>
  JSON.stringify({
    Event: "EventRegistered",
    ServerName: "S",
    ThisDN: String(number),
    time: { sec: 1_763_452_800 + number },
    ReferenceID: number,
    InfoType: 8,
    Extensions: {},
  });

/**
 * Rotates a file under a bridge that is a process, so many times, each 0.05 s to 0.15 s after the other, and kills the
 * bridge now and then. Gives the events that were written and those that came, in order and without repetitions.
 */
export const rotateUnderProcess = async (style: RotationStyle, rotations: number) => {
  const folder = mkdtempSync(join(tmpdir(), "rotating-"));
  const file = join(folder, "events.ndjson");
  const adapter = await startWatchingAdapter();
  const args = ["--url", adapter.url, "--spool", join(folder, "spool"), "--follow", file];
  let written = 0;
  const write = (count: number): void => {
    writeLines(
      file,
      Array.from({ length: count }, (_, at) => line(written + at)),
    );
    written += count;
  };
  const came = (): string[] => [
    ...new Set(
      adapter.bodies().flatMap(({ events }) => events.map((event) => v.parse(Sent, event).ThisDN)),
    ),
  ];
  // A file that was never seen and is rotated away cannot be known.
  write(1);
  let bridge: BridgeProcess = startBridge(args);
  await until(() => came().length === 1);
  for (let rotation = 0; rotation < rotations; rotation += 1) {
    write(1 + (rotation % 3));
    await sometime(50, 150);
    rotate(file, style);
    if (rotation % 20 !== 9) continue;
    await bridge.kill();
    bridge = startBridge(args);
  }
  write(1);
  // What is missing shows in what came.
  await until(() => came().length === written).catch(() => undefined);
  bridge.process.kill("SIGINT");
  const exit = await bridge.exit;
  adapter.close();
  rmSync(folder, { recursive: true, force: true });
  return {
    written: Array.from({ length: written }, (_, at) => String(at)),
    came: came(),
    exit,
    said: bridge.stderr(),
  };
};
