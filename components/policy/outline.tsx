'use client'

import { MoreHorizontal } from 'lucide-react'
import { count } from '#lib/console/format.ts'
import { Button } from '../ui/button.tsx'
import { cn } from '../ui/class-names.ts'
import { Menu, MenuItem } from '../ui/menu.tsx'
import { type Finding, markOf, SEVERITY_WORDS } from './findings.ts'
import { SeverityMark } from './severity-mark.tsx'
import { duplicateStatement, moveStatement, removeStatement } from './statement-edits.ts'
import { type StatementNode, statementsOf } from './statement-nodes.ts'

type OutlineProps = {
  text: string
  findings: readonly Finding[]
  /** Where the caret is: its statement is the current one. */
  caret: number
  onGo: (position: number) => void
  /** Undefined where the policy can only be read. */
  onEdit: ((text: string) => void) | undefined
}

const nameOf = ({ sid, index }: StatementNode) => sid || `Statement ${index + 1}`

/** The statements of the policy: where they stand, whom they name, what is wrong with them, and their order. */
export function Outline({ text, findings, caret, onGo, onEdit }: OutlineProps) {
  const statements = statementsOf(text)
  if (statements.length === 0)
    return <p className="py-2 text-table text-text2">No statement can be made out in this text.</p>
  return (
    <ol aria-label="Statements">
      {statements.map((statement) => (
        <OutlineRow
          key={statement.index}
          statement={statement}
          finding={markOf(findings, statement.index)}
          current={caret >= statement.from && caret <= statement.to}
          last={statement.index === statements.length - 1}
          text={text}
          onGo={onGo}
          onEdit={onEdit}
        />
      ))}
    </ol>
  )
}

type RowProps = Pick<OutlineProps, 'text' | 'onGo' | 'onEdit'> & {
  statement: StatementNode
  finding: ReturnType<typeof markOf>
  current: boolean
  last: boolean
}

function OutlineRow({ statement, finding, current, last, text, onGo, onEdit }: RowProps) {
  const { index, effect, principals, from } = statement
  const name = nameOf(statement)
  const effectColour =
    effect === 'Deny' ? 'text-vermilion' : effect === 'Allow' ? 'text-verdigris' : 'text-brass'
  return (
    <li className={cn('flex items-start border-b border-line', current && 'bg-selected')}>
      <button
        type="button"
        aria-current={current || undefined}
        className="min-h-9 min-w-0 grow px-1.5 py-1 text-start -outline-offset-2 hover:bg-hover"
        onClick={() => onGo(from)}
      >
        <span className="flex items-center gap-1.5 text-table font-medium">
          <span className="truncate">{name}</span>
          {finding && (
            <>
              <SeverityMark severity={finding} />
              <span className="sr-only">{SEVERITY_WORDS[finding]}</span>
            </>
          )}
        </span>
        <span className="block text-label text-text2">
          <span className={effectColour}>{effect ?? 'No effect'}</span>
          {principals > 0 && `, ${count(principals, 'principal')}`}
        </span>
      </button>
      {onEdit && (
        <Menu
          trigger={
            <Button variant="quiet" size="icon" aria-label={`Actions of ${name}`} className="text-text3">
              <MoreHorizontal aria-hidden="true" className="size-4" strokeWidth={1.5} />
            </Button>
          }
        >
          <MenuItem onSelect={() => onEdit(duplicateStatement(text, index))}>Duplicate</MenuItem>
          <MenuItem
            {...(index === 0 && { reason: 'It is the first.' })}
            onSelect={() => onEdit(moveStatement(text, index, -1))}
          >
            Move up
          </MenuItem>
          <MenuItem
            {...(last && { reason: 'It is the last.' })}
            onSelect={() => onEdit(moveStatement(text, index, 1))}
          >
            Move down
          </MenuItem>
          <MenuItem danger onSelect={() => onEdit(removeStatement(text, index))}>
            Delete statement
          </MenuItem>
        </Menu>
      )}
    </li>
  )
}
