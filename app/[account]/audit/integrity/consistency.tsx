'use client'

import { type FormEvent, useState } from 'react'
import type { LogStateView } from '#components/integrity/log-state-words.ts'
import { readCheckpoint } from '#components/integrity/note-check.ts'
import { type ConsistencyProofView, checkConsistency } from '#components/integrity/proof-check.ts'
import { ProofSteps } from '#components/integrity/proof-steps.tsx'
import { toBase64 } from '#components/integrity/tree-check.ts'
import { NO_CRYPTOGRAPHY, useCheck } from '#components/integrity/use-check.ts'
import { Section } from '#components/page-header.tsx'
import { MutationError } from '#components/states.tsx'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { Hint, Note } from '#components/ui/hint.tsx'
import { Input, Textarea } from '#components/ui/input.tsx'
import { formatNumber } from '#lib/console/format.ts'
import { paths } from '#lib/console/paths.ts'
import { fetchJson } from '#lib/console/queries.ts'
import { placeIn } from './place-in.ts'

const proofBetween = (First: number, Second: number): Promise<ConsistencyProofView> =>
  // Typed by the operation that the path names.
  fetchJson(
    paths.engine('GetConsistencyProof', undefined, { First, Second }),
  ) as Promise<ConsistencyProofView>

/** The first checkpoint as somebody kept it: the server's own word for it is left out. */
function withKept(proof: ConsistencyProofView, note: string): ConsistencyProofView {
  const kept = readCheckpoint(note)
  if (!kept) return proof
  return { ...proof, First: { ...proof.First, Origin: kept.origin, Root: toBase64(kept.root), Note: note } }
}

/** A note as it is pasted: with the line ends of a form, and without its last one. */
const pastedNote = (text: string) => `${text.replaceAll('\r\n', '\n').trim()}\n`

type Props = {
  state: LogStateView
  earlier: string
  onEarlier: (size: string) => void
}

/** Whether the log only grew between two checkpoints; the earlier may be one that was kept elsewhere. */
export function Consistency({ state, earlier, onEarlier }: Props) {
  const newest = state.Checkpoint?.Size ?? 0
  const [later, setLater] = useState('')
  const [pasted, setPasted] = useState('')
  const [tried, setTried] = useState(false)
  const check = useCheck()
  const kept = pasted.trim() === '' ? undefined : readCheckpoint(pastedNote(pasted))
  const first = kept ? kept.size : placeIn(earlier, newest)
  const second = later.trim() === '' ? newest : placeIn(later, newest)
  const badNote = pasted.trim() !== '' && !kept
  const backwards = first !== undefined && second !== undefined && first > second

  function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (first === undefined || second === undefined || badNote || backwards || check.pending) return
    void check.run(async (subtle) => {
      const proof = await proofBetween(first, second)
      const keys = state.Keys.map(({ VerifierKey }) => VerifierKey)
      return checkConsistency(subtle, kept ? withKept(proof, pastedNote(pasted)) : proof, keys)
    })
  }

  const size = `Enter the size of a checkpoint, up to ${formatNumber(newest)}.`
  return (
    <div id="compare" className="scroll-mt-24">
      <Section title="Compare two checkpoints">
        <Hint className="mb-2">
          Shows in this browser that the later log begins with all of the earlier one. With a checkpoint that
          you kept outside this server, it also shows that this is still the log you knew.
        </Hint>
        <form method="post" noValidate onSubmit={submit} className="max-w-form space-y-3">
          <div className="flex flex-wrap items-start gap-3">
            <Field
              label="Earlier size"
              error={tried && !kept && first === undefined ? size : undefined}
              className="w-36"
            >
              {(control) => (
                <Size
                  control={control}
                  value={kept ? String(kept.size) : earlier}
                  onChange={onEarlier}
                  fixed={!!kept}
                />
              )}
            </Field>
            <Field
              label="Later size"
              error={
                tried && (second === undefined ? size : backwards ? 'This is before the earlier.' : undefined)
              }
              className="w-36"
            >
              {(control) => (
                <Size
                  control={{ ...control, required: undefined }}
                  value={later}
                  onChange={setLater}
                  empty={String(newest)}
                />
              )}
            </Field>
          </div>
          <Field
            label="A checkpoint that you kept"
            help="The whole signed note. It stands for the earlier one."
            error={tried && badNote ? 'This is no signed checkpoint.' : undefined}
            optional
          >
            {(control) => (
              <Textarea
                {...control}
                mono
                rows={5}
                spellCheck={false}
                value={pasted}
                onChange={(event) => setPasted(event.target.value)}
              />
            )}
          </Field>
          <Button type="submit" size="form" pending={check.pending} pendingLabel="Comparing…">
            Compare
          </Button>
        </form>
        <div className="mt-3 max-w-form space-y-2">
          {check.unavailable && <Note tone="brass">{NO_CRYPTOGRAPHY}</Note>}
          {check.refusal && <MutationError refusal={check.refusal} what="The two were not compared." />}
          {check.steps && <ProofSteps steps={check.steps} />}
        </div>
      </Section>
    </div>
  )
}

type SizeProps = {
  control: object
  value: string
  onChange: (text: string) => void
  empty?: string
  fixed?: boolean
}

const Size = ({ control, value, onChange, empty, fixed }: SizeProps) => (
  <Input
    {...control}
    mono
    inputMode="numeric"
    autoComplete="off"
    placeholder={empty}
    readOnly={fixed}
    value={value}
    onChange={(event) => onChange(event.target.value)}
  />
)
