'use client'

import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { Textarea } from '#components/ui/input.tsx'
import { useAnnounce } from '#components/ui/live-region.tsx'
import { count } from '#lib/console/format.ts'
import { type PastedArns, readArns } from './pasted-arns.ts'
import { useWizard } from './wizard-context.tsx'

/** Principals by ARN, many at once. Those that are sound are taken; the others stay, each with its reason. */
export function PasteArns({
  chosen,
  onAdd,
}: {
  chosen: readonly string[]
  onAdd: (arns: readonly string[]) => void
}) {
  const { owner, principals } = useWizard()
  const announce = useAnnounce()
  const [text, setText] = useState('')
  const [faults, setFaults] = useState<PastedArns['faults']>([])

  function add() {
    const found = readArns(text, { account: owner.account, known: principals.known, chosen })
    onAdd(found.arns)
    setFaults(found.faults)
    setText(found.faults.map((fault) => fault.text).join('\n'))
    announce(
      `${count(found.arns.length, 'identity', 'identities')} added. ${count(found.faults.length, 'ARN')} not added.`,
    )
  }
  return (
    <details className="mt-2">
      <summary className="link inline-block min-h-7 content-center text-table max-md:min-h-11">
        Paste ARNs
      </summary>
      <Field
        className="mt-1"
        label="ARNs"
        help={
          <>
            One on a line, or apart by commas:{' '}
            <code className="text-mono">arn:aws:iam::{owner.account}:user/name</code>
          </>
        }
        error={faults.length > 0 && <FaultList faults={faults} />}
      >
        {(control) => (
          <Textarea
            {...control}
            required={false}
            mono
            rows={3}
            spellCheck={false}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
      <Button
        className="mt-2"
        reason={text.trim() === '' ? 'Paste at least one ARN first.' : undefined}
        onClick={add}
      >
        Add these
      </Button>
    </details>
  )
}

/** What was not taken, one line each. */
export const FaultList = ({ faults }: { faults: PastedArns['faults'] }) => (
  <>
    {faults.map((fault) => (
      <span key={fault.text} className="block">
        <code className="break-all text-mono">{fault.text}</code> {fault.message}
      </span>
    ))}
  </>
)
