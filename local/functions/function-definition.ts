/** A Lambda function of the templates, with its code on disk. */
export type FunctionDefinition = {
  readonly name: string;
  readonly arn: string;
  readonly directory: string;
  /** `file.export`, as in the template. */
  readonly handler: string;
  readonly timeoutSeconds: number;
  readonly memoryMegabytes: number;
  readonly environment: Readonly<Record<string, string>>;
  /** Whether a chain of messages may invoke it without end. */
  readonly allowsLoops: boolean;
};
