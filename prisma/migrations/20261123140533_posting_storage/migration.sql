-- Postings are appended to and read whole: compressing them costs time and saves nothing.
ALTER TABLE "posting" ALTER COLUMN "entries" SET STORAGE EXTERNAL;
