import {
  appendFileSync,
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { gzipSync } from "node:zlib";

/** How files are rotated in the field. */
export const rotationStyles = ["shifted", "copied", "dated", "compressed"] as const;

/** One of them. */
export type RotationStyle = (typeof rotationStyles)[number];

/** The numbers of rotated files go up by one, the highest first; the oldest is removed. */
const shift = (file: string, isCompressing: boolean, mostKept: number): void => {
  for (let number = mostKept; number >= 1; number -= 1)
    for (const end of ["", ".gz"]) {
      const from = `${file}.${number}${end}`;
      if (!existsSync(from)) continue;
      if (number === mostKept) rmSync(from);
      else if (isCompressing && number === 1 && end === "") compress(from, `${file}.2.gz`);
      else renameSync(from, `${file}.${number + 1}${end}`);
    }
};

const compress = (from: string, to: string): void => {
  writeFileSync(to, gzipSync(readFileSync(from)));
  const { atime, mtime } = statSync(from);
  utimesSync(to, atime, mtime);
  rmSync(from);
};

let seconds = 0;
/** A name with a date in it, later each time: `events-2025-11-18T08-00-01.ndjson`. */
const datedName = (file: string): string => {
  seconds += 1;
  const date = new Date(Date.UTC(2025, 10, 18, 8, 0, seconds)).toISOString().slice(0, 19);
  return file.replace(/\.ndjson$/, `-${date.replaceAll(":", "-")}.ndjson`);
};

const removeOldest = (file: string, mostKept: number): void => {
  const stem = basename(file, ".ndjson");
  const names = readdirSync(dirname(file)).filter((name) => name.startsWith(`${stem}-`));
  for (const name of names.sort().slice(0, -mostKept)) rmSync(join(dirname(file), name));
};

/** Rotates a file, and keeps so many; the writer opens a new one when it writes next. */
export const rotate = (file: string, style: RotationStyle, mostKept = 40): void => {
  if (!existsSync(file)) return;
  if (style === "dated") {
    renameSync(file, datedName(file));
    removeOldest(file, mostKept);
    return;
  }
  shift(file, style === "compressed", mostKept);
  if (style !== "copied") {
    renameSync(file, `${file}.1`);
    return;
  }
  copyFileSync(file, `${file}.1`);
  truncateSync(file);
};

/** Appends lines as a writer does that opens the file for each. */
export const writeLines = (file: string, lines: readonly string[]): void =>
  appendFileSync(file, lines.map((line) => `${line}\n`).join(""));
