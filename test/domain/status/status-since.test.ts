import { describe, expect, it } from "vitest";
import type { RegistrationEvent } from "../../../lambda/domain/event/registration-event.ts";
import { baseTime, missed, registered, retired, unregistered } from "../../support/build-event.ts";
import { statusAfter } from "../../support/status-after.ts";

const b = { application: "bridge-b" };
const at = (offset: number) => ({ time: baseTime + offset });

describe("an application has had its standing since", () => {
  it.each<[string, number, RegistrationEvent, ...RegistrationEvent[]]>([
    ["the first of its registrations", 0, registered(), registered(at(5)), registered(at(9))],
    ["the first of its losses", 2, unregistered(at(2)), unregistered(at(9)), unregistered(at(12))],
    [
      "an earlier registration that comes late",
      1,
      unregistered(),
      registered(at(9)),
      registered(at(1)),
    ],
    ["an earlier loss that comes late", 1, registered(), unregistered(at(9)), unregistered(at(1))],
    [
      "its loss, where an older loss comes late",
      9,
      registered(),
      unregistered(at(9)),
      unregistered(at(-1)),
    ],
    ["its loss, where the registration before it comes late", 9, unregistered(at(9)), registered()],
    ["its registration, where a retirement before it comes late", 9, registered(at(9)), retired()],
    [
      "its last loss, where a registration between two comes late",
      9,
      unregistered(),
      unregistered(at(9)),
      registered(at(5)),
    ],
    [
      "its registration, whatever is refreshed after a session showed that it was not missed",
      -20,
      registered({ ...at(-20), session: baseTime }),
      missed(),
      registered({ ...at(30), session: baseTime }),
      registered({ ...at(40), session: baseTime }),
    ],
  ])("%s", (_, offset, first, ...more) => {
    const { applications } = statusAfter(first, ...more);
    expect(applications["bridge-a"]?.statusSince).toBe(baseTime + offset);
  });
});

describe("a DN is registered since", () => {
  it("the first registration, not since another application's loss", () => {
    const status = statusAfter(unregistered(), registered({ ...b, ...at(5) }));
    expect(status.statusSince).toBe(baseTime + 5);
  });

  it("one of the applications that had all lost it returned", () => {
    const lost = [unregistered(), unregistered({ ...b, ...at(1) })] as const;
    expect(statusAfter(...lost, registered(at(5))).statusSince).toBe(baseTime + 5);
  });
});
