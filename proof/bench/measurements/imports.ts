import type { Measurement, MeasurementRound } from "../../results/measurement.ts";
import { dayLog, minuteLog } from "../import-log.ts";
import {
  cpuShareOf,
  type ImportRun,
  memoryGrowthOf,
  runImports,
  steadinessOf,
} from "../import-run.ts";

const events = 100_000;
const numbers = 10_000;
const megabyte = 1024 ** 2;

let day: Promise<ImportRun> | undefined;

const importDay = async (): Promise<ImportRun> => {
  const [run] = await runImports([dayLog(events, Date.now())]);
  if (run === undefined) throw new Error("nothing was imported");
  return run;
};

// One import, of minutes, shows all of this.
const ofDay = (figureOf: (run: ImportRun) => number) => async (): Promise<MeasurementRound[]> => {
  day ??= importDay();
  return [{ figure: figureOf(await day) }];
};

const storm = async (): Promise<MeasurementRound[]> => {
  const end = Date.now();
  const logOf = (kind: "registered" | "lost", minutesAgo: number) =>
    minuteLog(kind, numbers, end - minutesAgo * 60_000);
  const [, run] = await runImports([
    logOf("registered", 2),
    logOf("lost", 1) + logOf("registered", 0),
  ]);
  return [{ figure: run?.seconds ?? Number.NaN }];
};

const shares: readonly Measurement[] = ["engine", "ingest", "fanout"].map((name) => ({
  name: `import-cpu-${name}`,
  what: `the same: share of ${name === "engine" ? "DynamoDB's emulator" : name} in the stack's CPU`,
  goal: {},
  measure: ofDay((run) => cpuShareOf(run, name)),
}));

/** How the local stack takes the log of a day. These are speeds of the emulators on this machine, and say nothing about AWS. */
export const imports: readonly Measurement[] = [
  {
    name: "import-steady",
    what: "a day of 100,000 events into a fresh npm start: speed of the last 10,000 against the second 10,000",
    goal: { atLeast: 0.8 },
    measure: ofDay(steadinessOf),
  },
  {
    name: "import-rate",
    what: "the same: events a second",
    goal: { atLeast: 700 },
    measure: ofDay(({ seconds }) => events / seconds),
  },
  {
    name: "import-memory",
    what: "the same: most megabytes of all processes",
    goal: { atMost: 1536 },
    measure: ofDay(({ memory }) => Math.max(...memory) / megabyte),
  },
  {
    name: "import-memory-flat",
    what: "the same: memory at the end against the second minute",
    goal: { atMost: 1.1 },
    measure: ofDay(memoryGrowthOf),
  },
  ...shares,
  {
    name: "import-storm",
    what: "10,000 DNs lost and registered again, 20,000 events: seconds",
    goal: { atMost: 45 },
    measure: storm,
  },
];
