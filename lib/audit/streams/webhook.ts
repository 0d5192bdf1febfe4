/**
 * Events to a web address, a batch with each request:
 *
 *   POST <url>
 *   content-type: application/json
 *   keyhouse-first-index: <leaf of the first>     of the log, in whose order they come
 *   keyhouse-last-index: <leaf of the last>
 *
 *   {"Records":[<record>,…]}                      as CloudTrail's files have them, each byte for byte as it is kept
 *
 * Any 2xx says that all of it is kept; anything else, and the same batch comes again. So an event may come twice, and
 * is known by its eventID.
 */
import { exchange } from '../sinks/exchange.ts'
import { SinkError } from '../sinks/sink.ts'
import type { EventStream } from './streams.ts'

/** A user and password in the address are sent as basic authentication. */
export function webhookStream(url: URL): EventStream {
  return {
    // Not its path, which may be the secret by which the place knows us.
    name: `events-http ${url.host}`,
    async send(events) {
      const { status } = await exchange({
        method: 'POST',
        url,
        body: `{"Records":[${events.map(({ record }) => record).join(',')}]}`,
        headers: {
          'content-type': 'application/json',
          'keyhouse-first-index': String(events[0]?.index),
          'keyhouse-last-index': String(events.at(-1)?.index),
        },
      })
      if (status < 200 || status > 299) throw new SinkError(`it answered ${status}`)
    },
  }
}
