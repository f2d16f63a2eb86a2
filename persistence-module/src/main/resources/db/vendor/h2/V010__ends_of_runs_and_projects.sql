-- When a run last gave a sign of life, which what arrives late need not be.
alter table run add column if not exists alive_at bigint;

-- When nothing was left of a deleted project: nobody need look for it again.
alter table project add column if not exists purged_at bigint;
