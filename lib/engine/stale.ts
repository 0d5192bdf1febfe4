/** Thrown when what a decision rested on changed before its event was committed: the door decides anew (R52). */
export class StaleDecision extends Error {
  override readonly name = 'StaleDecision'
}
