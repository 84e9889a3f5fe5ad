-- A journal holds one job. It never stores a token.

CREATE TABLE job (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    action TEXT NOT NULL,        -- JSON, as in a plan
    ids TEXT NOT NULL,           -- JSON, as in a plan
    list TEXT NOT NULL,
    devices INTEGER NOT NULL,
    batch_size INTEGER NOT NULL,
    plan_sha256 TEXT NOT NULL,
    host TEXT NOT NULL,          -- the only one that it is sent to
    created_at INTEGER NOT NULL, -- times are milliseconds since 1970, in UTC
    canary INTEGER,              -- so many devices go first; null if none do, or they were all well
    max_failures TEXT,           -- how many devices of a run may fail
    is_halted INTEGER NOT NULL DEFAULT 0, -- whether the last run was stopped by one of the two
    stopped_by TEXT              -- why the last run ended; null while one goes on, or after one was killed
) STRICT;

CREATE TABLE devices (
    number INTEGER PRIMARY KEY,  -- the place in the plan, from 1
    line INTEGER NOT NULL,
    id TEXT NOT NULL,
    state INTEGER NOT NULL,      -- 0 certainly not applied, 1 perhaps applied, 2 left out of an answer, 3 reported
    code INTEGER,                -- what was reported
    request INTEGER              -- the last one that the device was in
) STRICT;

-- A request is written down before it is sent, and its devices as perhaps applied. So they stay, should nothing
-- follow.
CREATE TABLE requests (
    number INTEGER PRIMARY KEY,
    attempt INTEGER NOT NULL,
    devices INTEGER NOT NULL,
    sent_at INTEGER NOT NULL,
    ended_at INTEGER,
    status INTEGER,
    reason TEXT
) STRICT;

-- Results for devices that were not asked for.
CREATE TABLE unasked (
    request INTEGER NOT NULL,
    key TEXT NOT NULL,
    code INTEGER NOT NULL
) STRICT;
