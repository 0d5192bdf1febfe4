-- The audit log. Rows are added and never changed; what is derived from them lives in side tables.
-- Written and read with plain SQL (lib/audit), never by Prisma.

CREATE SCHEMA IF NOT EXISTS audit;

-- One process that writes events. A change takes the next change_counter in its own transaction,
-- so that this counter has no gaps; batches count in the engine's memory (R60).
CREATE TABLE audit.engine (
  id uuid PRIMARY KEY,
  started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  change_counter bigint NOT NULL DEFAULT 0
);

CREATE TABLE audit.event (
  -- UUIDv7 whose milliseconds are ts, so that an id alone finds its partition.
  id uuid NOT NULL,
  ts timestamptz(3) NOT NULL,
  account_id text NOT NULL,
  region text NOT NULL,
  -- Account, Region and id are needed to name a key: this is the id of the first key touched, if any.
  key_id text,
  -- The exact bytes of the CloudTrail-shaped record. Everything else here is a projection (R59).
  body bytea NOT NULL,
  engine_id uuid NOT NULL,
  -- 'batch' or 'change': two counters, each by itself contiguous for an engine.
  engine_stream text NOT NULL CHECK (engine_stream IN ('batch', 'change')),
  engine_counter bigint NOT NULL CHECK (engine_counter > 0),
  -- HMAC over every other column (R60).
  mac bytea NOT NULL CHECK (octet_length(mac) = 32),
  -- Gates, policy-document hashes and statement indexes; no prose.
  decision json,
  -- Every condition value the evaluator read.
  context json,
  PRIMARY KEY (ts, id)
) PARTITION BY RANGE (ts);
CREATE INDEX event_key ON audit.event (key_id, ts) WHERE key_id IS NOT NULL;

CREATE FUNCTION audit.refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'audit events are only ever added (% on %)', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege'; END $$;

CREATE TRIGGER event_is_append_only BEFORE UPDATE OR DELETE ON audit.event
  FOR EACH ROW EXECUTE FUNCTION audit.refuse_change();
CREATE TRIGGER event_is_never_emptied BEFORE TRUNCATE ON audit.event
  FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change();

-- Makes the partition of a day (UTC) if it is missing. Runs as the owner, so that the engine needs no DDL right.
-- A TRUNCATE trigger does not reach partitions through their parent, so each gets its own (R58).
CREATE FUNCTION audit.ensure_day(day date) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS
$$
DECLARE name text := 'event_' || to_char(day, 'YYYYMMDD');
BEGIN
  IF day NOT BETWEEN (now() AT TIME ZONE 'UTC')::date - 1 AND (now() AT TIME ZONE 'UTC')::date + 40 THEN
    RAISE EXCEPTION 'no partition for % is due', day;
  END IF;
  IF to_regclass('audit.' || name) IS NOT NULL THEN RETURN; END IF;
  PERFORM pg_advisory_xact_lock(72707370);
  IF to_regclass('audit.' || name) IS NOT NULL THEN RETURN; END IF;
  EXECUTE format('CREATE TABLE audit.%I PARTITION OF audit.event FOR VALUES FROM (%L) TO (%L)', name,
    day::timestamp AT TIME ZONE 'UTC', (day + 1)::timestamp AT TIME ZONE 'UTC');
  EXECUTE format('CREATE TRIGGER event_is_never_emptied BEFORE TRUNCATE ON audit.%I
    FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change()', name);
END
$$;

-- What search needs of an event: filled within a second by the sequencer, rebuilt from bodies at any time.
CREATE TABLE audit.entry (
  -- Position in the order the sequencer saw events; the Merkle log continues from it.
  position bigint GENERATED ALWAYS AS IDENTITY,
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
  access_key_id text,
  address text,
  request_id text,
  key_id text,
  alias_name text,
  resources text[] NOT NULL DEFAULT '{}',
  PRIMARY KEY (ts, event_id)
);
CREATE UNIQUE INDEX entry_position ON audit.entry (position);
CREATE INDEX entry_account ON audit.entry (account_id, ts, event_id);
CREATE INDEX entry_key ON audit.entry (account_id, key_id, ts, event_id) WHERE key_id IS NOT NULL;
CREATE INDEX entry_actor ON audit.entry (account_id, actor_arn, ts, event_id);
CREATE INDEX entry_name ON audit.entry (account_id, event_name, ts, event_id);
CREATE INDEX entry_outcome ON audit.entry (account_id, outcome, ts, event_id) WHERE outcome <> 'ok';
CREATE INDEX entry_request ON audit.entry (request_id);

-- The last successful cryptographic use of each key.
CREATE TABLE audit.last_use (
  account_id text NOT NULL,
  region text NOT NULL,
  key_id text NOT NULL,
  ts timestamptz(3) NOT NULL,
  event_id uuid NOT NULL,
  operation text NOT NULL,
  actor_arn text NOT NULL,
  request_id text,
  PRIMARY KEY (account_id, region, key_id)
);

-- Requests whose signature was refused, by minute, address and reason, so that a stranger's noise
-- cannot fill the log (R55).
CREATE TABLE audit.refused_connection (
  minute timestamptz NOT NULL,
  address text NOT NULL,
  reason text NOT NULL,
  access_key_id text NOT NULL DEFAULT '',
  operation text NOT NULL DEFAULT '',
  -- Of the last one: seconds of clock difference, where that was the reason.
  skew_seconds integer,
  count bigint NOT NULL CHECK (count > 0),
  last_at timestamptz NOT NULL,
  PRIMARY KEY (minute, address, reason, access_key_id, operation)
);
