/** An EventUnregistered of the morning; `why` holds the attributes that decide its verdict. */
export type Unregistration = {
  readonly clock: readonly [hours: number, minutes: number, seconds: number];
  readonly server: string;
  readonly thisDN: string;
  readonly why: Readonly<Record<string, string | number>>;
};

/** Asked for by the bridge itself (the CRM no longer needs these two): a ReferenceID, hence expected. */
export const requestsOfTheMorning: readonly Unregistration[] = [
  { clock: [8, 20, 5], server: "SIPTS750", thisDN: "7149", why: { ReferenceID: 2_001 } },
  { clock: [8, 20, 6], server: "AVAYATS1", thisDN: "21090", why: { ReferenceID: 2_002 } },
];

/** Taken away by a change in Configuration Manager: no ReferenceID, the cause in ErrorCode and ErrorMessage. */
export const lossesOfTheMorning: readonly Unregistration[] = [
  {
    clock: [8, 41, 17],
    server: "SIPTS750",
    thisDN: "7042",
    why: { ErrorCode: 59, ErrorMessage: "DN is not configured in CME" },
  },
  {
    clock: [8, 41, 17],
    server: "SIPTS750",
    thisDN: "7101",
    why: { ErrorCode: 212, ErrorMessage: "Device disabled by administration" },
  },
  {
    clock: [8, 41, 18],
    server: "SIPTS750",
    thisDN: "8007",
    why: { ErrorCode: 128, ErrorMessage: "Bad DN type for DN registration" },
  },
  {
    clock: [8, 43, 2],
    server: "AVAYATS1",
    thisDN: "21017",
    why: { ErrorCode: 123, ErrorMessage: "DN for association does not exist" },
  },
  {
    clock: [8, 43, 3],
    server: "AVAYATS1",
    thisDN: "51003",
    why: { ErrorCode: 59, ErrorMessage: "DN is not configured in CME" },
  },
];
