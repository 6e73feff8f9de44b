-- 党组织代码: how the superior knows the branch.
ALTER TABLE branch ADD COLUMN code TEXT NOT NULL DEFAULT '';
