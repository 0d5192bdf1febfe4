/** Finds terms of the glossary by words, wherever they stand: in the term, in its other names, or in its text. */
import type { Term } from './glossary.ts'

const plain = (text: string) => text.toLowerCase()
const namesOf = (term: Term) => plain([term.term, ...(term.also ?? [])].join(' '))

/** The terms that have every word of the query: first those whose names have them all, then the rest, in order. */
export function matching(terms: readonly Term[], query: string): readonly Term[] {
  const words = plain(query).split(/\s+/).filter(Boolean)
  if (words.length === 0) return terms
  const hasAll = (text: string) => words.every((word) => text.includes(word))
  const exact = (term: Term) => plain(term.term) === words.join(' ')
  const found = terms.filter((term) => hasAll(`${namesOf(term)} ${plain(term.text)}`))
  const rank = (term: Term) => (exact(term) ? 0 : hasAll(namesOf(term)) ? 1 : 2)
  return found.toSorted((a, b) => rank(a) - rank(b))
}
