import { createWriteStream } from "node:fs";

/** Makes the log of all functions, empty at the start: each line begins with its function's name. */
export function openFunctionLog(path: string) {
  const stream = createWriteStream(path, { flags: "w", mode: 0o600 });
  stream.on("error", () => undefined);
  return (functionName: string, text: string): void => {
    for (const line of text.split("\n")) {
      if (line !== "") stream.write(`${functionName}  ${line}\n`);
    }
  };
}
