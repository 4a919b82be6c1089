/**
 * One event about one application's registration for one DN, checked and spelled our way.
 * `time` is the T-Server's, in microseconds since 1970.
 */
export type RegistrationEvent = {
  readonly id: string;
  readonly event: "EventRegistered" | "EventUnregistered";
  readonly server: string;
  readonly application: string;
  readonly thisDN: string;
  readonly time: number;
  readonly sequenceNumber?: number | undefined;
  readonly referenceID?: number | undefined;
  readonly addressType?: string | undefined;
  readonly agentID?: string | undefined;
  readonly customerID?: string | undefined;
  readonly errorCode?: number | undefined;
  readonly errorMessage?: string | undefined;
  readonly extensions?: object | undefined;
  /** What the caller sent beside the attributes that we know. */
  readonly other?: object | undefined;
};
