-- 自定活动种类: what an activity is called beside its types, and rules that count it.
ALTER TABLE meeting ADD COLUMN activity TEXT NOT NULL DEFAULT '';
ALTER TABLE planned_event ADD COLUMN activity TEXT NOT NULL DEFAULT '';
ALTER TABLE local_rule ADD COLUMN activity TEXT NOT NULL DEFAULT '';
