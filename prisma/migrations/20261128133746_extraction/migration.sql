-- CreateTable
CREATE TABLE "extraction" (
    "user_id" UUID NOT NULL,
    "message_id" UUID NOT NULL,
    "due_at" TIMESTAMPTZ(3),
    "owner" UUID,
    "attempts" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "extraction_pkey" PRIMARY KEY ("user_id","message_id")
);

-- CreateIndex
CREATE INDEX "extraction_due_at_idx" ON "extraction"("due_at");

-- AddForeignKey
ALTER TABLE "extraction" ADD CONSTRAINT "extraction_user_id_message_id_fkey" FOREIGN KEY ("user_id", "message_id") REFERENCES "message"("user_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
