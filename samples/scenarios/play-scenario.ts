import type { Scenario, ScenarioEnvelope, ScenarioStep } from "./scenario.ts";

/** What playing needs: `send` posts one envelope and throws unless all its events were stored. Milliseconds. */
export type ScenarioStage = {
  readonly timeLapse: number;
  readonly send: (envelope: ScenarioEnvelope) => Promise<void>;
  readonly now: () => number;
  readonly wait: (milliseconds: number) => Promise<void>;
  /** Whether the person has ended it: then no further step is played. */
  readonly isEnded: () => boolean;
  readonly say: (line: string) => void;
};

const clock = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(Math.round(seconds % 60)).padStart(2, "0")}`;

/**
 * Plays a scenario to its end, every wait divided by the time-lapse. Steps keep their distances: what takes long to send
 * moves everything after it.
 */
export const playScenario = async (scenario: Scenario, stage: ScenarioStage): Promise<void> => {
  const { timeLapse, send, now, wait, isEnded, say } = stage;
  let reached = 0;
  const waitUntil = async (atSeconds: number): Promise<void> => {
    await wait(((atSeconds - reached) * 1000) / timeLapse);
    reached = atSeconds;
  };
  const doStep = async ({ atSeconds, says, send: make }: ScenarioStep): Promise<void> => {
    await waitUntil(atSeconds);
    if (isEnded()) return;
    say(`${clock(atSeconds).padStart(6)}  ${says}`);
    for (const envelope of make(now() * 1000)) await send(envelope);
  };
  for (const step of scenario.steps) await doStep(step);
  await waitUntil(scenario.endsAtSeconds);
};
