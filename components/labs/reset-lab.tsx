'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { MutationError } from '#components/states.tsx'
import { Button } from '#components/ui/button.tsx'
import { AlertDialog } from '#components/ui/dialog.tsx'
import { useFlash } from '#components/ui/flash.tsx'
import { type RefusalView, refusalIn } from '#lib/console/messages.ts'
import { paths } from '#lib/console/paths.ts'
import { fetchJson } from '#lib/console/queries.ts'
import { keepRun, type LabRun, newRun } from './lab-run.ts'

/** Starts over: what the lab made goes the way every key goes, and the next run has an alias of its own. */
export function ResetLab({ run, keyId }: { run: LabRun; keyId: string | null }) {
  const flash = useFlash()
  const queries = useQueryClient()
  const [open, setOpen] = useState(false)
  const [pending, setPending] = useState(false)
  const [refusal, setRefusal] = useState<RefusalView>()

  function begin(text: string) {
    keepRun(newRun(run))
    setOpen(false)
    flash({ tone: 'verdigris', text })
  }

  async function reset() {
    if (keyId === null) return begin('The lab starts over under a new alias.')
    setPending(true)
    setRefusal(undefined)
    // Signing alice in anew gives the browser another token: a poll under the old one would be refused.
    await queries.cancelQueries({ queryKey: ['lab'] })
    try {
      await fetchJson(paths.labReset(), { body: { region: run.region, alias: run.alias, keyId } })
      begin(`${run.alias} is deleted, and its key in 7 days. The lab starts over under a new alias.`)
    } catch (thrown) {
      setRefusal(refusalIn(thrown))
    }
    setPending(false)
  }

  return (
    <AlertDialog
      trigger={<Button>Reset the lab</Button>}
      open={open}
      onOpenChange={setOpen}
      title="Reset the lab"
      confirm="Reset the lab"
      pending={pending}
      pendingLabel="Resetting…"
      onConfirm={() => void reset()}
      error={
        refusal && (
          <div className="space-y-2">
            <MutationError refusal={refusal} what="The lab’s key was not taken away." />
            <Button
              onClick={() => begin('The lab starts over under a new alias. The old key is still there.')}
            >
              Start over and leave the key
            </Button>
          </div>
        )
      }
    >
      <p>
        Alice’s key {run.alias} can’t be deleted at once: no KMS key can. Its alias is deleted now, the key is
        disabled by being scheduled for deletion in 7 days, and everything in the log stays for good.
      </p>
      <p>You begin again at step 1, with a new alias.</p>
    </AlertDialog>
  )
}
