-- CreateTable
CREATE TABLE "text_signature" (
    "user_id" UUID NOT NULL,
    "kind" "text_kind" NOT NULL,
    "number" INTEGER NOT NULL,
    "model" TEXT NOT NULL,
    "signature" VARBIT NOT NULL,

    CONSTRAINT "text_signature_pkey" PRIMARY KEY ("user_id","kind","number")
);

INSERT INTO "text_signature" SELECT "user_id", "kind", "number", "model", "signature" FROM "text_vector";

-- AddForeignKey
ALTER TABLE "text_signature" ADD CONSTRAINT "text_signature_user_id_kind_number_fkey" FOREIGN KEY ("user_id", "kind", "number") REFERENCES "indexed_text"("user_id", "kind", "number") ON DELETE CASCADE ON UPDATE CASCADE;

-- AlterTable
ALTER TABLE "text_vector" DROP COLUMN "signature";

-- It was to keep the signatures apart, but has no effect on rows of less than 2 kB, which most vectors are.
ALTER TABLE "text_vector" RESET (toast_tuple_target);
