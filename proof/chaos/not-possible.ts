/** Something that cannot be played on this machine: that is neither good nor bad. */
export class NotPossible extends Error {
  override readonly name = "NotPossible";
}
