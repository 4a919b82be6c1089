/** An envelope as a bridge posts it; no events: a heartbeat. */
export type ScenarioEnvelope = {
  readonly serverName: string;
  readonly session?: { readonly id: string; readonly startedAt: string };
  /** The bridge stops on purpose: its silence is no alarm. */
  readonly closing?: true;
  readonly events: readonly object[];
};

/** Something that happens. `atSeconds` counts from the start, before the time-lapse; `now` is in microseconds since 1970. */
export type ScenarioStep = {
  readonly atSeconds: number;
  readonly says: string;
  readonly send: (now: number) => readonly ScenarioEnvelope[];
};

/** A notification that a scenario must give. What is not named here may be anything. */
export type Promised = {
  readonly type: "alert.opened" | "alert.updated" | "alert.resolved";
  readonly server: string;
  readonly kind: "dn" | "server" | "bridge";
  readonly severity?: "critical" | "warning";
  /** DNs that it is about. */
  readonly count?: number;
  readonly flapping?: boolean;
  /** Its title, with `hh:mm UTC` for a time. How many DNs were lost in it, and whether at that time or since, is not compared. */
  readonly title?: string;
};

/** A story to be played against the local stack. */
export type Scenario = {
  readonly name: string;
  readonly about: string;
  /** The highest time-lapse at which the notifications are tested to come as promised. */
  readonly fastest: number;
  readonly servers: readonly string[];
  readonly steps: readonly ScenarioStep[];
  /** In their order for each server; nothing else may come. */
  readonly promised: readonly Promised[];
  /** When everything that comes has come, counted like the steps. */
  readonly endsAtSeconds: number;
};
