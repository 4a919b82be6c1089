import type { Measurement } from "../../results/measurement.ts";
import { compareStarts, emptyFunction, type Reference } from "../starts.ts";

const empty: Reference = async (system, directory) =>
  emptyFunction(directory, system.definition("ingest").environment);

/** A cold start of ingest, compared with a handler that does nothing. */
export const init: readonly Measurement[] = [
  {
    name: "init-ready",
    what: "process start to handler ready: ingest against an empty handler",
    goal: { atMost: 2.9 },
    measure: () => compareStarts(empty, "ready"),
  },
  {
    name: "init-first-call",
    what: "process start to the first answer: the same",
    goal: { atMost: 4 },
    measure: () => compareStarts(empty, "answered"),
  },
];
