import { describe, expect, it } from "vitest";
import { scheduleInput } from "../../../local/schedules/scheduled-payload.ts";

const occasion = {
  arn: "arn:aws:scheduler:us-east-1:000000000000:schedule/default/once",
  account: "000000000000",
  region: "us-east-1",
  due: Date.parse("2026-11-22T18:00:00Z"),
};

describe("input of a schedule", () => {
  it("has its context attributes filled in", () => {
    const input =
      '{"a":"<aws.scheduler.schedule-arn>","t":"<aws.scheduler.scheduled-time>","n":<aws.scheduler.attempt-number>}';
    expect(JSON.parse(scheduleInput(input, occasion))).toEqual({
      a: occasion.arn,
      t: "2026-11-22T18:00:00Z",
      n: 1,
    });
  });

  it("is the scheduler's event when the template has none", () => {
    expect(JSON.parse(scheduleInput(undefined, occasion))).toMatchObject({
      source: "aws.scheduler",
      "detail-type": "Scheduled Event",
      time: "2026-11-22T18:00:00Z",
      resources: [occasion.arn],
    });
  });
});
