'use client'

import { useQuery } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import Link from 'next/link'
import { ErrorState } from '#components/states.tsx'
import { Time } from '#components/time.tsx'
import { Button } from '#components/ui/button.tsx'
import { CodeBlock } from '#components/ui/code-block.tsx'
import { Facts } from '#components/ui/facts.tsx'
import { Hint, Note } from '#components/ui/hint.tsx'
import { Identifier } from '#components/ui/identifier.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { count, formatNumber } from '#lib/console/format.ts'
import { refusalIn } from '#lib/console/messages.ts'
import type { OutputOf } from '#lib/console/operations.ts'
import { paths } from '#lib/console/paths.ts'
import { fetchJson, read } from '#lib/console/queries.ts'
import { keyStep } from './key-step.ts'
import { type FindingView, findingAt, place } from './log-state-words.ts'
import { checkEventProof, type EventProofView } from './proof-check.ts'
import { proofFile, type StoredTexts, textsOf } from './proof-file.ts'
import { ProofSteps } from './proof-steps.tsx'
import { saveJson } from './save-file.ts'
import { NO_CRYPTOGRAPHY, useCheck } from './use-check.ts'
import { useLogState } from './use-log-state.ts'

type Props = { account: string; eventId: string }

/** What is stored now, not what this page was opened with. */
const storedNow = async (eventId: string): Promise<StoredTexts> =>
  // Typed by the operation that the path names.
  textsOf(
    (await fetchJson(paths.engine('GetEvent', undefined, { EventId: eventId }))) as OutputOf<'GetEvent'>,
  )

/** The Proof tab of an event: to be seen, checked in this browser, and taken along. */
export function ProofTab({ account, eventId }: Props) {
  const { data, error, refetch, isFetching } = useQuery(
    read(account, undefined, 'GetEventProof', { EventId: eventId }),
  )
  if (error)
    return (
      <ErrorState
        what="The proof of this event couldn’t be read."
        refusal={refusalIn(error)}
        onRetry={() => void refetch()}
        retrying={isFetching}
      />
    )
  if (!data)
    return (
      <div aria-busy="true" className="space-y-3 py-2">
        <Skeleton className="w-4/5" />
        <Skeleton className="w-3/5" />
      </div>
    )
  return <Proof account={account} proof={data} again={async () => (await refetch()).data} />
}

type ProofProps = {
  account: string
  proof: EventProofView
  /** The proof as the log gives it now. */
  again: () => Promise<EventProofView | undefined>
}

function Proof({ account, proof, again }: ProofProps) {
  const { EventId } = proof
  const check = useCheck()
  const finding = findingAt(useLogState(account).data, proof.Index)
  const verify = () =>
    check.run(async (subtle) => {
      const [now, texts] = await Promise.all([again(), storedNow(EventId)])
      const asked = now ?? proof
      return [...(await checkEventProof(subtle, asked, texts)), keyStep(localStorage, asked.VerifierKey)]
    })
  async function save() {
    try {
      saveJson(`${EventId}.proof.json`, proofFile(proof, await storedNow(EventId)))
    } catch (thrown) {
      check.refuse(refusalIn(thrown))
    }
  }

  return (
    <div className="space-y-4">
      {finding && <Found finding={finding} index={proof.Index} />}
      <ProofFacts proof={proof} />
      <div className="flex flex-wrap gap-2">
        <Button variant="primary" pending={check.pending} pendingLabel="Verifying…" onClick={verify}>
          Verify in this browser
        </Button>
        <Button
          reason={
            proof.Leaf === '' ? 'The event is no longer stored: there is nothing to take along.' : undefined
          }
          onClick={() => void save()}
        >
          <Download aria-hidden="true" className="size-4" strokeWidth={1.5} />
          Download proof
        </Button>
      </div>
      {check.unavailable && <Note tone="brass">{NO_CRYPTOGRAPHY}</Note>}
      {check.refusal && <ErrorState what="The record couldn’t be read." refusal={check.refusal} />}
      {check.steps && <ProofSteps steps={check.steps} />}
      <section>
        <h3 className="mb-1 text-table font-semibold">On the command line</h3>
        <CodeBlock code={`./keyhouse audit prove ${EventId}`} label="Command of this proof" wrap />
      </section>
      <Hint>
        What the log can show, and what it can’t:{' '}
        <Link href={paths.integrity(account)} className="link">
          Log integrity
        </Link>
      </Hint>
    </div>
  )
}

/** A finding stays when it was acknowledged: whether it still holds, the verification says. */
function Found({ finding, index }: { finding: FindingView; index: number }) {
  const known = finding.AcknowledgedAt !== null
  return (
    <Note tone={known ? 'brass' : 'vermilion'}>
      <p className="font-semibold">
        {known ? `Found earlier at ${place(index)}, and acknowledged` : `Mismatch at ${place(index)}`}
      </p>
      <p>{finding.Sentence}</p>
    </Note>
  )
}

function ProofFacts({ proof }: { proof: EventProofView }) {
  const { Index, LeafHash, Hashes, Leaf, Checkpoint } = proof
  return (
    <>
      <Facts
        columns={1}
        facts={[
          { term: 'Position', value: `${place(Index)} of ${count(Checkpoint.Size, 'event')}` },
          { term: 'Leaf hash', value: <Identifier value={LeafHash} name="leaf hash" /> },
          {
            term: 'Checkpoint',
            value: (
              <>
                {formatNumber(Checkpoint.Size)}, signed <Time at={Checkpoint.At} />
              </>
            ),
          },
          { term: 'Root of the checkpoint', value: <Identifier value={Checkpoint.Root} name="root" /> },
          {
            term: 'Path',
            value: Hashes.length === 0 ? 'The leaf is the root.' : count(Hashes.length, 'hash', 'hashes'),
          },
        ]}
      />
      <details>
        <summary className="min-h-6 w-fit text-table text-ink">Leaf, path and signed checkpoint</summary>
        <div className="space-y-2 pt-1">
          <CodeBlock code={Leaf} label="Leaf" wrap />
          {Hashes.length > 0 && <CodeBlock code={Hashes.join('\n')} label="Path" wrap />}
          <CodeBlock code={Checkpoint.Note} label="Checkpoint" wrap />
        </div>
      </details>
    </>
  )
}
