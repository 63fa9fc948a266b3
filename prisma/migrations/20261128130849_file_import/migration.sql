-- CreateEnum
CREATE TYPE "import_status" AS ENUM ('receiving', 'reading', 'done', 'failed', 'cancelled');

-- CreateTable
CREATE TABLE "file_import" (
    "user_id" UUID NOT NULL,
    "run" UUID NOT NULL,
    "status" "import_status" NOT NULL DEFAULT 'receiving',
    "done" INTEGER NOT NULL DEFAULT 0,
    "total" INTEGER,
    "summary" JSONB NOT NULL,
    "problem" TEXT,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "lease_until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "file_import_pkey" PRIMARY KEY ("user_id")
);

-- AddForeignKey
ALTER TABLE "file_import" ADD CONSTRAINT "file_import_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;
