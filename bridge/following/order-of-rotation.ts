/** What shows when a file was rotated: its last modification, and the numbers that rotation put into its name. */
export type Rotated = {
  readonly name: string;
  /** Milliseconds. */
  readonly modifiedMs: number;
  /** As texts of equal length. */
  readonly numbers: readonly string[];
};

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

const byTime = (a: Rotated, b: Rotated): number =>
  a.modifiedMs - b.modifiedMs || compare(a.name, b.name);

const byNumbers = (a: Rotated, b: Rotated): number => {
  const first = a.numbers.findIndex((number, index) => number !== b.numbers[index]);
  if (first === -1) return a.numbers.length - b.numbers.length;
  return compare(a.numbers[first] ?? "", b.numbers[first] ?? "");
};

/** The one number of a file that has no date: of `events.ndjson.3` it is 3. */
export const indexOf = ({ numbers }: Rotated): number | undefined => {
  const index = numbers.length === 1 ? Number(numbers[0]) : Number.NaN;
  // What has four digits is a year, or counts without end.
  return index < 1000 ? index : undefined;
};

const isDated = ({ numbers }: Rotated): boolean => Number(numbers[0] ?? 0) >= 1000;

// Clocks of file systems tick, and what a compressor sets is rounded: less than that says nothing.
const coarseMs = 10;

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

/**
 * Whether the newest file has the highest number: most rotations give it 1, and shift the older ones. Which it is shows by
 * the numbers of files that are known to be older, and otherwise by the times.
 */
const isCountedUp = (files: readonly Rotated[], older: readonly Rotated[]): boolean => {
  const above = files.flatMap((file) =>
    older.map((one) => Math.sign((indexOf(file) ?? 0) - (indexOf(one) ?? indexOf(file) ?? 0))),
  );
  if (sum(above) !== 0) return sum(above) > 0;
  const counted = files.filter((file) => indexOf(file) !== undefined).sort(byNumbers);
  const steps = counted.slice(1).map((file, at) => {
    const before = counted[at];
    const laterMs = before === undefined ? 0 : file.modifiedMs - before.modifiedMs;
    return Math.abs(laterMs) < coarseMs ? 0 : Math.sign(laterMs);
  });
  return sum(steps) > 0;
};

/** The oldest first, by the dates in the names where all have some, and otherwise by the last modification. */
export const inOrderOfTime = <File extends Rotated>(files: readonly File[]): File[] =>
  files.every(isDated)
    ? files.toSorted((a, b) => byNumbers(a, b) || byTime(a, b))
    : files.toSorted(byTime);

/**
 * The oldest first. Dates in the names decide where all have some: a compressor may have changed the times. So do numbers,
 * in the direction in which they run; otherwise the last modification. `older`: files that are older than all of these.
 */
export const inOrderOfRotation = <File extends Rotated>(
  files: readonly File[],
  older: readonly Rotated[],
): File[] => {
  if (files.every(isDated) || files.some((file) => indexOf(file) === undefined))
    return inOrderOfTime(files);
  const direction = isCountedUp(files, older) ? 1 : -1;
  return files.toSorted((a, b) => direction * byNumbers(a, b) || byTime(a, b));
};

/**
 * Whether a file between this one and the newest is missing: numbers are shifted from 1 on without a gap. `later`: the files
 * that may lie between; `older`: those that were there before this one was rotated. Where one of them has a lower number, the
 * numbers are not shifted.
 */
export const isNextMissing = (
  file: Rotated,
  later: readonly Rotated[],
  older: readonly Rotated[],
): boolean => {
  const index = indexOf(file);
  if (index === undefined || older.some((one) => (indexOf(one) ?? index) < index)) return false;
  if (later.some((one) => (indexOf(one) ?? 0) > index)) return false;
  const there = new Set(later.map(indexOf));
  return Array.from({ length: index - 1 }, (_, before) => before + 1).some(
    (before) => !there.has(before),
  );
};
