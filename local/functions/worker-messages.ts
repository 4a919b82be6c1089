/** What the host tells an execution environment: run the handler once. */
export interface WorkerRequest {
  readonly payload: string;
  readonly requestId: string;
  /** Milliseconds since 1970. */
  readonly deadline: number;
}
/** What an execution environment needs to know at its start. */
export interface WorkerSettings {
  readonly entry: string;
  readonly exportName: string;
  readonly functionName: string;
  readonly functionArn: string;
  readonly memoryMegabytes: number;
}
/** What an execution environment tells its host. Payloads are JSON text. */
export type WorkerReply =
  | { readonly kind: "ready" }
  | { readonly kind: "answered"; readonly payload: string }
  | { readonly kind: "failed"; readonly payload: string };
