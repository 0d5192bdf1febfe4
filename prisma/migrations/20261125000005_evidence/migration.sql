-- Evidence: every event has a place in a Merkle tree (RFC 6962) that is kept as tiles and signed as checkpoints; what
-- search, counts and usage need stands beside it, by day; and what was found wrong with the log is kept with it.

-- ── What the log says of itself ────────────────────────────────────────────────────────────────────────────────

-- The tree's head. Whoever sequences holds this row's lock, so that places are given once and without a gap,
-- however many engines there are.
CREATE TABLE audit.log (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  size bigint NOT NULL DEFAULT 0 CHECK (size >= 0),
  -- RFC 6962 Merkle tree hash of the first `size` leaves; of none it is the hash of nothing.
  root bytea NOT NULL DEFAULT sha256('') CHECK (octet_length(root) = 32),
  sequenced_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
INSERT INTO audit.log DEFAULT VALUES;

-- C2SP tlog-tiles: 256 hashes of nodes of height 8 × level. A tile only ever grows until it is full.
CREATE TABLE audit.tile (
  level smallint NOT NULL CHECK (level BETWEEN 0 AND 7),
  index bigint NOT NULL CHECK (index >= 0),
  hashes bytea NOT NULL CHECK (octet_length(hashes) BETWEEN 32 AND 8192 AND octet_length(hashes) % 32 = 0),
  PRIMARY KEY (level, index)
);

-- Which event is which leaf. The leaf's hash is in the tile of level 0; what is hashed is drawn in
-- lib/domain/log-leaf.ts.
CREATE TABLE audit.leaf (
  index bigint NOT NULL CHECK (index >= 0),
  ts timestamptz(3) NOT NULL,
  event_id uuid NOT NULL,
  PRIMARY KEY (ts, event_id)
) PARTITION BY RANGE (ts);
CREATE INDEX leaf_index ON audit.leaf (index);

-- Signed heads in C2SP note form, as they were first signed.
CREATE TABLE audit.checkpoint (
  origin text NOT NULL,
  size bigint NOT NULL CHECK (size >= 0),
  root bytea NOT NULL CHECK (octet_length(root) = 32),
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  note text NOT NULL,
  PRIMARY KEY (origin, size)
);
CREATE INDEX checkpoint_at ON audit.checkpoint (at);

-- When an engine was last alive: numbers that a dead one left behind are declared by another.
ALTER TABLE audit.engine ADD COLUMN seen_at timestamptz NOT NULL DEFAULT clock_timestamp();

-- Which numbers of an engine's two counts have been seen in the log, and which it declared to be none (R60).
-- What neither holds, below the highest seen, is missing.
CREATE TABLE audit.engine_count (
  engine_id uuid NOT NULL,
  stream text NOT NULL CHECK (stream IN ('batch', 'change')),
  seen int8multirange NOT NULL DEFAULT '{}',
  declared int8multirange NOT NULL DEFAULT '{}',
  PRIMARY KEY (engine_id, stream)
);

-- What is wrong with the log, or was. It is never taken back, only acknowledged by a name.
CREATE TABLE audit.finding (
  id uuid PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('gap', 'mismatch', 'mac', 'unreadable', 'missing', 'rollback', 'fork')),
  -- What it is about, so that it is found once: an event, an engine's numbers, a tile, a checkpoint.
  subject text NOT NULL,
  -- Leaves between which, or at which, it lies; null where nobody can say.
  first_index bigint,
  last_index bigint,
  details jsonb NOT NULL DEFAULT '{}',
  found_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- The event by which the log itself says so; null until it is written.
  event_id uuid,
  acknowledged_at timestamptz,
  acknowledged_by text,
  UNIQUE (kind, subject),
  CHECK ((acknowledged_at IS NULL) = (acknowledged_by IS NULL))
);

-- How far the watch over the log has come: leaves below `verified` were derived again from their events.
CREATE TABLE audit.verification (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  verified bigint NOT NULL DEFAULT 0,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- Where the slow second look at everything stands.
  again bigint NOT NULL DEFAULT 0
);
INSERT INTO audit.verification DEFAULT VALUES;

-- How far each place outside the database has been told (sinks of checkpoints, streams of events, digest files).
CREATE TABLE audit.delivery (
  name text PRIMARY KEY,
  -- Leaves, or the size of the newest checkpoint: everything below is there.
  delivered bigint NOT NULL DEFAULT 0,
  delivered_at timestamptz,
  -- What the next delivery is chained to, where deliveries are a chain.
  state jsonb NOT NULL DEFAULT '{}',
  failing_since timestamptz,
  fault text
);

-- Days that were taken out of the database into a signed bundle.
CREATE TABLE audit.bundle (
  day date PRIMARY KEY,
  first_index bigint,
  last_index bigint,
  events bigint NOT NULL,
  name text NOT NULL,
  sha256 bytea NOT NULL CHECK (octet_length(sha256) = 32),
  written_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  removed_at timestamptz
);

-- ── What search and counts need: filled with the leaf, made again from bodies at any time ──────────────────────

-- By day, so that a day goes as a whole. Rows come anew: every event is sequenced again after this migration.
DROP TABLE audit.entry;
CREATE TABLE audit.entry (
  index bigint NOT NULL,
  event_id uuid NOT NULL,
  ts timestamptz(3) NOT NULL,
  account_id text NOT NULL,
  region text NOT NULL,
  event_source text NOT NULL,
  event_name text NOT NULL,
  class text NOT NULL CHECK (class IN ('crypto', 'admin', 'read', 'auth', 'system')),
  outcome text NOT NULL CHECK (outcome IN ('ok', 'denied', 'error')),
  error_code text,
  read_only boolean NOT NULL,
  -- console-read marks what a person's screen asked for, so that it can be left out.
  source text NOT NULL CHECK (source IN ('wire', 'console', 'console-read', 'internal')),
  actor_arn text NOT NULL,
  actor_name text,
  -- userIdentity.type: Root, IAMUser, AssumedRole, AWSService, WebIdentityUser, AWSAccount
  actor_type text NOT NULL,
  -- Of a role's session, its name.
  session_name text,
  access_key_id text,
  address text,
  agent text,
  request_id text,
  key_id text,
  alias_name text,
  via_service text,
  grant_id text,
  policy_version integer,
  duration_ms integer,
  resources text[] NOT NULL DEFAULT '{}',
  material_ids text[] NOT NULL DEFAULT '{}',
  -- The encryption context and the tags of the request, each as name=value.
  context text[] NOT NULL DEFAULT '{}',
  tags text[] NOT NULL DEFAULT '{}',
  PRIMARY KEY (ts, event_id)
) PARTITION BY RANGE (ts);
CREATE INDEX entry_index ON audit.entry (index);
CREATE INDEX entry_account ON audit.entry (account_id, ts, event_id);
CREATE INDEX entry_key ON audit.entry (account_id, key_id, ts, event_id) WHERE key_id IS NOT NULL;
CREATE INDEX entry_actor ON audit.entry (account_id, actor_arn, ts, event_id);
CREATE INDEX entry_name ON audit.entry (account_id, event_name, ts, event_id);
CREATE INDEX entry_outcome ON audit.entry (account_id, outcome, ts, event_id) WHERE outcome <> 'ok';
-- Who was last given what but cryptography with a key, and who was refused, without going through all that was done.
CREATE INDEX entry_key_given ON audit.entry (account_id, key_id, region, event_name, actor_arn, ts, event_id)
  WHERE outcome = 'ok' AND class <> 'crypto' AND key_id IS NOT NULL;
CREATE INDEX entry_key_refused ON audit.entry (account_id, key_id, region, outcome, actor_arn, ts)
  WHERE outcome <> 'ok' AND key_id IS NOT NULL;
CREATE INDEX entry_request ON audit.entry (request_id);
-- When an access key was last used.
CREATE INDEX entry_access_key ON audit.entry (account_id, access_key_id, ts, event_id) WHERE access_key_id IS NOT NULL;
CREATE INDEX entry_context ON audit.entry USING gin (context) WHERE context <> '{}';
-- What LookupEvents asks for by its attributes. Most events are cryptography: those that are not are few.
CREATE INDEX entry_actor_name ON audit.entry (account_id, actor_name, ts, event_id) WHERE actor_name IS NOT NULL;
CREATE INDEX entry_change ON audit.entry (account_id, ts, event_id) WHERE NOT read_only;
CREATE INDEX entry_service ON audit.entry (account_id, event_source, ts, event_id) WHERE event_source <> 'kms.amazonaws.com';
CREATE INDEX entry_resources ON audit.entry USING gin (resources) WHERE class <> 'crypto';

-- Events by minute and by hour, for histograms and counts.
CREATE TABLE audit.minute (
  account_id text NOT NULL,
  at timestamptz NOT NULL,
  region text NOT NULL,
  class text NOT NULL,
  outcome text NOT NULL,
  source text NOT NULL,
  event_name text NOT NULL,
  count bigint NOT NULL CHECK (count > 0),
  PRIMARY KEY (account_id, at, region, class, outcome, source, event_name)
);
CREATE TABLE audit.hour (LIKE audit.minute INCLUDING ALL);

-- Successful cryptographic use: who did what with which key and material, from where, by day (UTC). Exact.
-- The two sides of a ReEncrypt are operations of their own here, ReEncryptFrom and ReEncryptTo.
CREATE TABLE audit.usage (
  account_id text NOT NULL,
  region text NOT NULL,
  key_id text NOT NULL,
  day date NOT NULL,
  operation text NOT NULL,
  actor_arn text NOT NULL,
  address text NOT NULL DEFAULT '',
  -- Empty where the operation names none.
  material_id text NOT NULL DEFAULT '',
  count bigint NOT NULL CHECK (count > 0),
  last_at timestamptz(3) NOT NULL,
  last_event_id uuid NOT NULL,
  PRIMARY KEY (account_id, region, key_id, day, operation, actor_arn, address, material_id)
);
CREATE INDEX usage_actor ON audit.usage (account_id, actor_arn, day);
-- Everything is counted again.
TRUNCATE audit.last_use;

-- ── What nobody may change ─────────────────────────────────────────────────────────────────────────────────────

CREATE TRIGGER leaf_is_append_only BEFORE UPDATE OR DELETE ON audit.leaf
  FOR EACH ROW EXECUTE FUNCTION audit.refuse_change();
CREATE TRIGGER leaf_is_never_emptied BEFORE TRUNCATE ON audit.leaf
  FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change();
CREATE TRIGGER checkpoint_is_append_only BEFORE UPDATE OR DELETE ON audit.checkpoint
  FOR EACH ROW EXECUTE FUNCTION audit.refuse_change();
CREATE TRIGGER checkpoint_is_never_emptied BEFORE TRUNCATE ON audit.checkpoint
  FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change();
CREATE TRIGGER tile_is_never_removed BEFORE DELETE ON audit.tile
  FOR EACH ROW EXECUTE FUNCTION audit.refuse_change();
CREATE TRIGGER tile_is_never_emptied BEFORE TRUNCATE ON audit.tile
  FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change();
CREATE TRIGGER finding_is_never_removed BEFORE DELETE ON audit.finding
  FOR EACH ROW EXECUTE FUNCTION audit.refuse_change();
CREATE TRIGGER finding_is_never_emptied BEFORE TRUNCATE ON audit.finding
  FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change();

CREATE FUNCTION audit.refuse_shrinking_tile() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
  IF (OLD.level, OLD.index) IS DISTINCT FROM (NEW.level, NEW.index)
    OR substring(NEW.hashes FOR octet_length(OLD.hashes)) IS DISTINCT FROM OLD.hashes THEN
    RAISE EXCEPTION 'a tile only grows' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER tile_only_grows BEFORE UPDATE ON audit.tile
  FOR EACH ROW EXECUTE FUNCTION audit.refuse_shrinking_tile();

CREATE FUNCTION audit.refuse_shrinking_log() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
  IF TG_OP = 'DELETE' OR NEW.size < OLD.size THEN
    RAISE EXCEPTION 'the log only grows' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER log_only_grows BEFORE UPDATE OR DELETE ON audit.log
  FOR EACH ROW EXECUTE FUNCTION audit.refuse_shrinking_log();
CREATE TRIGGER log_is_never_emptied BEFORE TRUNCATE ON audit.log
  FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change();

-- ── Days ───────────────────────────────────────────────────────────────────────────────────────────────────────

-- The partitions of one day of events, their leaves and entries. A TRUNCATE trigger does not reach partitions through
-- their parent, so each that must never be emptied gets its own (R58).
CREATE FUNCTION audit.make_day(day date) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog AS
$$
DECLARE
  parent text;
  name text;
BEGIN
  FOREACH parent IN ARRAY ARRAY['event', 'leaf', 'entry'] LOOP
    name := parent || '_' || to_char(day, 'YYYYMMDD');
    CONTINUE WHEN to_regclass('audit.' || name) IS NOT NULL;
    EXECUTE format('CREATE TABLE audit.%I PARTITION OF audit.%I FOR VALUES FROM (%L) TO (%L)', name, parent,
      day::timestamp AT TIME ZONE 'UTC', (day + 1)::timestamp AT TIME ZONE 'UTC');
    CONTINUE WHEN parent = 'entry';
    EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON audit.%I FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change()',
      parent || '_is_never_emptied', name);
  END LOOP;
END
$$;

-- Runs as the owner, so that the engine needs no DDL right.
CREATE OR REPLACE FUNCTION audit.ensure_day(day date) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS
$$
BEGIN
  IF day NOT BETWEEN (now() AT TIME ZONE 'UTC')::date - 1 AND (now() AT TIME ZONE 'UTC')::date + 40 THEN
    RAISE EXCEPTION 'no partition for % is due', day;
  END IF;
  IF to_regclass('audit.event_' || to_char(day, 'YYYYMMDD')) IS NOT NULL
    AND to_regclass('audit.leaf_' || to_char(day, 'YYYYMMDD')) IS NOT NULL
    AND to_regclass('audit.entry_' || to_char(day, 'YYYYMMDD')) IS NOT NULL THEN RETURN; END IF;
  PERFORM pg_advisory_xact_lock(72707370);
  PERFORM audit.make_day(day);
END
$$;

-- Days that are in the log already.
SELECT audit.make_day(to_date(substring(relname FROM 7), 'YYYYMMDD')) FROM pg_class
WHERE relnamespace = 'audit'::regnamespace AND relkind = 'r' AND relname ~ '^event_[0-9]{8}$';

-- Takes a day out of the database once its bundle is written: event, leaf and entry partitions go; tiles and checkpoints
-- stay, so that proofs of its events still verify. Nothing newer than a week goes, whoever asks.
CREATE FUNCTION audit.remove_day(gone date) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS
$$
DECLARE parent text;
BEGIN
  IF gone > (now() AT TIME ZONE 'UTC')::date - 7 THEN
    RAISE EXCEPTION 'the events of % are too young to be taken out', gone;
  END IF;
  PERFORM pg_advisory_xact_lock(72707370);
  UPDATE audit.bundle SET removed_at = clock_timestamp() WHERE day = gone AND removed_at IS NULL;
  IF NOT FOUND THEN RAISE EXCEPTION 'there is no bundle of %', gone; END IF;
  FOREACH parent IN ARRAY ARRAY['event', 'leaf', 'entry'] LOOP
    EXECUTE format('DROP TABLE IF EXISTS audit.%I', parent || '_' || to_char(gone, 'YYYYMMDD'));
  END LOOP;
  DELETE FROM audit.minute WHERE at >= gone::timestamp AT TIME ZONE 'UTC' AND at < (gone + 1)::timestamp AT TIME ZONE 'UTC';
END
$$;

-- ── Rows of the installation ───────────────────────────────────────────────────────────────────────────────────

-- The log's name, and the key that signs its checkpoints (derived from the installation's domain key and that name, so
-- that nothing secret stands here). A new one begins after an acknowledged rollback.
CREATE TABLE keyhouse.log_key (
  -- keyhouse/<installation>, and /2, /3 … after rollbacks.
  origin text PRIMARY KEY CHECK (origin ~ '^[!-*,-~]{1,128}$'),
  algorithm text NOT NULL DEFAULT 'Ed25519' CHECK (algorithm = 'Ed25519'),
  public_key bytea NOT NULL CHECK (octet_length(public_key) = 32),
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- When another took its place.
  retired_at timestamptz
);
CREATE UNIQUE INDEX log_key_in_use ON keyhouse.log_key ((true)) WHERE retired_at IS NULL;

-- A key that was disabled to see who misses it (console.md 3.17): refusals are counted from the log.
CREATE TABLE keyhouse.key_watch (
  id uuid PRIMARY KEY,
  account_id text NOT NULL REFERENCES keyhouse.account (id),
  region text NOT NULL,
  key_id text NOT NULL,
  started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  started_by text NOT NULL,
  ends_at timestamptz NOT NULL CHECK (ends_at > started_at),
  stopped_at timestamptz
);
CREATE UNIQUE INDEX key_watch_one ON keyhouse.key_watch (account_id, region, key_id) WHERE stopped_at IS NULL;

-- How often a key may be used before somebody should look.
CREATE TABLE keyhouse.use_budget (
  account_id text NOT NULL,
  region text NOT NULL,
  key_id text NOT NULL,
  period text NOT NULL CHECK (period IN ('day', 'month')),
  most bigint NOT NULL CHECK (most > 0),
  set_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  set_by text NOT NULL,
  PRIMARY KEY (account_id, region, key_id, period),
  FOREIGN KEY (account_id, region, key_id) REFERENCES keyhouse.key (account_id, region, id) ON DELETE CASCADE
);
