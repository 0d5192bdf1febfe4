'use client'

import { useEffect, useState } from 'react'
import { Section } from '#components/page-header.tsx'
import { Button } from '#components/ui/button.tsx'
import { FieldError } from '#components/ui/field.tsx'
import { Hint } from '#components/ui/hint.tsx'
import { fromBase64 } from '#lib/domain/constraints.ts'
import { useFlow } from './flow-context.tsx'
import type { Parameters } from './flow-storage.ts'
import { FILES } from './import-guide.ts'
import { learnerFault, randomMaterial, wrapMaterialHere } from './learner-wrap.ts'
import { save } from './save-file.ts'

type Material = Uint8Array<ArrayBuffer>

/** Random material, made and wrapped here: one press instead of openssl. Marked for learning. */
export function LearnerWrap({ parameters, onMade }: { parameters: Parameters; onMade: () => void }) {
  const { setting, setMade } = useFlow()
  const { partition, described } = setting
  const spec = described.KeySpec
  const [fault, setFault] = useState<string | null>(null)
  const [pending, setPending] = useState(false)
  const [material, setMaterial] = useState<Material>()
  const [failed, setFailed] = useState(false)
  // Only the browser knows what it can do.
  useEffect(() => setFault(learnerFault(spec, partition, parameters) ?? ''), [spec, partition, parameters])
  // The plaintext lives as long as this step.
  useEffect(() => () => void material?.fill(0), [material])

  async function make() {
    setPending(true)
    setFailed(false)
    try {
      const made = await randomMaterial(spec, partition)
      const key = fromBase64(parameters.publicKey) ?? new Uint8Array()
      setMade(await wrapMaterialHere(made, key, parameters))
      setMaterial(made)
    } catch {
      setFailed(true)
    } finally {
      setPending(false)
    }
  }

  return (
    <Section title="Make and wrap random material in this browser" fact="For learning">
      <Hint className="mb-2">
        WebCrypto makes the material and wraps it here; the plaintext is never sent. A browser is no place to
        make keys that matter: use an HSM or openssl for those.
      </Hint>
      {fault && <p className="mb-2 max-w-prose text-table text-brass">{fault}</p>}
      {failed && <FieldError>This browser could not make or wrap such material.</FieldError>}
      {material ? (
        <div className="space-y-2">
          <p className="text-table">
            Material is made and wrapped. Save the plaintext if you want to import the same bytes again: it is
            forgotten when you leave this step.
          </p>
          <p className="flex flex-wrap gap-2">
            <Button onClick={() => save(FILES.plaintext, material, 'application/octet-stream')}>
              Save plaintext material
            </Button>
            <Button variant="secondary" onClick={onMade}>
              Go on with the wrapped material
            </Button>
          </p>
        </div>
      ) : (
        <Button
          pending={pending}
          pendingLabel="Making…"
          reason={fault === null ? 'Looking what this browser can do.' : fault || undefined}
          onClick={() => void make()}
        >
          Make and wrap random material
        </Button>
      )}
    </Section>
  )
}
