'use client'

import { FilterBar } from '#components/filter-bar.tsx'
import { SavedFiltersMenu } from '#components/saved-filters/saved-filters-menu.tsx'
import { AUDIT_FIELDS } from '#lib/domain/operations/insight.ts'
import { FacetsButton } from './facets-beside.tsx'
import { FILTER_HELP } from './filter-help.ts'
import { givenFilters } from './given-filters.ts'
import type { Audit } from './use-audit.ts'

const EXAMPLES = 'outcome:denied event:PutKeyPolicy actor:user/alice'

/** The filter, those that are kept, and the facets where there is no room for them beside the list. */
export function AuditFilter({ audit }: { audit: Audit }) {
  const { account, at, address, change, completion, setFilter, saved, facets, total, besides } = audit
  return (
    <div className="flex flex-wrap items-start gap-x-3">
      <FilterBar
        className="min-w-0 grow basis-80"
        label="Filter events"
        fields={AUDIT_FIELDS}
        value={address.q}
        onChange={setFilter}
        examples={EXAMPLES}
        help={FILTER_HELP}
        completion={completion}
        count={total}
      />
      <SavedFiltersMenu
        saved={saved}
        filter={address.q}
        given={givenFilters(account, at).map(({ name, filter, range }) => ({
          name,
          apply: () => {
            if (range) audit.range.forget()
            change({ q: filter, ...range, live: false })
          },
        }))}
      />
      {besides && (
        <div className="mb-2 xl:hidden">
          <FacetsButton {...facets} />
        </div>
      )}
    </div>
  )
}
