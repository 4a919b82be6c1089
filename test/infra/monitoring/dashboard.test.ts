import { describe, expect, it } from "vitest";
import { synthesize } from "../support/synthesize.ts";

describe("dashboard", () => {
  const body = JSON.stringify(synthesize().one("AWS::CloudWatch::Dashboard").properties);

  it.each([
    "EventsApplied",
    "EventsRejected",
    "ArrivalLagSeconds",
    "LossesHeld",
    "LossesPassed",
    "LossesAlerted",
    "DerivedLosses",
    "AlertsOpened",
    "AlertsResolved",
    "AlertsTold",
    "AlertTextsRefused",
    "dn-registration-dev-rejected-events",
    "dn-registration-dev-failed-changes",
    "dn-registration-dev-evaluation-dead-letters",
    "ApproximateNumberOfMessagesDelayed",
    "OnFailureDestinationDeliveredEventCount",
    "IteratorAge",
  ])("shows %s", (shown) => {
    expect(body).toContain(shown);
  });
});
