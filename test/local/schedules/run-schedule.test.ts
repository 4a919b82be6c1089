import { describe, expect, it } from "vitest";
import { runSchedule } from "../../../local/schedules/run-schedule.ts";
import { createFakeClock } from "../../support/fake-clock.ts";

const everyHour = (time: number) => (Math.floor(time / 3_600_000) + 1) * 3_600_000;

describe("a running schedule", () => {
  it("fires at each time until the stack stops", async () => {
    const clock = createFakeClock(0, 3 * 3_600_000);
    const fired: (readonly number[])[] = [];
    const run = runSchedule(everyHour, (due) => fired.push([due, clock.now()]), clock);
    await expect(run).rejects.toThrow("stopped");
    const hours = [3_600_000, 7_200_000, 10_800_000];
    expect(fired).toEqual(hours.map((hour) => [hour, hour]));
    expect(Math.max(...clock.waits)).toBe(60_000);
  });

  it("ends after the last time", async () => {
    const fired: number[] = [];
    const next = (time: number) => (time < 5000 ? 5000 : undefined);
    await runSchedule(next, (due) => fired.push(due), createFakeClock(0));
    expect(fired).toEqual([5000]);
  });

  it("does not make up for missed times", async () => {
    const fired: number[] = [];
    let now = 0;
    const sleepy = {
      now: () => now,
      wait: () => {
        if (now > 0) return Promise.reject(new Error("stopped"));
        now = 5.5 * 3_600_000;
        return Promise.resolve();
      },
    };
    const run = runSchedule(everyHour, (due) => fired.push(due), sleepy);
    await expect(run).rejects.toThrow("stopped");
    expect(fired).toEqual([3_600_000]);
  });
});
