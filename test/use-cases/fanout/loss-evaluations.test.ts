import { describe, expect, it } from "vitest";
import type { RegistrationEvent } from "../../../lambda/domain/event/registration-event.ts";
import { advance } from "../../../lambda/domain/status/advance.ts";
import {
  type LossRequest,
  lossEvaluationsOf,
  packRequests,
} from "../../../lambda/use-cases/fanout/loss-evaluations.ts";
import { baseTime, registered, unregistered } from "../../support/build-event.ts";
import { defaultRules } from "../../support/default-rules.ts";
import { clock, images } from "../../support/status-images.ts";

const b = { application: "bridge-b" };
const at = (offset: number) => ({ time: baseTime + offset });
const rules = {
  ...defaultRules,
  holdDownSeconds: 30,
  holdDowns: [{ server: "SIPTS750", prefix: "8", seconds: 0 }],
};
const lost = unregistered({ ...at(1), errorCode: 59 });

const request = (event: RegistrationEvent, delaySeconds: number) => ({
  message: {
    kind: "losses",
    server: "SIPTS750",
    losses: [{ thisDN: event.thisDN, lossId: `alert-${event.id}` }],
  },
  delaySeconds,
});
const requestsOf = (...events: RegistrationEvent[]) => lossEvaluationsOf(images(...events), rules);

describe("lossEvaluationsOf", () => {
  it("has a loss that began evaluated after the hold-down of its DN", () => {
    expect(requestsOf(registered(), lost)).toEqual([request(lost, 30)]);
    const hot = unregistered({ thisDN: "8001" });
    expect(requestsOf(hot)).toEqual([request(hot, 0)]);
  });

  it.each<[string, RegistrationEvent[]]>([
    ["is registered again", []],
    ["is registered again, then given up on request", [unregistered({ ...at(3), referenceID: 7 })]],
  ])("has it evaluated again at once when the DN %s", (_, end) => {
    const { after: before } = images(registered(), lost);
    const after = advance(before, [registered(at(2)), ...end], clock);
    expect(lossEvaluationsOf({ before, after }, rules)).toEqual([request(lost, 0)]);
  });

  it("has both evaluated when one loss follows another in one write", () => {
    const { after: before } = images(registered(), lost);
    const next = unregistered({ ...at(3), errorCode: 109 });
    const { after } = images(registered(at(2)), next);
    expect(lossEvaluationsOf({ before, after }, rules)).toEqual([
      request(lost, 0),
      request(next, 30),
    ]);
  });

  it.each<[string, RegistrationEvent[], RegistrationEvent]>([
    ["another application is lost, too", [registered(b)], unregistered({ ...b, ...at(2) })],
    ["another application comes", [], registered({ ...b, ...at(2) })],
    ["the cause is different", [], unregistered({ ...at(2), errorCode: 109 })],
  ])("has it evaluated again at once when, while it is lost, %s", (_, others, event) => {
    expect(requestsOf(registered(), ...others, lost, event)).toEqual([request(lost, 0)]);
  });

  it.each<[string, RegistrationEvent[]]>([
    ["a registration", [registered()]],
    ["a requested end", [registered(), unregistered({ ...at(1), referenceID: 3 })]],
    ["a repeated loss", [registered(), lost, unregistered({ ...at(2), errorCode: 59 })]],
    [
      "an address type that changes",
      [registered(), registered({ ...at(1), addressType: "AddressTypeACDGroup" })],
    ],
    [
      "another application's coming beside a loss while a second one sees the DN",
      [registered(), registered(b), lost, registered({ application: "bridge-c", ...at(2) })],
    ],
  ])("requests nothing after %s", (_, events) => {
    expect(requestsOf(...events)).toEqual([]);
  });
});

describe("packRequests", () => {
  const loss = (server: string, thisDN: string, delaySeconds: number): LossRequest => ({
    message: { kind: "losses", server, losses: [{ thisDN, lossId: `alert-${thisDN}` }] },
    delaySeconds,
  });

  it("packs what concerns one server after one delay into one message, in its order", () => {
    const packed = packRequests([
      loss("A", "2", 30),
      loss("B", "1", 30),
      loss("A", "1", 30),
      loss("A", "3", 0),
      loss("A", "2", 30),
    ]);
    expect(
      packed.map(({ message, delaySeconds }) => [
        message.server,
        delaySeconds,
        message.losses.map(({ thisDN }) => thisDN).join(),
      ]),
    ).toEqual([
      ["A", 30, "2,1"],
      ["B", 30, "1"],
      ["A", 0, "3"],
    ]);
  });

  it("has no message where nothing is requested", () => {
    expect(packRequests([])).toEqual([]);
  });
});
