/** What a person typed cannot be carried out. The message says what to type instead. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
