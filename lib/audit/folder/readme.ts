/** README.txt of an export: how somebody who knows nothing of Keyhouse checks it. */

export type ReadmeFacts = {
  readonly origin: string
  readonly size: number
  readonly first: number
  /** ISO 8601. */
  readonly at: string
}

export const readmeOf = ({ origin, size, first, at }: ReadmeFacts): string => `Audit log of ${origin}
${size} events, exported ${at}${first === 0 ? '' : `; events before ${first} are not in this folder`}

WHAT IS HERE
  events/         one line of JSON for each event: its place in the log, and the exact text of its record, of the decision
                  and of the values that were read for it
  tile/entries/   the texts that the log hashes, one for each event, each behind its length in two bytes
  tile/0/ 1/ …    the hashes of the Merkle tree over them, 256 to a file
  checkpoint      how many events there are and the root of the tree, signed
  log.pub         a copy of the verifier keys. DO NOT TRUST IT: whoever could forge the rest could forge it too. Use the
                  key that you were given by another way.
  manifest.json   for programs; nothing of it is trusted either

HOW TO CHECK IT
  With Keyhouse:     ./keyhouse audit verify FOLDER --key KEY${first === 0 ? '' : ` --from ${first}`}
  Without Keyhouse:  python3 check-log.py FOLDER --key KEY${first === 0 ? '' : ` --from ${first}`}
  KEY is the verifier key, which looks like ${origin}+0123abcd+Base64.
  Either reads these files only, and names the first event at which something is wrong.

HOW TO CHECK IT BY HAND
  1. checkpoint is a signed note (C2SP signed-note, tlog-checkpoint). Up to the empty line it is what is signed: the
     name of the log, how many leaves it has, and the root, in base64. The last line has, in base64, four bytes that name
     the key and then the Ed25519 signature (RFC 8032).
  2. The root is the Merkle tree hash of RFC 6962, section 2.1, with SHA-256. The tiles are those of C2SP tlog-tiles:
     tile/0 has the hashes of the leaves, tile/1 the roots of whole tiles of tile/0, and so on. File number 1234067 is
     x001/x234/067; a file that is not full ends in .p/ and how many hashes it has.
  3. A leaf's hash is SHA-256 of a zero byte and the leaf's text. The text is twelve lines, each ended by a line feed:
       keyhouse-event/v1
       id
       time
       account
       region
       keyId, or -
       engineId
       stream
       counter
       SHA-256 of the record's text, base64
       SHA-256 of the decision's text, base64, or -
       SHA-256 of the context's text, base64, or -
     The names are those of the members of the line in events/. Texts are UTF-8.
  4. Each engine counts its events from 1 on, in two streams. A number that no event has is named by an event
     DeclareEventNumbers, or was taken out before it could be hashed.
  An older checkpoint, if you have one, must be the root over its first leaves of the same tree.
`
