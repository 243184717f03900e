const AT_ONCE = 4;

/** Do it with each, a few at a time; what failed stops none of the others. */
export async function each<Given, Made>(
  given: readonly Given[],
  act: (one: Given) => Promise<Made>,
): Promise<{ done: Made[]; problems: unknown[] }> {
  const done: Made[] = [];
  const problems: unknown[] = [];
  const left = [...given];
  const work = async () => {
    for (let one = left.shift(); one !== undefined; one = left.shift()) {
      try {
        done.push(await act(one));
      } catch (error) {
        problems.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return { done, problems };
}
