/** A way to get a DynamoDB: a process to start, or the address of one that the user runs. */
export type DynamoDbEngine =
  | {
      readonly kind: "process";
      readonly name: string;
      /** A security warning, printed at the start. */
      readonly warning: string | undefined;
      readonly command: string;
      readonly args: (port: number, dataDirectory: string | undefined) => readonly string[];
      readonly workingDirectory: string | undefined;
    }
  | { readonly kind: "endpoint"; readonly url: string };
/** Either the engine, or why it cannot run here. */
export type EngineSearch = DynamoDbEngine | { readonly kind: "missing"; readonly reason: string };
