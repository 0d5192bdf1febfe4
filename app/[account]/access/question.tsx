'use client'

import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { ExplainedAnswer } from '#components/access/explained.tsx'
import {
  type Asked,
  addressFault,
  type Circumstances,
  NO_CIRCUMSTANCES,
  questionOf,
} from '#components/access/question.ts'
import { QuestionCode } from '#components/access/question-code.tsx'
import { useOfflineReason } from '#components/connection.tsx'
import { Section } from '#components/page-header.tsx'
import { ContextEditor } from '#components/playground/context-editor.tsx'
import { contextOf, faultIn, NO_PAIRS } from '#components/playground/context-pairs.ts'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { EngineRefusal } from '#lib/console/messages.ts'
import type { Scope } from '#lib/console/paths.ts'
import { explainAccess } from './actions.ts'

type Props = { scope: Scope; asked: Asked; names: readonly string[]; keyArn: string | undefined }

/** Yes or no, and the trace; asked again with what a request would bring with it. */
export function Question({ scope, asked, names, keyArn }: Props) {
  const [circumstances, setCircumstances] = useState(NO_CIRCUMSTANCES)
  const question = questionOf(asked, circumstances, scope.region)
  const answer = useQuery({
    queryKey: [scope.account, scope.region, 'ExplainAccess', 'with circumstances', question],
    queryFn: async () => {
      const result = await explainAccess({ region: scope.region, question })
      if (!result.ok) throw new EngineRefusal(result.error)
      return result.output
    },
  })
  const verdict = answer.data ? (answer.data.Allowed ? 'Yes' : 'No') : 'Answer'
  return (
    <div className="grid gap-x-10 gap-y-2 xl:grid-cols-[minmax(0,22rem)_minmax(0,1fr)]">
      <Section
        title="The request"
        actions={<QuestionCode scope={scope} question={question} keyArn={keyArn} />}
      >
        <CircumstancesForm names={names} asking={answer.isFetching} onAsk={setCircumstances} />
      </Section>
      <Section title={verdict}>
        <div aria-live="polite" className="max-w-form">
          <ExplainedAnswer answer={answer} account={scope.account} />
        </div>
      </Section>
    </div>
  )
}

type FormProps = { names: readonly string[]; asking: boolean; onAsk: (circumstances: Circumstances) => void }

function CircumstancesForm({ names, asking, onAsk }: FormProps) {
  const [pairs, setPairs] = useState(() =>
    names.length === 0 ? NO_PAIRS : names.map((name, id) => ({ id, name, value: '' })),
  )
  const [via, setVia] = useState('')
  const [address, setAddress] = useState('')
  const offline = useOfflineReason()
  const fault = addressFault(address.trim())
  const wrong = faultIn(pairs) ?? fault
  function submit(event: FormEvent) {
    event.preventDefault()
    if (!wrong && !offline) onAsk({ context: contextOf(pairs), via: via.trim(), address: address.trim() })
  }
  return (
    <form method="post" noValidate autoComplete="off" onSubmit={submit} className="space-y-4">
      <ContextEditor
        pairs={pairs}
        onChange={setPairs}
        help="Policies and grants may decide by it. It isn’t part of the address of this page."
      />
      <Field label="Through service" optional help="s3, or s3.eu-west-1.amazonaws.com">
        {(control) => (
          <Input
            {...control}
            mono
            spellCheck={false}
            value={via}
            onChange={(event) => setVia(event.target.value)}
          />
        )}
      </Field>
      <Field label="Source IP" optional error={fault}>
        {(control) => (
          <Input
            {...control}
            mono
            spellCheck={false}
            value={address}
            onChange={(event) => setAddress(event.target.value)}
          />
        )}
      </Field>
      <Button
        type="submit"
        size="form"
        variant="primary"
        pending={asking}
        pendingLabel="Asking…"
        reason={wrong ?? offline}
      >
        Ask
      </Button>
    </form>
  )
}
