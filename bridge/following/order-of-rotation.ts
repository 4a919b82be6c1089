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

/** Whether the newest file has the highest number: most rotations give it 1, and shift the older ones. */
const isCountedUp = (files: readonly Rotated[]): boolean => {
  const counted = files.filter((file) => indexOf(file) !== undefined).sort(byNumbers);
  const steps = counted.slice(1).map((file, at) => {
    const earlier = counted[at];
    return earlier === undefined ? 0 : Math.sign(file.modifiedMs - earlier.modifiedMs);
  });
  return steps.reduce((sum: number, step) => sum + step, 0) > 0;
};

/**
 * The oldest first. Dates in the names decide where all have some: a compressor may have changed the times. So do numbers,
 * in the direction in which those of all the files beside run; otherwise the last modification.
 */
export const inOrderOfRotation = <File extends Rotated>(
  files: readonly File[],
  beside: readonly Rotated[],
): File[] => {
  const orNamed = (decided: number, a: File, b: File): number => decided || byTime(a, b);
  if (files.every(isDated)) return files.toSorted((a, b) => orNamed(byNumbers(a, b), a, b));
  if (files.some((file) => indexOf(file) === undefined)) return files.toSorted(byTime);
  const direction = isCountedUp(beside) ? 1 : -1;
  return files.toSorted((a, b) => orNamed(direction * byNumbers(a, b), a, b));
};

/**
 * Whether a file between this one and the newest is missing: numbers are shifted from 1 on without a gap. `known`: files that
 * were there before this one was rotated; where one of them has a lower number, the numbers are not shifted.
 */
export const isNextMissing = (
  file: Rotated,
  beside: readonly Rotated[],
  known: readonly Rotated[],
): boolean => {
  const index = indexOf(file);
  if (index === undefined || isCountedUp([...beside, file])) return false;
  if (known.some((one) => (indexOf(one) ?? index) < index)) return false;
  const there = new Set(beside.map(indexOf));
  return Array.from({ length: index - 1 }, (_, before) => before + 1).some(
    (before) => !there.has(before),
  );
};
