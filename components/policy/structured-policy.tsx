'use client'

import Link from 'next/link'
import { useState } from 'react'
import { principalLabel } from '#lib/console/format.ts'
import type { PolicyKind } from '#lib/domain/policy-finding.ts'
import { readPolicy } from '#lib/domain/policy-grammar.ts'
import { principalForm } from '#lib/domain/policy-principal.ts'
import {
  type DescribedStatement,
  describeStatement,
  type StatementRole,
} from '#lib/domain/policy-sentences.ts'
import type { ParsedStatement } from '#lib/domain/policy-statement.ts'
import { Button } from '../ui/button.tsx'
import { Chip } from '../ui/chip.tsx'
import { cn } from '../ui/class-names.ts'
import { Input } from '../ui/input.tsx'
import { lineId } from './policy-text.tsx'
import { addPrincipal, removePrincipal } from './statement-edits.ts'
import { lineAt } from './statement-nodes.ts'

const ROLE_WORDS: Record<StatementRole, string> = {
  root: 'Account root',
  administrators: 'Administrators',
  users: 'Users',
  service: 'Service use',
  other: 'Other',
}

/** Shapes whose people are lists of names, and nothing else depends on who they are. */
const EDITABLE: ReadonlySet<StatementRole> = new Set(['administrators', 'users', 'service'])

type Placed = DescribedStatement & {
  readonly sid: string | null
  readonly index: number
  readonly line: number
  /** ARNs and the like under Principal.AWS; undefined where they are no simple list. */
  readonly names: readonly string[] | undefined
}

function namesOf({ principal }: ParsedStatement, role: StatementRole): readonly string[] | undefined {
  if (!principal || principal.negated || !EDITABLE.has(role)) return undefined
  const simple = principal.names.every(
    (name) => name.type === 'AWS' && principalForm(name)?.form !== 'everyone' && principalForm(name),
  )
  return simple ? principal.names.map(({ value }) => value) : undefined
}

/** The statements of a policy in words, each with the line of the text where it begins. */
export function placeStatements(text: string, account: string, kind: PolicyKind = 'key'): Placed[] {
  const { statements, places } = readPolicy(text, kind)
  return statements.map((statement, index) => {
    const place = places.get(`/Statement/${index}`) ?? places.get('/Statement')
    const words = describeStatement(statement, account)
    const line = lineAt(text, place?.value.from ?? 0)
    return { ...words, sid: statement.sid, index, line, names: namesOf(statement, words.role) }
  })
}

type StructuredPolicyProps = {
  text: string
  account: string
  kind?: PolicyKind
  /** People who may be added. */
  principals?: readonly string[]
  /** Takes the edited text; without it nothing can be edited here. */
  onEdit?: ((text: string) => void) | undefined
  /** Where a statement is edited as JSON. */
  editAt?: ((line: number) => string) | undefined
  /** Whether the lines of the text are on this page. */
  linked?: boolean
}

/** A policy as sentences, one row a statement, whatever its shape; people are added and removed where the shape is known. */
export function StructuredPolicy(props: StructuredPolicyProps) {
  const { text, account, kind } = props
  const statements = placeStatements(text, account, kind)
  if (statements.length === 0) {
    return (
      <p className="border-b border-line py-2 text-table text-brass">
        This policy has no statement that can be read. Its text is shown as it is.
      </p>
    )
  }
  return (
    <ol aria-label="Statements in words">
      {statements.map((statement) => (
        <li key={statement.index} className="border-b border-line pt-1.5 pb-2.5">
          <Statement statement={statement} {...props} />
        </li>
      ))}
    </ol>
  )
}

function Statement({ statement, ...props }: StructuredPolicyProps & { statement: Placed }) {
  const { sid, role, effect, sentence, line, index, names } = statement
  const { linked = true, onEdit, editAt } = props
  const colour = effect === 'Deny' ? 'text-vermilion' : effect === 'Allow' ? 'text-verdigris' : 'text-brass'
  return (
    <>
      <div className="flex flex-wrap items-baseline gap-x-2.5 text-label">
        <span className={cn('font-medium', colour)}>{effect ?? 'Unreadable'}</span>
        <span className="font-medium text-text">{ROLE_WORDS[role]}</span>
        <span className="min-w-0 break-words text-text3">{sid ?? `Statement ${index + 1}`}</span>
        {linked && (
          <a href={`#${lineId(line)}`} className="ms-auto text-ink hover:underline max-md:py-1">
            Line {line}
          </a>
        )}
      </div>
      <p className="mt-0.5 max-w-prose break-words text-table">{sentence}</p>
      {onEdit && names ? (
        <People statement={statement} names={names} {...props} onEdit={onEdit} />
      ) : (
        editAt && (
          <Link href={editAt(line)} className="link no-print mt-1 inline-block min-h-6 text-label">
            Edit as JSON at line {line}
          </Link>
        )
      )}
    </>
  )
}

type PeopleProps = StructuredPolicyProps & {
  statement: Placed
  names: readonly string[]
  onEdit: (text: string) => void
}

function People({ statement, names, text, principals = [], onEdit }: PeopleProps) {
  const [adding, setAdding] = useState(false)
  const { index } = statement
  return (
    <div className="no-print mt-1.5 flex flex-wrap items-center gap-1.5">
      {names.map((name) => (
        <Chip
          key={name}
          removeLabel={`Remove ${principalLabel(name)}`}
          {...(names.length > 1 && { onRemove: () => onEdit(removePrincipal(text, index, name)) })}
        >
          {principalLabel(name)}
        </Chip>
      ))}
      {adding ? (
        <NewPrincipal
          suggestions={principals.filter((arn) => !names.includes(arn))}
          onAdd={(arn) => {
            setAdding(false)
            onEdit(addPrincipal(text, index, arn))
          }}
          onCancel={() => setAdding(false)}
          listId={`people-of-${index}`}
        />
      ) : (
        <button type="button" className="link min-h-6 text-label" onClick={() => setAdding(true)}>
          Add principal
          <span className="sr-only"> to {statement.sid ?? `statement ${index + 1}`}</span>
        </button>
      )}
      {names.length === 1 && (
        <span className="text-label text-text3">the only one, so it can’t be removed</span>
      )}
    </div>
  )
}

type NewPrincipalProps = {
  suggestions: readonly string[]
  onAdd: (arn: string) => void
  onCancel: () => void
  listId: string
}

function NewPrincipal({ suggestions, onAdd, onCancel, listId }: NewPrincipalProps) {
  const [arn, setArn] = useState('')
  const add = () => arn.trim() !== '' && onAdd(arn.trim())
  return (
    <form
      method="post"
      className="flex w-full max-w-form flex-wrap gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        add()
      }}
    >
      <Input
        mono
        aria-label="Principal to add, by ARN"
        list={listId}
        autoComplete="off"
        spellCheck={false}
        autoFocus
        className="min-w-0 grow basis-56"
        value={arn}
        onChange={(event) => setArn(event.target.value)}
      />
      <datalist id={listId}>
        {suggestions.map((one) => (
          <option key={one} value={one}>
            {principalLabel(one)}
          </option>
        ))}
      </datalist>
      <Button
        size="form"
        type="submit"
        reason={arn.trim() === '' ? 'Choose or paste a principal.' : undefined}
      >
        Add
      </Button>
      <Button size="form" variant="quiet" onClick={onCancel}>
        Cancel
      </Button>
    </form>
  )
}
