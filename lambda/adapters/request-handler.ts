/**
 * How long a call to AWS may take, for every client: a call that hangs must end while there is still time to answer
 * 503. Without the last line, the SDK only logs that the time is over.
 */
export const requestHandler = {
  connectionTimeout: 1_000,
  requestTimeout: 3_000,
  throwOnRequestTimeout: true,
} as const;
