/** A start that cannot go on for a reason that the user can mend: its message is shown without a stack. */
export class StartFailure extends Error {
  override readonly name = "StartFailure";
}
