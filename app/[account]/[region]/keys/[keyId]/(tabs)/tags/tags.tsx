'use client'

import { useState } from 'react'
import { useOfflineReason } from '#components/connection.tsx'
import { stateReason } from '#components/keys/state-reason.ts'
import { Section } from '#components/page-header.tsx'
import { EmptyState } from '#components/states.tsx'
import { Button } from '#components/ui/button.tsx'
import { Cell, HeaderCell, RowHeader, Table, TableBody, TableHead, TableRow } from '#components/ui/table.tsx'
import { type Mutation, useAction } from '#components/use-action.ts'
import type { Tag } from '#lib/console/outputs.ts'
import type { Scope } from '#lib/console/paths.ts'
import type { DeedTarget } from '../../../key-deeds.tsx'
import { removeTag, setTag } from './actions.ts'
import { RemoveTag } from './remove-tag.tsx'
import { TagForm } from './tag-form.tsx'

const MOST_TAGS = 50

export type TagChange = { region: string; key: string; name: string; value: string }

/** The tags of a key: one row each, changed where they stand. */
export function Tags({ scope, target, tags }: { scope: Scope; target: DeedTarget; tags: readonly Tag[] }) {
  const [editing, setEditing] = useState<Tag>()
  const [removing, setRemoving] = useState<Tag>()
  const base = { region: scope.region, key: target.reference }
  const set: Mutation<TagChange> = useAction(setTag, {
    account: scope.account,
    done: (_, { name }) => `Tag ${name} of ${target.name} is saved.`,
    after: () => setEditing(undefined),
  })
  const remove = useAction(
    ({ name, ...key }: TagChange) => removeTag({ region: key.region, key: key.key, name }),
    {
      account: scope.account,
      done: (_, { name }) => `Tag ${name} of ${target.name} is removed.`,
      undo: { label: 'Add it again', run: (change) => void set.run(change) },
      after: () => setRemoving(undefined),
    },
  )
  const offline = useOfflineReason()
  const reason = stateReason('describe', target.state, target.arn) ?? offline
  return (
    <Section title="Tags" fact={`${tags.length} of ${MOST_TAGS}`}>
      {tags.length === 0 ? (
        <EmptyState>
          <p>A tag is a name and a value. Filters find keys by them, and policies can decide by them.</p>
        </EmptyState>
      ) : (
        <Table caption="Tags of this key">
          <TableHead>
            <HeaderCell className="w-1/3">Key</HeaderCell>
            <HeaderCell>Value</HeaderCell>
            <HeaderCell>
              <span className="sr-only">Actions</span>
            </HeaderCell>
          </TableHead>
          <TableBody>
            {tags.map((tag) => (
              <TableRow key={tag.TagKey}>
                <RowHeader className="max-w-64 truncate">{tag.TagKey}</RowHeader>
                <Cell narrow="whole" className="max-w-80 truncate">
                  {tag.TagValue === '' ? <span className="text-text3">Empty</span> : tag.TagValue}
                </Cell>
                <Cell narrow="end" className="md:w-0">
                  <span className="flex justify-end gap-1">
                    <Button
                      variant="quiet"
                      aria-label={`Edit tag ${tag.TagKey}`}
                      reason={reason}
                      onClick={() => setEditing(tag)}
                    >
                      Edit
                    </Button>
                    <Button
                      variant="quiet"
                      aria-label={`Remove tag ${tag.TagKey}`}
                      reason={reason}
                      onClick={() => {
                        remove.reset()
                        setRemoving(tag)
                      }}
                    >
                      Remove
                    </Button>
                  </span>
                </Cell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
      {removing && (
        <RemoveTag
          key={removing.TagKey}
          scope={scope}
          base={base}
          name={target.name}
          tag={removing}
          mutation={remove}
          onClose={() => setRemoving(undefined)}
        />
      )}
      <TagForm
        // A new form for each tag that is edited, and after each that was saved.
        key={`${editing?.TagKey ?? ''} ${tags.length}`}
        scope={scope}
        base={base}
        mutation={set}
        tags={tags}
        editing={editing}
        full={tags.length >= MOST_TAGS && !editing}
        reason={reason}
        onCancel={() => setEditing(undefined)}
      />
    </Section>
  )
}
