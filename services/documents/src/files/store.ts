import type { Work } from '@clearlot/service';
import { and, desc, eq } from 'drizzle-orm';
import { documentEvent, file, fileShare } from '../schema.ts';

export type FileRow = typeof file.$inferSelect;
/** A file without its bytes. */
export type FileEntry = Omit<FileRow, 'sealed'>;

const entry = {
  id: file.id,
  ownerId: file.ownerId,
  purpose: file.purpose,
  subjectId: file.subjectId,
  fileName: file.fileName,
  mediaType: file.mediaType,
  sizeBytes: file.sizeBytes,
  sha256: file.sha256,
  createdAt: file.createdAt,
  retentionUntil: file.retentionUntil,
};

/** Where the sealed bytes of a file belong; they do not open anywhere else. */
export function placeOfFile(id: string): string {
  return `file.sealed:${id}`;
}

/** Inserts a file unless its owner sent the same bytes for the same purpose before; answers whether it was new. */
export async function insertFile({ db }: Work, row: FileRow): Promise<boolean> {
  const rows = await db.insert(file).values(row).onConflictDoNothing().returning({ id: file.id });
  if (rows.length === 0) return false;
  await db.insert(documentEvent).values({
    documentId: row.id,
    kind: 'stored',
    at: row.createdAt,
    actorId: row.ownerId,
    actorRole: 'owner',
    sha256: row.sha256,
    ownerId: row.ownerId,
  });
  return true;
}

/** The id of the file with these bytes, if its owner sent them for this before. */
export async function findSameFile(
  { db }: Work,
  same: Pick<FileRow, 'ownerId' | 'purpose' | 'subjectId' | 'sha256'>,
): Promise<string | undefined> {
  const [row] = await db
    .select({ id: file.id })
    .from(file)
    .where(
      and(
        eq(file.ownerId, same.ownerId),
        eq(file.purpose, same.purpose),
        eq(file.subjectId, same.subjectId),
        eq(file.sha256, same.sha256),
      ),
    );
  return row?.id;
}

/** A file with its bytes, as far as the actor may see it. */
export async function findFile({ db }: Work, id: string): Promise<FileRow | undefined> {
  const [row] = await db.select().from(file).where(eq(file.id, id));
  return row;
}

/** A file without its bytes, as far as the actor may see it. */
export async function findFileEntry({ db }: Work, id: string): Promise<FileEntry | undefined> {
  const [row] = await db.select(entry).from(file).where(eq(file.id, id));
  return row;
}

/** The files a person uploaded, newest first. */
export function listFilesOf({ db }: Work, ownerId: string): PromiseLike<FileEntry[]> {
  return db.select(entry).from(file).where(eq(file.ownerId, ownerId)).orderBy(desc(file.createdAt), desc(file.id));
}

/** Shares a file, and answers whether that was new. */
export async function insertShare({ db }: Work, row: typeof fileShare.$inferSelect): Promise<boolean> {
  const rows = await db.insert(fileShare).values(row).onConflictDoNothing().returning({ id: fileShare.documentId });
  return rows.length > 0;
}

/** Opens a file that is shared with the actor to the rest of the transaction; false when it is not. */
export async function openShared({ db, sql }: Work, id: string): Promise<boolean> {
  const shares = await db
    .select({ id: fileShare.documentId })
    .from(fileShare)
    .where(eq(fileShare.documentId, id))
    .limit(1);
  if (shares.length === 0) return false;
  await sql`select set_config('app.shared_files', ${`{${id}}`}, true)`;
  return true;
}
