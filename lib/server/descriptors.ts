/**
 * What the supervisor and its children say to each other at the start: one JSON document on descriptor 3 inwards,
 * one JSON line on descriptor 4 outwards. Descriptors are inherited by nobody else and shown by no tool.
 */
import { readFileSync, writeSync } from 'node:fs'

const INWARDS = 3
const OUTWARDS = 4

/** What the supervisor handed to this process. */
export function readHandover(): unknown {
  return JSON.parse(readFileSync(INWARDS, 'utf8'))
}

/** Tells the supervisor. */
export function answerSupervisor(message: object): void {
  writeSync(OUTWARDS, `${JSON.stringify(message)}\n`)
}
