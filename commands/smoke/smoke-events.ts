/** The T-Server that smoke tests pretend to be, so that they are easy to tell from real ones. */
export const smokeServer = "smoke-test";

const time = (nowMs: number) => ({
  sec: Math.floor(nowMs / 1000),
  usec: (nowMs % 1000) * 1000,
});

/** The DN is registered. */
export const smokeRegistered = (thisDN: string, nowMs: number) => ({
  Event: "EventRegistered",
  ServerName: smokeServer,
  ThisDN: thisDN,
  time: time(nowMs),
  ReferenceID: 1,
  InfoType: "AddressInfoAddressType",
  InfoStatus: { AddressType: "AddressTypeDN" },
  Extensions: {},
});

/** The DN's registration was lost: no application asked for it. */
export const smokeLost = (thisDN: string, nowMs: number) => ({
  Event: "EventUnregistered",
  ServerName: smokeServer,
  ThisDN: thisDN,
  time: time(nowMs),
  ErrorCode: 59,
  ErrorMessage: "smoke test: DN is not configured in CME",
});

/** The DN's registration was given up on request. */
export const smokeGivenUp = (thisDN: string, nowMs: number) => ({
  Event: "EventUnregistered",
  ServerName: smokeServer,
  ThisDN: thisDN,
  time: time(nowMs),
  ReferenceID: 2,
});
