/** What a matrix says of the person who looks: advice for buttons, never a decision. Pure. */
import { isPath, type WhoCan } from './matrix-words.ts'

/** Whether one’s own row says that an action would be refused. Of whom the matrix says nothing, nothing is foreseen. */
export function wouldRefuse({ Rows }: Pick<WhoCan, 'Rows'>, self: string, action: string): boolean {
  const own = Rows.find(({ PrincipalArn }) => PrincipalArn === self)
  // A user without any path has no row; a role’s session has its role’s, if any.
  if (!own) return self.includes(':user/')
  const mark = own.Cells[action]?.Mark
  return mark !== undefined && !isPath(mark)
}
