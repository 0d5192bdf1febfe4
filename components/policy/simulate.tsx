'use client'

import { Trace } from '#components/access/trace.tsx'
import { statementTitle, verdictOf } from '#components/access/trace-words.ts'
import { ContextEditor } from '#components/playground/context-editor.tsx'
import { faultIn } from '#components/playground/context-pairs.ts'
import { principalLabel } from '#lib/console/format.ts'
import { ErrorState } from '../states.tsx'
import { Button } from '../ui/button.tsx'
import { cn } from '../ui/class-names.ts'
import { Field } from '../ui/field.tsx'
import { Input, Select } from '../ui/input.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import type { PolicyKnowledge } from './policy-words.ts'
import { actionsFor, caseName } from './simulation.ts'
import type { Answer, Simulation } from './use-simulation.ts'

type SimulateProps = {
  simulation: Simulation
  knowledge: PolicyKnowledge
  account: string
  /** Puts the caret at a statement of the draft. */
  onGo: ((statement: number) => void) | undefined
  /** Keeps the question with its answer; undefined where that may not be done. */
  onPin?: ((name: string, allowed: boolean) => void) | undefined
  pinning?: boolean
}

/** A question, and its answer on what is saved and on the draft side by side. */
export function Simulate({ simulation, knowledge, account, onGo, onPin, pinning }: SimulateProps) {
  const { asked, saved, draft } = simulation
  const allowed = draft.data?.Allowed
  return (
    <section aria-label="Simulate" className="space-y-4">
      <Question simulation={simulation} knowledge={knowledge} />
      {asked && (
        <>
          <div className="grid grid-cols-2 gap-3" role="status">
            <Verdict title="Saved" answer={saved} />
            <Verdict title="Draft" answer={draft} onGo={onGo} />
          </div>
          {onPin && allowed !== undefined && (
            <Button pending={pinning} onClick={() => onPin(caseName(asked), allowed)}>
              {allowed ? 'Pin: must stay allowed' : 'Pin: must stay denied'}
            </Button>
          )}
          <Traces title="Trace on the draft" answer={draft} account={account} open />
          <Traces title="Trace on what is saved" answer={saved} account={account} />
        </>
      )}
    </section>
  )
}

function Question({ simulation, knowledge }: Pick<SimulateProps, 'simulation' | 'knowledge'>) {
  const { form, set, ask } = simulation
  const { fitting, others } = actionsFor(knowledge.key)
  const people = [...new Set([form.principal, ...knowledge.principals])].filter((arn) => arn !== '')
  return (
    <form
      method="post"
      className="space-y-3"
      onSubmit={(event) => {
        event.preventDefault()
        if (!faultIn(form.pairs)) ask()
      }}
    >
      <Field label="Principal">
        {(control) => (
          <>
            <Input
              {...control}
              mono
              list={`${control.id}-list`}
              autoComplete="off"
              spellCheck={false}
              value={form.principal}
              onChange={(event) => set({ principal: event.target.value.trim() })}
            />
            <datalist id={`${control.id}-list`}>
              {people.map((arn) => (
                <option key={arn} value={arn}>
                  {principalLabel(arn)}
                </option>
              ))}
            </datalist>
          </>
        )}
      </Field>
      <Field label="Action">
        {(control) => (
          <Select {...control} value={form.action} onChange={(event) => set({ action: event.target.value })}>
            {fitting.map((action) => (
              <option key={action}>{action}</option>
            ))}
            <optgroup label="Never on this key">
              {others.map((action) => (
                <option key={action}>{action}</option>
              ))}
            </optgroup>
          </Select>
        )}
      </Field>
      <ContextEditor
        pairs={form.pairs}
        onChange={(pairs) => set({ pairs })}
        help="What the request would carry. It is asked, not recorded."
      />
      <div className="grid grid-cols-2 gap-3">
        <Text label="Via service" value={form.viaService} onChange={(viaService) => set({ viaService })} />
        <Text label="Source IP" value={form.sourceIp} onChange={(sourceIp) => set({ sourceIp })} />
      </div>
      <Button size="form" type="submit" reason={form.principal === '' ? 'Name a principal.' : undefined}>
        Simulate
      </Button>
    </form>
  )
}

const Text = (props: { label: string; value: string; onChange: (text: string) => void }) => (
  <Field label={props.label} optional>
    {(control) => (
      <Input
        {...control}
        mono
        autoComplete="off"
        spellCheck={false}
        value={props.value}
        onChange={(event) => props.onChange(event.target.value)}
      />
    )}
  </Field>
)

const TONE = { verdigris: 'text-verdigris', vermilion: 'text-vermilion', brass: 'text-brass' } as const

function Verdict({ title, answer, onGo }: { title: string; answer: Answer; onGo?: SimulateProps['onGo'] }) {
  const { data, refusal, busy } = answer
  const verdict = data && verdictOf(data)
  const deciding = data?.Deciding
  return (
    <section
      aria-label={title}
      aria-busy={busy}
      className={cn('border-t-2 pt-1.5', verdict ? 'border-line-strong' : 'border-line')}
    >
      <h3 className="text-label text-text2">{title}</h3>
      {verdict && <p className={cn('text-table font-semibold', TONE[verdict.tone])}>{verdict.title}</p>}
      {data && <p className="break-words text-label text-text2">{data.Sentence}</p>}
      {deciding && onGo && deciding.PolicyRole === 'resource' && (
        <button
          type="button"
          className="link min-h-6 text-start text-label"
          onClick={() => onGo(deciding.Index)}
        >
          {statementTitle(deciding)}
        </button>
      )}
      {!data && refusal && <p className="break-words text-label text-vermilion">{refusal.message}</p>}
      {!data && !refusal && <Skeleton className="mt-1 w-2/3" />}
    </section>
  )
}

type TracesProps = { title: string; answer: Answer; account: string; open?: boolean }

function Traces({ title, answer, account, open = false }: TracesProps) {
  if (!answer.data)
    return answer.refusal ? (
      <ErrorState what="The decision couldn’t be explained." refusal={answer.refusal} />
    ) : null
  return (
    <details open={open} className="border-t border-line pt-1.5">
      <summary className="min-h-6 text-table font-medium">{title}</summary>
      <div className="pt-2">
        <Trace explanation={answer.data} account={account} level={4} />
      </div>
    </details>
  )
}
