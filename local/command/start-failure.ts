/** A failure to start that the user can fix: its message is shown without a stack trace. */
export class StartFailure extends Error {
  override readonly name = "StartFailure";
}
