import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dryRun } from "../../../bridge/dry-run.ts";
import { readBridgeOptions } from "../../../bridge/options.ts";
import { CommandError } from "../../../bridge/terminal/command-error.ts";
import { createRecordingTerminal } from "../../support/recording-terminal.ts";

/** A loss that a dry run shows, and when the DN was back, if it was; times are whole seconds since 1970. */
export type ShownLoss = {
  readonly thisDN: string;
  readonly lostAt: number;
  readonly backAt?: number;
};

const secondsOf = (time: string): number => Math.floor(Date.parse(time) / 1000);

const lossIn = (line: string): ShownLoss[] => {
  const [, time, thisDN] = /^ {2}(\S+Z) {2}S (\S+)/.exec(line) ?? [];
  const back = / {2}back (\S+)$/.exec(line)?.[1];
  if (time === undefined || thisDN === undefined) return [];
  const loss = { thisDN, lostAt: secondsOf(time) };
  return [back === undefined ? loss : { ...loss, backAt: secondsOf(back) }];
};

/** Reads these texts as logs, one after the other, as `--dry-run` does. `isGreen`: it says that nothing is in doubt. */
export const dryRunOf = async (
  texts: readonly (string | Buffer)[],
  args: readonly string[] = [],
) => {
  const folder = mkdtempSync(join(tmpdir(), "logs-"));
  const files = texts.map((_, index) => join(folder, `${index + 1}.log`));
  for (const [index, file] of files.entries()) writeFileSync(file, texts[index] ?? "");
  const terminal = createRecordingTerminal();
  const options = readBridgeOptions(["--dry-run", "--server-name", "S", ...args, ...files]);
  try {
    const code = await dryRun(options, terminal, new AbortController().signal);
    const text = terminal.printed.join("\n").replaceAll(`${folder}/`, "");
    const noted = terminal.noted.join("\n").replaceAll(`${folder}/`, "");
    return { isGreen: code === 0, text, noted, losses: terminal.printed.flatMap(lossIn) };
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    return { isGreen: false, text: error.message, noted: "", losses: [] };
  } finally {
    rmSync(folder, { recursive: true });
  }
};
