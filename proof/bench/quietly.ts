/** Does some work whose lines to standard output (a function's log and metrics) are dropped. */
export const quietly = async <Result>(work: () => Promise<Result>): Promise<Result> => {
  const write = process.stdout.write;
  process.stdout.write = () => true;
  try {
    return await work();
  } finally {
    process.stdout.write = write;
  }
};
