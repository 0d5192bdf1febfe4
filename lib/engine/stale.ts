/** Thrown when what a decision rested on changed before its event was committed: the door decides anew (R52). */
export class StaleDecision extends Error {
  override readonly name = 'StaleDecision'
  /** An account whose identities the change was about: its rivals go one after the other from here on. */
  readonly rivalsIn: string | undefined

  constructor(rivalsIn?: string) {
    super()
    this.rivalsIn = rivalsIn
  }
}
