-- Writes a book, unless somebody else has written one since it was read; and returns what the server now holds, and when.
--
-- KEYS[1]  the account's book
-- ARGV[1]  the edition that was read; empty if there was none
-- ARGV[2]  the new edition; empty to write nothing
-- ARGV[3]  the new book
-- ARGV[4]  after how many milliseconds it vanishes
local held = redis.call('HMGET', KEYS[1], 'edition', 'book')
local written = 0
if ARGV[2] ~= '' and ARGV[1] == (held[1] or '') then
    redis.call('HSET', KEYS[1], 'edition', ARGV[2], 'book', ARGV[3])
    redis.call('PEXPIRE', KEYS[1], ARGV[4])
    written = 1
end
local time = redis.call('TIME')
local server = redis.call('INFO', 'server')
return {
    written,
    held[1] or '',
    held[2] or '',
    time[1],
    time[2],
    string.match(server, 'run_id:(%w+)'),
    string.match(server, 'uptime_in_seconds:(%d+)'),
}
