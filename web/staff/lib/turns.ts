// Things that are in one another's way when they are done at once.

/** What does each thing when the one before it is over, however that ended. */
export function turns(): <Found>(act: () => Promise<Found>) => Promise<Found> {
  let last: Promise<unknown> = Promise.resolve();
  return (act) => {
    const mine = last.then(act, act);
    last = mine.catch(() => undefined);
    return mine;
  };
}
