/**
 * One at a time for each account. A change of identities makes every other decision about its account stale, so that
 * many at once would overtake each other for as long as the door has patience; those who were overtaken queue here.
 * It knows this engine only: between engines the account's row decides.
 */
export function openAccountTurns(): <T>(account: string, work: () => Promise<T>) => Promise<T> {
  /** When the last in the queue of an account is done. These never reject. */
  const ends = new Map<string, Promise<void>>()

  return async (account, work) => {
    const mine = (ends.get(account) ?? Promise.resolve()).then(work)
    const end = mine.then(
      () => {},
      () => {},
    )
    ends.set(account, end)
    try {
      return await mine
    } finally {
      if (ends.get(account) === end) ends.delete(account)
    }
  }
}
