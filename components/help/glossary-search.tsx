'use client'

import { parseAsString, useQueryState } from 'nuqs'
import { useId } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Input } from '#components/ui/input.tsx'
import { GLOSSARY } from './glossary.ts'
import { GlossaryTerms } from './glossary-terms.tsx'
import { matching } from './search.ts'

/** The glossary with its search: what is typed stands in the address, so a search can be shared. */
export function GlossarySearch() {
  const id = useId()
  const [query, setQuery] = useQueryState(
    'q',
    parseAsString.withDefault('').withOptions({ history: 'replace' }),
  )
  const found = matching(GLOSSARY, query)
  return (
    <>
      <search className="mb-5 block max-w-form">
        <label htmlFor={id} className="text-table font-medium">
          Search the glossary
        </label>
        <Input
          id={id}
          type="search"
          autoComplete="off"
          spellCheck={false}
          className="mt-1"
          value={query}
          onChange={(event) => setQuery(event.target.value || null)}
        />
        <p role="status" className="mt-1 text-label text-text2">
          {query.trim() === '' ? `${GLOSSARY.length} terms` : `${found.length} of ${GLOSSARY.length} terms`}
        </p>
      </search>
      {found.length === 0 ? (
        <div className="max-w-prose space-y-2 text-table">
          <p>No term has “{query.trim()}” in its name or its text.</p>
          <Button onClick={() => setQuery(null)}>Show all terms</Button>
        </div>
      ) : (
        <GlossaryTerms terms={found} />
      )}
    </>
  )
}
