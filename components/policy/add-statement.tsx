'use client'

import { Plus } from 'lucide-react'
import { useState } from 'react'
import { principalLabel } from '#lib/console/format.ts'
import { Button } from '../ui/button.tsx'
import { Checkbox } from '../ui/checkbox.tsx'
import { CodeBlock } from '../ui/code-block.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Field, FieldGroup } from '../ui/field.tsx'
import { Input, Select } from '../ui/input.tsx'
import type { PolicyKnowledge } from './policy-words.ts'
import { type Template, type TemplateValues, templatesFor } from './templates.ts'

const NONE: TemplateValues = {
  principals: [],
  account: '',
  contextKey: 'tenant',
  contextValue: '',
  network: '203.0.113.0/24',
  days: '30',
}

/** What a template still needs to be told, in one sentence. */
function missing(
  { needs, unfit }: Template,
  values: TemplateValues,
  { key }: PolicyKnowledge,
): string | undefined {
  const reason = unfit?.(key)
  if (reason) return reason
  if (needs.includes('principals') && values.principals.length === 0) return 'Choose at least one principal.'
  if (needs.includes('account') && !/^[0-9]{12}$/.test(values.account)) return 'An account has 12 digits.'
  if (needs.includes('context') && (!values.contextKey || !values.contextValue))
    return 'Give the pair a key and a value.'
  if (needs.includes('network') && values.network.trim() === '') return 'Give a network.'
  return needs.includes('days') && !/^([7-9]|[12][0-9]|30)$/.test(values.days)
    ? 'The waiting period is 7 to 30 days.'
    : undefined
}

type AddStatementProps = { knowledge: PolicyKnowledge; onAdd: (statement: object) => void }

/** A statement from a template, with the few words it needs, shown before it is added. */
export function AddStatement({ knowledge, onAdd }: AddStatementProps) {
  const templates = templatesFor(knowledge.kind)
  const [open, setOpen] = useState(false)
  const [id, setId] = useState(templates[0]?.id ?? '')
  const [values, setValues] = useState(NONE)
  const template = templates.find((one) => one.id === id)
  const reason = template && missing(template, values, knowledge)
  const made = template && !reason ? template.make(values, knowledge) : undefined
  const set = (part: Partial<TemplateValues>) => setValues((now) => ({ ...now, ...part }))
  return (
    <Dialog
      wide
      title="Add statement"
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button className="w-full">
          <Plus aria-hidden="true" className="size-4" strokeWidth={1.5} />
          Add statement
        </Button>
      }
    >
      <form
        method="post"
        className="space-y-3"
        onSubmit={(event) => {
          event.preventDefault()
          // A form in a portal is still inside the page's own forms.
          event.stopPropagation()
          if (!made) return
          onAdd(made)
          setOpen(false)
        }}
      >
        <Field label="Template" help={template?.says}>
          {(control) => (
            <Select {...control} value={id} onChange={(event) => setId(event.target.value)}>
              {templates.map((one) => (
                <option key={one.id} value={one.id}>
                  {one.title}
                </option>
              ))}
            </Select>
          )}
        </Field>
        {template && <Needs template={template} values={values} set={set} known={knowledge} />}
        {made && (
          <CodeBlock
            code={JSON.stringify(made, null, 2)}
            label="statement"
            wrap
            copy={false}
            className="max-h-56 overflow-y-auto"
          />
        )}
        <div className="flex justify-end gap-2">
          <Button size="form" onClick={() => setOpen(false)}>
            Cancel
          </Button>
          <Button size="form" variant="primary" type="submit" reason={reason}>
            Add statement
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

type NeedsProps = {
  template: Template
  values: TemplateValues
  set: (part: Partial<TemplateValues>) => void
  known: PolicyKnowledge
}

function Needs({ template: { needs }, values, set, known }: NeedsProps) {
  const text = (label: string, name: 'account' | 'contextKey' | 'contextValue' | 'network' | 'days') => (
    <Field label={label} key={name}>
      {(control) => (
        <Input
          {...control}
          mono
          autoComplete="off"
          spellCheck={false}
          value={values[name]}
          onChange={(event) => set({ [name]: event.target.value })}
        />
      )}
    </Field>
  )
  return (
    <>
      {needs.includes('principals') && <Principals values={values} set={set} known={known} />}
      {needs.includes('account') && text('Account', 'account')}
      {needs.includes('context') && (
        <div className="grid grid-cols-2 gap-3">
          {text('Context key', 'contextKey')}
          {text('Context value', 'contextValue')}
        </div>
      )}
      {needs.includes('network') && text('Network (CIDR)', 'network')}
      {needs.includes('days') && text('Shortest waiting period in days', 'days')}
    </>
  )
}

function Principals({ values, set, known }: Omit<NeedsProps, 'template'>) {
  const [typed, setTyped] = useState('')
  const listed = [...new Set([...known.principals, ...values.principals])]
  const toggle = (arn: string, on: boolean) =>
    set({ principals: on ? [...values.principals, arn] : values.principals.filter((one) => one !== arn) })
  const add = () => {
    if (typed.trim() !== '') toggle(typed.trim(), true)
    setTyped('')
  }
  return (
    <FieldGroup legend="Principals">
      <div className="max-h-36 overflow-y-auto">
        {listed.map((arn) => (
          <Checkbox
            key={arn}
            label={principalLabel(arn)}
            checked={values.principals.includes(arn)}
            onChange={(event) => toggle(arn, event.target.checked)}
          />
        ))}
      </div>
      <div className="mt-1.5 flex gap-2">
        <Input
          mono
          aria-label="Another principal, by ARN"
          placeholder="arn:aws:iam::…"
          autoComplete="off"
          spellCheck={false}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <Button size="form" onClick={add}>
          Add ARN
        </Button>
      </div>
    </FieldGroup>
  )
}
