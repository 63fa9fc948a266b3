-- CreateEnum
CREATE TYPE "title_source" AS ENUM ('none', 'automatic', 'person');

-- CreateEnum
CREATE TYPE "author" AS ENUM ('user', 'assistant');

-- CreateEnum
CREATE TYPE "message_status" AS ENUM ('streaming', 'complete', 'interrupted', 'failed');

-- CreateEnum
CREATE TYPE "memory_status" AS ENUM ('kept', 'suggested', 'declined', 'superseded', 'forgotten');

-- CreateEnum
CREATE TYPE "memory_origin" AS ENUM ('person', 'chat', 'model', 'import');

-- CreateEnum
CREATE TYPE "link_reason" AS ENUM ('similar', 'person', 'place', 'supersedes', 'conversation');

-- CreateEnum
CREATE TYPE "text_kind" AS ENUM ('memory', 'message');

-- CreateTable
CREATE TABLE "app_user" (
    "id" UUID NOT NULL,
    "issuer" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "email" TEXT,
    "name" TEXT,
    "time_zone" TEXT NOT NULL DEFAULT 'UTC',
    "locale" TEXT NOT NULL DEFAULT 'en',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "app_user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "thread" (
    "user_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "title" TEXT NOT NULL DEFAULT '',
    "title_source" "title_source" NOT NULL DEFAULT 'none',
    "pinned" BOOLEAN NOT NULL DEFAULT false,
    "archived" BOOLEAN NOT NULL DEFAULT false,
    "temporary" BOOLEAN NOT NULL DEFAULT false,
    "remember" BOOLEAN NOT NULL DEFAULT true,
    "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "model" TEXT,
    "summary" TEXT NOT NULL DEFAULT '',
    "summary_through_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "active_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "thread_pkey" PRIMARY KEY ("user_id","id")
);

-- CreateTable
CREATE TABLE "message" (
    "user_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "thread_id" UUID NOT NULL,
    "parent_id" UUID,
    "author" "author" NOT NULL,
    "author_name" TEXT,
    "text" TEXT NOT NULL,
    "status" "message_status" NOT NULL DEFAULT 'complete',
    "failure" TEXT,
    "model" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "run" INTEGER NOT NULL DEFAULT 1,
    "lease_owner" UUID,
    "lease_until" TIMESTAMPTZ(3),
    "stop_requested" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "message_pkey" PRIMARY KEY ("user_id","id")
);

-- CreateTable
CREATE TABLE "reply_context" (
    "user_id" UUID NOT NULL,
    "reply_id" UUID NOT NULL,
    "turns" JSONB NOT NULL,
    "omitted" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "reply_context_pkey" PRIMARY KEY ("user_id","reply_id")
);

-- CreateTable
CREATE TABLE "recall" (
    "user_id" UUID NOT NULL,
    "reply_id" UUID NOT NULL,
    "rank" INTEGER NOT NULL,
    "kind" "text_kind" NOT NULL,
    "source_id" UUID NOT NULL,
    "score" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "recall_pkey" PRIMARY KEY ("user_id","reply_id","rank")
);

-- CreateTable
CREATE TABLE "memory" (
    "user_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "kind" TEXT NOT NULL DEFAULT 'fact',
    "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "status" "memory_status" NOT NULL DEFAULT 'kept',
    "origin" "memory_origin" NOT NULL,
    "source_message_id" UUID,
    "version" INTEGER NOT NULL DEFAULT 1,
    "superseded_by_id" UUID,
    "valid_from" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "valid_to" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3),
    "encodings" INTEGER NOT NULL DEFAULT 1,
    "recalls" INTEGER NOT NULL DEFAULT 0,
    "last_recalled_at" TIMESTAMPTZ(3),
    "forgotten_at" TIMESTAMPTZ(3),
    "forgotten_from" "memory_status",
    "last_encoded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "memory_pkey" PRIMARY KEY ("user_id","id")
);

-- CreateTable
CREATE TABLE "memory_source" (
    "user_id" UUID NOT NULL,
    "memory_id" UUID NOT NULL,
    "message_id" UUID NOT NULL,

    CONSTRAINT "memory_source_pkey" PRIMARY KEY ("user_id","memory_id","message_id")
);

-- CreateTable
CREATE TABLE "memory_version" (
    "user_id" UUID NOT NULL,
    "memory_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "memory_version_pkey" PRIMARY KEY ("user_id","memory_id","version")
);

-- CreateTable
CREATE TABLE "memory_link" (
    "user_id" UUID NOT NULL,
    "from_id" UUID NOT NULL,
    "to_id" UUID NOT NULL,
    "reason" "link_reason" NOT NULL,
    "weight" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "memory_link_pkey" PRIMARY KEY ("user_id","from_id","to_id","reason")
);

-- CreateTable
CREATE TABLE "text_index" (
    "user_id" UUID NOT NULL,
    "next_memory" INTEGER NOT NULL DEFAULT 0,
    "next_message" INTEGER NOT NULL DEFAULT 0,
    "texts" INTEGER NOT NULL DEFAULT 0,
    "terms" BIGINT NOT NULL DEFAULT 0,
    "languages" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "speakers" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "tokenizer_version" INTEGER NOT NULL,

    CONSTRAINT "text_index_pkey" PRIMARY KEY ("user_id")
);

-- CreateTable
CREATE TABLE "indexed_text" (
    "user_id" UUID NOT NULL,
    "kind" "text_kind" NOT NULL,
    "number" INTEGER NOT NULL,
    "source_id" UUID NOT NULL,
    "thread_id" UUID,
    "speaker" INTEGER,
    "traits" SMALLINT NOT NULL,
    "length" INTEGER NOT NULL,
    "terms" TEXT[],

    CONSTRAINT "indexed_text_pkey" PRIMARY KEY ("user_id","kind","number")
);

-- CreateTable
CREATE TABLE "posting" (
    "user_id" UUID NOT NULL,
    "term" TEXT NOT NULL,
    "kind" "text_kind" NOT NULL,
    "chunk" INTEGER NOT NULL,
    "count" INTEGER NOT NULL,
    "entries" BYTEA NOT NULL,

    CONSTRAINT "posting_pkey" PRIMARY KEY ("user_id","term","kind","chunk")
);

-- CreateTable
CREATE TABLE "local_account" (
    "id" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "password_hash" TEXT NOT NULL,
    "first_name" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "local_account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "local_client" (
    "id" TEXT NOT NULL,
    "secret_hash" TEXT NOT NULL,
    "previous_hash" TEXT,
    "rotated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "attempts" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "local_client_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "local_session" (
    "id" TEXT NOT NULL,
    "client_id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_active_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expire_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "local_session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "local_signing_key" (
    "kid" TEXT NOT NULL,
    "private_key" TEXT NOT NULL,
    "public_key" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "local_signing_key_pkey" PRIMARY KEY ("kid")
);

-- CreateIndex
CREATE UNIQUE INDEX "app_user_issuer_subject_key" ON "app_user"("issuer", "subject");

-- CreateIndex
CREATE INDEX "thread_user_id_active_at_id_idx" ON "thread"("user_id", "active_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "thread_user_id_pinned_active_at_id_idx" ON "thread"("user_id", "pinned" DESC, "active_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "thread_id_idx" ON "thread"("id");

-- CreateIndex
CREATE INDEX "message_user_id_thread_id_created_at_id_idx" ON "message"("user_id", "thread_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "message_user_id_parent_id_idx" ON "message"("user_id", "parent_id");

-- CreateIndex
CREATE INDEX "message_status_idx" ON "message"("status");

-- CreateIndex
CREATE INDEX "recall_user_id_source_id_idx" ON "recall"("user_id", "source_id");

-- CreateIndex
CREATE INDEX "memory_user_id_status_created_at_idx" ON "memory"("user_id", "status", "created_at" DESC);

-- CreateIndex
CREATE INDEX "memory_user_id_fingerprint_idx" ON "memory"("user_id", "fingerprint");

-- CreateIndex
CREATE INDEX "memory_user_id_source_message_id_idx" ON "memory"("user_id", "source_message_id");

-- CreateIndex
CREATE INDEX "memory_source_user_id_message_id_idx" ON "memory_source"("user_id", "message_id");

-- CreateIndex
CREATE INDEX "memory_version_user_id_fingerprint_idx" ON "memory_version"("user_id", "fingerprint");

-- CreateIndex
CREATE INDEX "memory_link_user_id_to_id_idx" ON "memory_link"("user_id", "to_id");

-- CreateIndex
CREATE INDEX "indexed_text_user_id_thread_id_number_idx" ON "indexed_text"("user_id", "thread_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "indexed_text_user_id_source_id_key" ON "indexed_text"("user_id", "source_id");

-- CreateIndex
CREATE UNIQUE INDEX "local_account_email_key" ON "local_account"("email");

-- CreateIndex
CREATE UNIQUE INDEX "local_client_secret_hash_key" ON "local_client"("secret_hash");

-- CreateIndex
CREATE INDEX "local_client_previous_hash_idx" ON "local_client"("previous_hash");

-- CreateIndex
CREATE INDEX "local_session_client_id_idx" ON "local_session"("client_id");

-- CreateIndex
CREATE INDEX "local_session_account_id_idx" ON "local_session"("account_id");

-- AddForeignKey
ALTER TABLE "thread" ADD CONSTRAINT "thread_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "message" ADD CONSTRAINT "message_user_id_thread_id_fkey" FOREIGN KEY ("user_id", "thread_id") REFERENCES "thread"("user_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reply_context" ADD CONSTRAINT "reply_context_user_id_reply_id_fkey" FOREIGN KEY ("user_id", "reply_id") REFERENCES "message"("user_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recall" ADD CONSTRAINT "recall_user_id_reply_id_fkey" FOREIGN KEY ("user_id", "reply_id") REFERENCES "message"("user_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "memory" ADD CONSTRAINT "memory_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "memory_source" ADD CONSTRAINT "memory_source_user_id_memory_id_fkey" FOREIGN KEY ("user_id", "memory_id") REFERENCES "memory"("user_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "memory_version" ADD CONSTRAINT "memory_version_user_id_memory_id_fkey" FOREIGN KEY ("user_id", "memory_id") REFERENCES "memory"("user_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "memory_link" ADD CONSTRAINT "memory_link_user_id_from_id_fkey" FOREIGN KEY ("user_id", "from_id") REFERENCES "memory"("user_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "memory_link" ADD CONSTRAINT "memory_link_user_id_to_id_fkey" FOREIGN KEY ("user_id", "to_id") REFERENCES "memory"("user_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "text_index" ADD CONSTRAINT "text_index_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "local_session" ADD CONSTRAINT "local_session_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "local_client"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "local_session" ADD CONSTRAINT "local_session_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "local_account"("id") ON DELETE CASCADE ON UPDATE CASCADE;
