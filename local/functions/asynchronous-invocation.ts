import type { Clock } from "../processes/stack-clock.ts";
import type { Invoke } from "./invocation-outcome.ts";

// AWS waits one minute and two: nobody wants that at a desk.
const pausesMilliseconds = [1000, 2000];

/** A function, and how often a failure of it is repeated: twice at most, which is Lambda's default. */
export interface LaterInvocation {
  readonly invoke: Invoke;
  readonly retries: number;
}

/** Invokes as Lambda does for those who do not wait for the answer (SNS, schedules). Rejects when the stack stops. */
export async function invokeLater(
  { invoke, retries }: LaterInvocation,
  payload: string,
  { wait }: Pick<Clock, "wait">,
): Promise<void> {
  for (const pause of pausesMilliseconds.slice(0, retries)) {
    const { kind } = await invoke(payload);
    if (kind === "answered") return;
    await wait(pause);
  }
  await invoke(payload);
}
