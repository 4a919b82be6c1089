/** A reason why a command cannot do its work, written for the person who called it: shown without a stack, exit code 1. */
export class CommandError extends Error {
  override readonly name = "CommandError";
}
