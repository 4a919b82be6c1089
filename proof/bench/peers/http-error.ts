/** An answer that is no success, as @middy/http-error-handler takes it. */
export class HttpError extends Error {
  override readonly name = "HttpError";
  readonly expose = true;
  readonly statusCode: number;

  constructor(statusCode: number, message: string) {
    super(message);
    this.statusCode = statusCode;
  }
}
