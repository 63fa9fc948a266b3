-- AlterTable
ALTER TABLE "text_index" ADD COLUMN     "embedded_memories" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "embedded_messages" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "embedding_model" TEXT;

-- CreateTable
CREATE TABLE "text_vector" (
    "user_id" UUID NOT NULL,
    "kind" "text_kind" NOT NULL,
    "number" INTEGER NOT NULL,
    "model" TEXT NOT NULL,
    "signature" VARBIT NOT NULL,
    "vector" BYTEA NOT NULL,

    CONSTRAINT "text_vector_pkey" PRIMARY KEY ("user_id","kind","number")
);

-- AddForeignKey
ALTER TABLE "text_vector" ADD CONSTRAINT "text_vector_user_id_kind_number_fkey" FOREIGN KEY ("user_id", "kind", "number") REFERENCES "indexed_text"("user_id", "kind", "number") ON DELETE CASCADE ON UPDATE CASCADE;

-- Signatures are all read for the nearest, vectors only for those: they are kept apart, and rows small.
ALTER TABLE "text_vector" ALTER COLUMN "vector" SET STORAGE EXTERNAL;
ALTER TABLE "text_vector" SET (toast_tuple_target = 128);
