-- CreateEnum
CREATE TYPE "entity_kind" AS ENUM ('person', 'place', 'date');

-- AlterTable
ALTER TABLE "memory" ADD COLUMN     "read_by" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "sole_fact" TEXT;

-- AlterTable
ALTER TABLE "memory_link" ADD COLUMN     "through" TEXT;

-- AlterTable
ALTER TABLE "message" ADD COLUMN     "forgotten_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "memory_entity" (
    "user_id" UUID NOT NULL,
    "memory_id" UUID NOT NULL,
    "kind" "entity_kind" NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "place" INTEGER NOT NULL,

    CONSTRAINT "memory_entity_pkey" PRIMARY KEY ("user_id","memory_id","kind","key")
);

-- CreateIndex
CREATE INDEX "memory_entity_user_id_kind_key_memory_id_idx" ON "memory_entity"("user_id", "kind", "key", "memory_id" DESC);

-- CreateIndex
CREATE INDEX "memory_user_id_sole_fact_idx" ON "memory"("user_id", "sole_fact");

-- CreateIndex
CREATE INDEX "memory_user_id_superseded_by_id_idx" ON "memory"("user_id", "superseded_by_id");

-- AddForeignKey
ALTER TABLE "memory_entity" ADD CONSTRAINT "memory_entity_user_id_memory_id_fkey" FOREIGN KEY ("user_id", "memory_id") REFERENCES "memory"("user_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
