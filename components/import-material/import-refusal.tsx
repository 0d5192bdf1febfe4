'use client'

import { RefusalCode } from '#components/states.tsx'
import { Button } from '#components/ui/button.tsx'
import { Note } from '#components/ui/hint.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import type { RefusalView } from '#lib/console/messages.ts'
import { paths } from '#lib/console/paths.ts'
import { useFlow } from './flow-context.tsx'
import { requirement } from './material-words.ts'
import { NewParameters } from './new-parameters.tsx'
import { remedyOf } from './refusal-words.ts'
import { recommended, type Wrapping } from './wrapping-choice.ts'

type Props = {
  /** None when the token of this tab has ended before anything was sent. */
  refusal: RefusalView | undefined
  wrapping: Wrapping | undefined
  onBack: () => void
}

/** Why the material did not come in, and the way back to the step where that is put right. */
export function ImportRefusal({ refusal, wrapping, onBack }: Props) {
  const { scope, described, partition, materials } = useFlow().setting
  const { KeySpec: spec, KeyId } = described
  const known = wrapping ?? recommended(spec, partition)
  if (!refusal)
    return <NewParameters wrapping={known} why="The import token has expired: it was good for 24 hours." />
  const existing =
    spec === 'SYMMETRIC_DEFAULT' ? (materials?.length ?? 0) > 0 : described.KeyState !== 'PendingImport'
  const remedy = remedyOf(refusal, { existing, requirement: requirement(spec, partition) })
  if (remedy?.back === 'again')
    return (
      <div className="space-y-2">
        <NewParameters wrapping={known} why={`${remedy.title} ${remedy.words}`} />
        <RefusalCode refusal={refusal} />
      </div>
    )
  return (
    <div className="space-y-3">
      <Note tone="vermilion" role="alert" className="space-y-1">
        <p className="font-semibold">{remedy?.title ?? 'The material was not imported.'}</p>
        <p>{remedy?.words ?? refusal.message}</p>
        <RefusalCode refusal={refusal} />
      </Note>
      <p className="flex flex-wrap gap-2">
        <Button variant="primary" size="form" onClick={onBack}>
          Back to the upload
        </Button>
        {remedy?.back === 'download' && (
          <LinkButton size="form" href={paths.importMaterial(scope, KeyId, 'download')}>
            Back to Download
          </LinkButton>
        )}
      </p>
    </div>
  )
}
