'use client'

import { useMemo, useState } from 'react'
import { count } from '#lib/console/format.ts'
import { Button } from '../ui/button.tsx'
import { CodeBlock } from '../ui/code-block.tsx'
import { type Conflict, mergePolicies, type Side } from './merge.ts'

type MergeViewProps = {
  base: string
  theirs: string
  mine: string
  /** "v8 by user/carol" */
  theirsName: string
  baseName: string
  onMerge: (text: string) => void
}

/** Both changes into one policy: what comes in by itself, and a choice for each statement that both changed. */
export function MergeView({ base, theirs, mine, theirsName, baseName, onMerge }: MergeViewProps) {
  const merge = useMemo(() => mergePolicies(base, theirs, mine), [base, theirs, mine])
  const [choices, setChoices] = useState<Readonly<Record<string, Side>>>({})
  const open = merge.conflicts.filter(({ id }) => choices[id] === undefined).length
  return (
    <section aria-label="Merge" className="mb-5 max-w-[1100px] space-y-3 border-b border-line pb-4">
      <h2 className="text-section">Merge {theirsName} with your draft</h2>
      {merge.taken.length > 0 && (
        <ul aria-label="Comes in by itself" className="list-disc ps-5 text-table">
          {merge.taken.map((words) => (
            <li key={words}>
              {words}, as in {theirsName}.
            </li>
          ))}
        </ul>
      )}
      {merge.conflicts.length === 0 && (
        <p className="text-table text-text2">
          No statement was changed on both sides. Nothing is to be chosen.
        </p>
      )}
      {merge.conflicts.map((conflict) => (
        <Choice
          key={conflict.id}
          conflict={conflict}
          names={{ base: baseName, theirs: theirsName }}
          chosen={choices[conflict.id]}
          onChoose={(side) => setChoices((now) => ({ ...now, [conflict.id]: side }))}
        />
      ))}
      <Button
        size="form"
        variant="primary"
        reason={open > 0 ? `Choose a side for ${count(open, 'more statement')}.` : undefined}
        onClick={() => onMerge(merge.merged(choices))}
      >
        Use the merged policy
      </Button>
    </section>
  )
}

type ChoiceProps = {
  conflict: Conflict
  names: { base: string; theirs: string }
  chosen: Side | undefined
  onChoose: (side: Side) => void
}

function Choice({ conflict, names, chosen, onChoose }: ChoiceProps) {
  const { id, name, base, mine, theirs } = conflict
  const side = (which: Side, label: string, source: string | null) => (
    <div className="min-w-0">
      <label className="flex min-h-8 items-center gap-2 text-table font-medium max-md:min-h-11">
        <input
          type="radio"
          name={`side of ${id}`}
          className="size-4 accent-ink"
          checked={chosen === which}
          onChange={() => onChoose(which)}
        />
        {label}
      </label>
      <Source label={label} source={source} />
    </div>
  )
  return (
    <fieldset className="border-t border-line pt-2">
      <legend className="pe-2 text-table font-semibold">{name} was changed on both sides</legend>
      <div className="grid gap-3 lg:grid-cols-3">
        <div className="min-w-0">
          <p className="flex min-h-8 items-center text-table text-text2">Before both: {names.base}</p>
          <Source label={`${name} before`} source={base} />
        </div>
        {side('theirs', `Use theirs: ${names.theirs}`, theirs)}
        {side('mine', 'Use mine: your draft', mine)}
      </div>
    </fieldset>
  )
}

const Source = ({ label, source }: { label: string; source: string | null }) =>
  source === null ? (
    <p className="bg-sunken px-3 py-2 text-table text-text2">No such statement.</p>
  ) : (
    <CodeBlock code={source} label={label} copy={false} wrap className="max-h-72 overflow-y-auto" />
  )
