/** Does some work whose lines to standard output (a function's log and figures) go nowhere. */
export const quietly = async <Result>(work: () => Promise<Result>): Promise<Result> => {
  const write = process.stdout.write;
  process.stdout.write = () => true;
  try {
    return await work();
  } finally {
    process.stdout.write = write;
  }
};
