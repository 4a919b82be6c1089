import type { Clock } from "../clock.ts";
import type { Invoke } from "./invocation.ts";

// AWS waits one minute and two: nobody wants that at a desk.
const pausesMilliseconds = [1000, 2000];

/** Invokes as Lambda does for those who do not wait for the answer (SNS, schedules): a failure is repeated twice. Rejects when the stack stops. */
export async function invokeLater(
  invoke: Invoke,
  payload: string,
  { wait }: Pick<Clock, "wait">,
): Promise<void> {
  for (const pause of pausesMilliseconds) {
    const { kind } = await invoke(payload);
    if (kind === "answered") return;
    await wait(pause);
  }
  await invoke(payload);
}
