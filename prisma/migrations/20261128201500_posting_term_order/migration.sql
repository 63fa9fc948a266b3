-- In the order of its bytes, whatever language the database was made for: so the words that begin alike stand together in
-- the key. Prisma cannot say it, and does not mind it.
ALTER TABLE "posting" ALTER COLUMN "term" TYPE TEXT COLLATE "C";
