'use client'

import { type People, peopleOf, withPeople } from './policy-people.ts'
import { useWizard } from './wizard-context.tsx'

const NOBODY: People = {
  administrators: [],
  users: [],
  accounts: [],
  allowDeletion: true,
  grants: true,
  strict: false,
}

/** The people of the draft, and how to change them; `readable` is false when an edited policy hides them. */
export function usePeople(): { people: People; readable: boolean; change: (part: Partial<People>) => void } {
  const { draft, update, owner } = useWizard()
  const people = peopleOf(draft)
  return {
    people: people ?? NOBODY,
    readable: people !== undefined,
    change: (part) => update((now) => withPeople(now, part, owner)),
  }
}
