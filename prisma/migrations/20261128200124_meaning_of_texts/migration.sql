-- AlterTable
ALTER TABLE "indexed_text" ADD COLUMN     "meaning" BYTEA;
